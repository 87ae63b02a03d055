import type { Registry } from '../../language/registry.ts';
import { createTolerantParser, type ParseTolerantly, type Syntax } from './syntax.ts';

/** A manifest as it is in the editor. */
export interface OpenDocument {
  readonly uri: string;
  readonly text: string;
  readonly registry: Registry;
  /** Its YAML, as far as it can be read. */
  syntax(): Syntax;
  /** That of its text with something else at the caret. */
  syntaxOf(marked: string): Syntax;
  /** A file beside it. */
  readFile(name: string): string | undefined;
}

export interface OpenOptions {
  readonly parsers?: Parsers;
  readonly readFile?: OpenDocument['readFile'];
}

/** What reads the versions of one document, each the faster for the one before. */
export interface Parsers {
  readonly document: ParseTolerantly;
  readonly marked: ParseTolerantly;
}

export function createParsers(): Parsers {
  return { document: createTolerantParser(), marked: createTolerantParser() };
}

/** Parsed when somebody looks, and once: before another version of it is opened with the same parsers. */
export function openDocument(
  uri: string,
  text: string,
  registry: Registry,
  { parsers = createParsers(), readFile = () => undefined }: OpenOptions = {},
): OpenDocument {
  let parsed: Syntax | undefined;
  return Object.freeze<OpenDocument>({
    uri,
    text,
    registry,
    syntax() {
      parsed ??= parsers.document(text);
      return parsed;
    },
    syntaxOf: parsers.marked,
    readFile,
  });
}
