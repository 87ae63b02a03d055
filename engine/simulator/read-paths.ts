import type { Expression } from '../template/syntax/ast.ts';
import { eachNode, type Node } from '../template/syntax/each-node.ts';
import { getCallOf } from '../template/syntax/get-call.ts';
import { memberOf } from '../template/syntax/member-of.ts';
import { soleOutput } from '../template/syntax/sole-output.ts';
import { templateBody } from '../template/syntax/template-body.ts';
import { itemReadsOf } from './item-reads.ts';

/** A path of members that a template writes out: `response.meta['next']`, `response.get('meta', {}).get('next')`. */
export interface ReadPath {
  readonly name: string;
  readonly path: readonly (string | number)[];
  /** What is read of each item of the list there, where that is written: `id` of `record.labels | map(attribute='id')`. */
  readonly items?: readonly (readonly (string | number)[])[];
}

/** What a template reads of a record. */
export type ValueRead = Pick<ReadPath, 'path' | 'items'>;

/** The longest paths into the names of its context that a template takes. None when the template cannot be read. */
export function readPaths(text: string): ReadPath[] {
  return readPathsIn(templateBody(text));
}

/** The same of a part of a template. */
export function readPathsIn(part: unknown): ReadPath[] {
  const found: ReadPath[] = [];
  collect(part, found);
  return found;
}

/**
 * What is read through names that the template itself gives: `response.pages.page` in
 * `{% set pages = response.pages %}{{ pages.page }}`. What is also used as a whole may be a text, and is none of them.
 */
export function readPathsOfNames(text: string): ReadPath[] {
  const body = templateBody(text);
  const named = new Map<string, ReadPath>();
  eachNode(body, (node) => {
    if (node.type !== 'set' || node.target.type !== 'name') return undefined;
    // `response.pages or {}` is the pages, where there are some.
    const value = node.value.type === 'or' ? node.value.left : node.value;
    const path = pathOf(value, []);
    if (path !== undefined && path.path.length > 0) named.set(node.target.name, path);
    return undefined;
  });
  const reads = readPathsIn(body);
  // The first is where it is given.
  for (const given of named.keys())
    if (reads.filter(({ name, path }) => name === given && path.length === 0).length > 1) named.delete(given);
  return reads.flatMap(({ name, path, items }) => {
    const base = named.get(name);
    if (base === undefined || path.length === 0) return [];
    return [{ ...base, path: [...base.path, ...path], ...(items && { items }) }];
  });
}

/** The path of a template that puts out a value as it is, and nothing else. */
export function plainPathOf(text: string): ReadPath | undefined {
  const output = soleOutput(text);
  return output && plainPathIn(output);
}

/** The path that an expression is, and nothing else. */
export function plainPathIn(expression: Expression): ReadPath | undefined {
  return isPlain(expression) ? readPathsIn(expression)[0] : undefined;
}

function isPlain(node: Expression): boolean {
  const taken = memberOf(node);
  return taken === undefined ? node.type === 'name' : isPlain(taken.target);
}

function collect(part: unknown, found: ReadPath[]): void {
  eachNode(part, (node) => {
    const path = pathOf(node, found) ?? listOf(node, found);
    if (path === undefined) return undefined;
    found.push(path);
    return [];
  });
}

/** Undefined when the expression is no path. Paths inside of its arguments are found on the way. */
function pathOf(node: Node, found: ReadPath[]): ReadPath | undefined {
  if (node.type === 'name') return { name: node.name, path: [] };
  if (node.type === 'attribute') return longer(node.target, node.name, found);
  if (node.type === 'item') {
    const member = indexOf(node.index);
    if (member !== undefined) return longer(node.target, member, found);
  }
  if (node.type === 'filter' && node.target !== undefined && Object.hasOwn(ends, node.name))
    return longer(node.target, ends[node.name], found);
  if (node.type !== 'call' || node.target.type !== 'attribute') return undefined;
  collect([node.args, node.keywords], found);
  const get = getCallOf(node);
  // Every other method is asked of what the path leads to.
  if (get?.key.type !== 'constant') return pathOf(node.target.target, found);
  return longer(get.target, get.key.value, found);
}

/** What a filter takes of a list, by its index. */
const ends: Readonly<Record<string, number>> = Object.freeze({ first: 0, last: -1 });

/** Undefined when it is only known once the template runs. */
function indexOf(index: Expression): unknown {
  if (index.type === 'constant') return index.value;
  const counted =
    index.type === 'negative' && index.operand.type === 'constant' ? index.operand.value : undefined;
  return typeof counted === 'number' ? -counted : undefined;
}

/** A list whose items are read by filters, or by a loop over it. Undefined when the node is none, or the list no path. */
function listOf(node: Node, found: ReadPath[]): ReadPath | undefined {
  if (node.type === 'for' && node.target.type === 'name') return loopOf(node, node.target.name, found);
  const reads = itemReadsOf(node);
  const base = reads && pathOf(reads.list, found);
  if (base === undefined) return undefined;
  collect(reads?.given, found);
  return { ...base, ...(reads && { items: reads.items }) };
}

function loopOf(
  { iterable, test, body, otherwise }: Extract<Node, { type: 'for' }>,
  item: string,
  found: ReadPath[],
): ReadPath | undefined {
  const inside: ReadPath[] = [];
  collect([test, body, otherwise], inside);
  const items = inside.filter(({ name, path }) => name === item && path.length > 0).map(({ path }) => path);
  // `record.labels or []` has the items of the labels.
  const list = iterable.type === 'or' ? iterable.left : iterable;
  const base = items.length === 0 ? undefined : pathOf(list, found);
  if (base === undefined) return undefined;
  found.push(...inside.filter(({ name }) => name !== item));
  return { ...base, items };
}

function longer(target: Expression, member: unknown, found: ReadPath[]): ReadPath | undefined {
  // `(response.pages or {}).next` reads what is in the pages, where there are some.
  const base = pathOf(target.type === 'or' ? target.left : target, found);
  if (base === undefined) return undefined;
  const isStep = typeof member === 'string' || typeof member === 'number';
  return isStep ? { ...base, path: [...base.path, member] } : base;
}
