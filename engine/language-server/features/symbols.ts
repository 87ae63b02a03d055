import type { OpenDocument } from '../locate/open-document.ts';
import {
  isMap,
  isScalar,
  isSeq,
  type Node,
  nameOf,
  nodeAtPath,
  type Path,
  rangeOf,
  referencePath,
  type SyntaxAt,
  scalarAt,
  scalars,
} from '../locate/syntax.ts';
import { wordAt } from '../locate/template-at.ts';

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Something that is named in one place and meant in others: a definition, a stream, a field of the config. */
interface NamedThing {
  readonly declaration: Span | undefined;
  /** Every place where it is named, the declaration among them; each just the characters of the name. */
  readonly names: readonly Span[];
}

/** Where what is named at an offset is declared. */
export function definitionAt(document: OpenDocument, offset: number): Span | undefined {
  return symbolAt(document, offset)?.declaration;
}

/** Every place where what is named at an offset is named. */
export function referencesAt(document: OpenDocument, offset: number): readonly Span[] {
  return symbolAt(document, offset)?.names ?? [];
}

function symbolAt(document: OpenDocument, offset: number): NamedThing | undefined {
  const at = scalarAt(document.syntax(), offset);
  if (at === undefined) return undefined;
  const root = document.syntax().contents as Node | null;
  const field = configFieldAt(document, at, offset);
  if (field !== undefined) return configField(document, root, field);
  const reference = referenceIn(at);
  if (reference !== undefined) return definition(document, root, stepsUpTo(document, at, reference, offset));
  if (at.isKey && at.path[0] === 'definitions' && at.path.length > 1)
    return definition(document, root, at.path);
  if (isStreamName(root, at)) return stream(document, root, String(isScalar(at.node) ? at.node.value : ''));
  return undefined;
}

function referenceIn({ node, isKey }: SyntaxAt): Path | undefined {
  return !isKey && isScalar(node) && typeof node.value === 'string' ? referencePath(node.value) : undefined;
}

/** The part of a reference before the caret: each of its steps names something of its own. */
function stepsUpTo({ text }: OpenDocument, { node }: SyntaxAt, reference: Path, offset: number): Path {
  const [start, end] = rangeOf(node);
  const cut = text.slice(start, end);
  let at = cut.indexOf('#/') + 2;
  for (const [index, step] of reference.entries()) {
    at += String(step).length;
    // The field of the manifest that all of them begin with is no name that somebody gave.
    if (offset - start <= at) return index === 0 ? reference : reference.slice(0, index + 1);
    at += 1;
  }
  return reference;
}

function definition(document: OpenDocument, root: Node | null, path: Path): NamedThing {
  const key = keyAt(root, path);
  const declaration = key && nameSpan(document, key);
  const names = [...scalars(root, [])].flatMap((at) => {
    const reference = referenceIn(at);
    if (reference === undefined || !path.every((step, index) => String(step) === String(reference[index])))
      return [];
    const [start, end] = rangeOf(at.node);
    const before = `#/${path
      .slice(0, -1)
      .map((step) => `${step}/`)
      .join('')}`;
    const from = start + document.text.slice(start, end).indexOf('#/') + before.length;
    return [{ start: from, end: from + String(path.at(-1)).length }];
  });
  return { declaration, names: declaration === undefined ? names : [declaration, ...names] };
}

function keyAt(root: Node | null, path: Path): Node | undefined {
  const parent = nodeAtPath(root, path.slice(0, -1));
  if (!isMap(parent)) return undefined;
  const key = parent.items.find((pair) => nameOf(pair) === String(path.at(-1)))?.key;
  return isScalar(key) ? key : undefined;
}

/** The characters of a scalar without its quotes. */
function nameSpan({ text }: OpenDocument, node: Node): Span {
  const [start, end] = rangeOf(node);
  const isQuoted = /^["']/.test(text.slice(start, start + 1));
  return isQuoted ? { start: start + 1, end: end - 1 } : { start, end };
}

const configUse = /\bconfig(?:\[\s*["']|\.(?:get\(\s*["'])?)(\w+)/g;

function configFieldAt({ text }: OpenDocument, at: SyntaxAt, offset: number): string | undefined {
  if (
    at.isKey &&
    at.path.slice(0, 3).join('/') === 'spec/connection_specification/properties' &&
    at.path.length === 4
  )
    return String(at.path[3]);
  const found = wordAt(text, offset);
  if (found === undefined || at.isKey) return undefined;
  const before = text.slice(Math.max(0, found.start - 40), found.start);
  return /\bconfig(?:\[\s*["']|\.(?:get\(\s*["'])?)$/.test(before) ? found.word : undefined;
}

function configField(document: OpenDocument, root: Node | null, name: string): NamedThing {
  const key = keyAt(root, ['spec', 'connection_specification', 'properties', name]);
  const declaration = key && nameSpan(document, key);
  const names: Span[] = [];
  for (const { node, isKey } of scalars(root, [])) {
    if (isKey) continue;
    const [from, to] = rangeOf(node);
    for (const match of document.text.slice(from, to).matchAll(configUse)) {
      if (match[1] !== name) continue;
      const start = from + match.index + match[0].length - name.length;
      names.push({ start, end: start + name.length });
    }
  }
  const required = nodeAtPath(root, ['spec', 'connection_specification', 'required']);
  if (isSeq(required)) {
    for (const item of required.items)
      if (isScalar(item) && item.value === name) names.push(nameSpan(document, item));
  }
  return { declaration, names: declaration === undefined ? names : [declaration, ...names] };
}

/** The name of a stream where it is given, or one in the list of a check. */
function isStreamName(root: Node | null, { node, path, isKey }: SyntaxAt): boolean {
  if (isKey || !isScalar(node)) return false;
  return isDeclaredName(path) || isUsedName(root, path);
}

function isDeclaredName(path: Path): boolean {
  const last = path.at(-1);
  if (last !== 'name') return false;
  const inside = path.at(-2) === '$parameters' ? path.slice(0, -2) : path.slice(0, -1);
  return (path[0] === 'streams' && inside.length === 2) || (path[0] === 'definitions' && inside.length >= 2);
}

function isUsedName(_root: Node | null, path: Path): boolean {
  return (
    path.at(-2) === 'stream_names' ||
    path.at(-2) === 'suggestedStreams' ||
    path.slice(-3, -1).join('/') === 'suggestedStreams/streams'
  );
}

function stream(document: OpenDocument, root: Node | null, name: string): NamedThing | undefined {
  const all = [...scalars(root, [])].filter(
    ({ node, isKey }) => !isKey && isScalar(node) && node.value === name,
  );
  const declared = all.filter(({ path }) => isDeclaredName(path));
  const used = all.filter(({ path }) => isUsedName(root, path));
  const [first] = declared;
  if (first === undefined) return undefined;
  return {
    declaration: nameSpan(document, first.node),
    names: [...declared, ...used].map(({ node }) => nameSpan(document, node)),
  };
}
