import type { ManifestNode } from '../manifest/node.ts';
import { walk } from '../manifest/walk.ts';
import { type ReadPath, readPaths, readPathsOfNames } from './read-paths.ts';

/** All texts that are written at a node and below it, keys included. */
export function* textsIn(root: ManifestNode | undefined): Generator<string> {
  for (const { node, name } of walk(root, ({ name }) => name === '$parameters' || name === 'schema')) {
    if (name !== undefined) yield name;
    if (node.kind === 'scalar' && typeof node.value === 'string') yield node.value;
  }
}

/** What the templates at a node and below it read of these names, each path once. */
export function pathsRead(node: ManifestNode | undefined, names: readonly string[]): readonly ReadPath[] {
  return node === undefined ? [] : allPathsRead(node).filter(({ name }) => names.includes(name));
}

/** The same of a paginator, which may give a part of an answer a name of its own before it reads there. */
export function pagePathsRead(node: ManifestNode | undefined, names: readonly string[]): readonly ReadPath[] {
  const found = new Map(pathsRead(node, names).map((read) => [JSON.stringify(read), read]));
  for (const text of textsIn(node)) {
    if (!text.includes('{%')) continue;
    for (const read of readPathsOfNames(text))
      if (names.includes(read.name)) found.set(JSON.stringify(read), read);
  }
  return [...found.values()];
}

/** A manifest does not change, and each answer of a simulated API asks for the same again. */
const known = new WeakMap<ManifestNode, readonly ReadPath[]>();

function allPathsRead(node: ManifestNode): readonly ReadPath[] {
  const before = known.get(node);
  if (before !== undefined) return before;
  const found = new Map<string, ReadPath>();
  for (const text of textsIn(node)) {
    if (!text.includes('{{') && !text.includes('{%')) continue;
    for (const use of readPaths(text)) found.set(JSON.stringify([use.name, use.path, use.items]), use);
  }
  const paths = Object.freeze([...found.values()]);
  known.set(node, paths);
  return paths;
}

/** Whether templates below a node read by a name of their own, or by a key that is only known when they run. */
export function readsUnseen(node: ManifestNode | undefined): boolean {
  return [...textsIn(node)].some((text) => text.includes('{%') || /\{\{[^}]*\w\[\s*[A-Za-z_]/.test(text));
}
