import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
} from 'yaml';
import { createBlockParser } from '../../manifest/block-parser.ts';

export { isMap, isScalar, isSeq, type Node } from 'yaml';

// The YAML of a document that is being typed: read as far as it goes, whatever is wrong with it.

const options = { strict: false, uniqueKeys: false, prettyErrors: false, logLevel: 'silent' } as const;

export type Syntax = Pick<Document, 'contents' | 'errors'>;
export type ParseTolerantly = (text: string) => Syntax;

/** A parser for a text that is parsed again after each change. Its trees are good until it parses the next text. */
export function createTolerantParser(): ParseTolerantly {
  return createBlockParser((text) => parseDocument(text, options), { toleratesErrors: true });
}

export type Path = readonly (string | number)[];

/** A node of the syntax tree with the way that leads to it. */
export interface SyntaxAt {
  readonly path: Path;
  readonly node: Node;
  /** The node is the name of a field rather than its value. */
  readonly isKey: boolean;
}

/** Offsets of the first character of a node and after its last one. */
export function rangeOf(node: Node): readonly [start: number, end: number] {
  const [start, end] = node.range ?? [0, 0];
  return [start, end];
}

/** The innermost scalar, or alias, at an offset. */
export function scalarAt(document: Syntax, offset: number): SyntaxAt | undefined {
  for (const found of scalars(document.contents as Node | null, [])) {
    const [start, end] = rangeOf(found.node);
    if (start <= offset && offset <= end) return found;
  }
  return undefined;
}

/** All names and values that are not collections, in the order of the text. */
export function* scalars(node: Node | null, path: Path): Generator<SyntaxAt> {
  if (isMap(node)) {
    for (const pair of node.items) {
      const name = nameOf(pair);
      if (isNode(pair.key)) yield { path: [...path, name], node: pair.key, isKey: true };
      if (isNode(pair.value)) yield* scalars(pair.value, [...path, name]);
    }
  } else if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) {
      if (isNode(item)) yield* scalars(item, [...path, index]);
    }
  } else if (isScalar(node) || isAlias(node)) {
    yield { path, node, isKey: false };
  }
}

export function nameOf({ key }: Pair<unknown, unknown>): string {
  return isScalar(key) ? String(key.value) : String(key);
}

/** The node at a path; undefined where there is none. */
export function nodeAtPath(root: unknown, path: Path): Node | undefined {
  let node = root;
  for (const step of path) {
    if (isMap(node)) node = node.items.find((pair) => nameOf(pair) === String(step))?.value;
    else if (isSeq(node)) node = node.items[Number(step)];
    else return undefined;
  }
  return isNode(node) ? node : undefined;
}

/** The field of a mapping, as a text. */
export function textAt(node: unknown, name: string): string | undefined {
  if (!isMap(node)) return undefined;
  const value = node.items.find((pair) => nameOf(pair) === name)?.value;
  return isScalar(value) && typeof value.value === 'string' ? value.value : undefined;
}

/** The names of a mapping's fields. */
export function namesIn(node: unknown): readonly string[] {
  return isMap(node) ? node.items.map(nameOf) : [];
}

/** `#/definitions/x` as a path; undefined for a text that is no reference. */
export function referencePath(text: string): Path | undefined {
  if (!text.startsWith('#/')) return undefined;
  return text
    .slice(2)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}
