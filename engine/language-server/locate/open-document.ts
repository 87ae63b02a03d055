import type { Registry } from '../../language/registry.ts';
import { type Document, parseTolerantly } from './syntax.ts';

/** A manifest as it is in the editor. */
export interface OpenDocument {
  readonly uri: string;
  readonly text: string;
  readonly registry: Registry;
  /** Its YAML, as far as it can be read. */
  syntax(): Document;
}

/** Parsed when somebody looks, and once. */
export function openDocument(uri: string, text: string, registry: Registry): OpenDocument {
  let parsed: Document | undefined;
  return Object.freeze<OpenDocument>({
    uri,
    text,
    registry,
    syntax() {
      parsed ??= parseTolerantly(text);
      return parsed;
    },
  });
}
