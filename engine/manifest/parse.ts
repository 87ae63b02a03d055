import type { Document } from 'yaml';
import type { Diagnostic } from '../error/diagnostic.ts';
import type { Place, Source } from '../error/place.ts';
import { maskJson, readJsonFlow } from './json-flow.ts';
import { type ManifestNode, type MappingNode, nullScalar } from './node.ts';
import { createNodeReader, type NodeReader } from './node-reader.ts';
import { type ReadDocument, readDocument } from './read-document.ts';
import { explainSyntaxError, unprintableCharacter } from './syntax-message.ts';

export interface Parsed {
  /** Absent when the text is not a readable YAML mapping; `diagnostics` then says why. */
  readonly node?: MappingNode;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads YAML (or JSON) text into a tree with positions, with the values PyYAML's safe loader gives: YAML 1.1 scalars,
 * merge keys, the last of two equal keys wins. All unreadable places are reported, not only the first.
 */
export function parseManifest(
  source: Source & { readonly text: string },
  read: ReadDocument = readDocument,
): Parsed {
  const unprintable = unprintableCharacter(source.text);
  if (unprintable !== undefined) {
    const { message, start, end } = unprintable;
    return { diagnostics: [{ severity: 'error', message, places: [{ source, start, end, pointer: '' }] }] };
  }
  const quickly = parseMasked(source, read);
  if (quickly !== undefined) return quickly;
  const document = read(source.text);
  if (document.errors.length > 0) {
    return { diagnostics: syntaxDiagnostics(source, document.errors) };
  }
  return parsed(source, document, createNodeReader(source));
}

/** A value that is not read: what stands from one offset to another, after at least one space or end of line. */
export interface Hidden {
  readonly start: number;
  readonly end: number;
  readonly pointer: string;
}

/**
 * Reads a text without some of its values, in whose place null stands. Undefined where something is wrong, and where a value
 * turned out to be something else than the one that its pointer leads to.
 */
export function parseAround(
  source: Source & { readonly text: string },
  hidden: readonly Hidden[],
): Parsed | undefined {
  const around = hide(source.text, hidden);
  if (unprintableCharacter(around) !== undefined) return undefined;
  return parseMasked(source, readDocument, hidden, around);
}

function hide(text: string, hidden: readonly Hidden[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of hidden) {
    // It stands on the line of its key, wherever the value begins.
    parts.push(text.slice(from, start - 1), ' ', 'x'.repeat(end - start));
    from = end;
  }
  return parts.join('') + text.slice(from);
}

/** Parses what is JSON as JSON. Undefined where there is none, or where it turned out to be something else. */
function parseMasked(
  source: Source & { readonly text: string },
  read: ReadDocument,
  hidden: readonly Hidden[] = [],
  around = source.text,
): Parsed | undefined {
  const { text, starts } = maskJson(around);
  const masks = starts.size + hidden.length;
  const document = masks === 0 ? undefined : read(text);
  if (document === undefined || document.errors.length > 0) return undefined;
  const unread = new Map(hidden.map((each) => [each.start, each]));
  let found = 0;
  const reader = createNodeReader(source, (offset, pointer) => {
    const { end = offset, pointer: expected } = unread.get(offset) ?? {};
    const node =
      expected === pointer
        ? nullScalar({ source, start: offset, end, pointer })
        : starts.has(offset)
          ? readJsonFlow(source, offset, pointer)
          : undefined;
    if (node !== undefined) found += 1;
    return node;
  });
  const whole = parsed(source, document, reader);
  return found === masks && whole.node !== undefined ? whole : undefined;
}

function parsed(source: Source, { contents: root }: ReturnType<ReadDocument>, reader: NodeReader): Parsed {
  const node = root === null ? undefined : reader.read(root, '');
  if (hasErrors(reader.diagnostics)) return { diagnostics: reader.diagnostics };
  if (node?.kind === 'mapping') return { node, diagnostics: reader.diagnostics };
  const empty = node === undefined || (node.kind === 'scalar' && node.value === null);
  const message = empty ? 'The manifest is empty.' : 'A manifest must be a mapping of fields.';
  const place: Place = node?.place ?? { source, start: 0, end: 0, pointer: '' };
  return { diagnostics: [{ severity: 'error', message, places: [place] }] };
}

/**
 * Reads a text from a template as any YAML value; undefined where it is not one. An empty text is null, as in PyYAML.
 */
export function parseValue(source: Source & { readonly text: string }): ManifestNode | undefined {
  const document = readDocument(source.text);
  if (document.errors.length > 0) return undefined;
  const reader = createNodeReader(source);
  const root = document.contents;
  const node = root === null ? nullScalar({ source, start: 0, end: 0, pointer: '' }) : reader.read(root, '');
  return hasErrors(reader.diagnostics) ? undefined : node;
}

function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}

/** One diagnostic per place: the parser often stumbles twice over the same one. */
function syntaxDiagnostics(
  source: Source & { readonly text: string },
  errors: Document['errors'],
): Diagnostic[] {
  const found = new Map<number, Diagnostic>();
  for (const error of errors) {
    const { message, start, end } = explainSyntaxError(error, source.text);
    if (found.has(start)) continue;
    found.set(start, { severity: 'error', message, places: [{ source, start, end, pointer: '' }] });
  }
  return [...found.values()];
}
