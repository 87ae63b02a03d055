import { ConnectorError } from '../error/connector-error.ts';
import { matchesPath, type Segment, toMatchers } from '../util/path/dpath-glob.ts';
import type { ManifestNode, MappingEntry, MappingNode, SequenceNode } from './node.ts';

/** A tree in which a value was set, and in how many places. */
export interface Changed {
  readonly node: MappingNode;
  readonly count: number;
}

/** Sets every place that a path with globs (`*`, `**`) matches. Places that do not exist are not created. */
export function setExisting(root: MappingNode, path: readonly Segment[], value: ManifestNode): Changed {
  let node: ManifestNode = root;
  let count = 0;
  for (const at of matching(root, path)) {
    const changed = replace(node, at, 0, value);
    // A place may be gone because one above it was set before.
    if (changed === undefined) continue;
    node = changed;
    count++;
  }
  return { node: node as MappingNode, count };
}

/** What is at the places that a path with globs matches. */
export function existingAt(root: MappingNode, path: readonly Segment[]): readonly ManifestNode[] {
  return matching(root, path).flatMap((at) => {
    let node: ManifestNode | undefined = root;
    for (const segment of at) node = node && childOf(node, segment);
    return node ?? [];
  });
}

function matching(root: MappingNode, path: readonly Segment[]): readonly (readonly Segment[])[] {
  const matchers = toMatchers(path);
  const paths: Segment[][] = [];
  visit(root, [], (at, lengths) => {
    if (matchesPath(at, lengths, matchers)) paths.push([...at]);
  });
  return paths;
}

/** Sets one place (globs are plain keys here) and creates what is missing on the way: lists where a number follows. */
export function setNew(root: MappingNode, path: readonly Segment[], value: ManifestNode): MappingNode {
  return put(root, path, 0, value) as MappingNode;
}

type Visit = (path: readonly Segment[], lengths: readonly number[]) => void;

/** Children of a place come before what is below them. `lengths` are those of the lists on the way, 0 for mappings. */
function visit(node: ManifestNode, path: Segment[], call: Visit, lengths: number[] = []): void {
  const children = childrenOf(node);
  lengths.push(node.kind === 'sequence' ? node.items.length : 0);
  for (const [segment] of children) {
    path.push(segment);
    call(path, lengths);
    path.pop();
  }
  for (const [segment, child] of children) {
    path.push(segment);
    visit(child, path, call, lengths);
    path.pop();
  }
  lengths.pop();
}

function childrenOf(node: ManifestNode): (readonly [Segment, ManifestNode])[] {
  if (node.kind === 'mapping') return [...node.entries].map(([name, { value }]) => [name, value] as const);
  return node.kind === 'sequence' ? [...node.items.entries()] : [];
}

function childOf(node: ManifestNode, segment: Segment): ManifestNode | undefined {
  if (node.kind === 'mapping') return node.entries.get(String(segment))?.value;
  return node.kind === 'sequence' && isIndex(segment) ? node.items[Number(segment)] : undefined;
}

function replace(
  node: ManifestNode,
  path: readonly Segment[],
  depth: number,
  value: ManifestNode,
): ManifestNode | undefined {
  const segment = path[depth];
  if (segment === undefined) return value;
  const child = childOf(node, segment);
  const changed = child && replace(child, path, depth + 1, value);
  return changed && withChild(node as MappingNode | SequenceNode, segment, changed);
}

function put(node: ManifestNode, path: readonly Segment[], depth: number, value: ManifestNode): ManifestNode {
  const segment = path[depth];
  if (segment === undefined) return value;
  if (node.kind === 'scalar' || (node.kind === 'sequence' && !isIndex(segment))) {
    const here = path.slice(0, depth).join('.');
    const found = node.kind === 'scalar' ? 'a single value' : 'a list';
    throw new ConnectorError(`Nothing can be set at "${path.join('.')}": "${here}" is ${found}.`, {
      kind: 'config_error',
      nodes: [value.place],
    });
  }
  const below = childOf(node, segment) ?? empty(path[depth + 1], value);
  return withChild(node, segment, put(below, path, depth + 1, value));
}

function empty(next: Segment | undefined, { place }: ManifestNode): ManifestNode {
  if (next !== undefined && isIndex(next)) return { kind: 'sequence', items: [], place };
  return { kind: 'mapping', entries: new Map(), place };
}

function withChild(node: MappingNode | SequenceNode, segment: Segment, child: ManifestNode): ManifestNode {
  if (node.kind === 'sequence') {
    const items = [...node.items];
    while (items.length < Number(segment)) items.push({ kind: 'scalar', value: null, place: child.place });
    items[Number(segment)] = child;
    return { ...node, items };
  }
  const name = String(segment);
  const key = node.entries.get(name)?.key ?? { kind: 'scalar', value: name, place: child.place };
  const entry: MappingEntry = { key, value: child };
  return { ...node, entries: new Map([...node.entries, [name, entry]]) };
}

function isIndex(segment: Segment): boolean {
  return typeof segment === 'number' || /^\d+$/.test(segment);
}
