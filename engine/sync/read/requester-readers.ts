import { type ChildNode, componentsBelow } from '../../language/child-nodes.ts';
import type { Registry } from '../../language/registry.ts';
import { fieldOf, type MappingNode } from '../../manifest/node.ts';

/**
 * How often a requester is read through in all, when these streams are: once for each of them that has it, or another
 * one for the same path, and once for each child that has such a stream as its parent, or as the parent of its parent.
 */
export function requesterReaders(
  streams: Iterable<MappingNode>,
  registry: Registry,
): (requester: MappingNode) => number {
  const readers = new Map<string, number>();
  for (const node of streams)
    for (const key of keysOf(node, registry)) readers.set(key, (readers.get(key) ?? 0) + 1);
  return (requester) => readers.get(keyOf(requester)) ?? Number.POSITIVE_INFINITY;
}

/** What was found below a stream, for the syncs to come: a manifest does not change. */
const known = new WeakMap<Registry, WeakMap<MappingNode, readonly string[]>>();

function keysOf(node: MappingNode, registry: Registry): readonly string[] {
  const byStream = known.get(registry) ?? new WeakMap<MappingNode, readonly string[]>();
  known.set(registry, byStream);
  const keys = byStream.get(node) ?? [...requestedBelow({ node, family: 'Stream' }, registry)];
  byStream.set(node, keys);
  return keys;
}

/** The keys of the requesters of a stream, each once, and then those of each of its parents. */
function* requestedBelow(stream: ChildNode, registry: Registry): Generator<string> {
  // Requesters and routers may stand deep inside of retrievers that have others in them.
  const below = [...componentsBelow(stream, registry, (child, parent) => !isParentStream(child, parent))];
  yield* new Set(below.filter(({ family }) => family === 'Requester').map(({ node }) => keyOf(node)));
  for (const child of below) if (isParentStream(child, child.parent)) yield* requestedBelow(child, registry);
}

function isParentStream(child: ChildNode, around: ChildNode): boolean {
  return around.family === 'ParentStreamConfig' && child.family === 'Stream';
}

/** Where requests go, as it is written: with the parameters that it is written with. */
function keyOf(requester: MappingNode): string {
  const parameters = fieldOf(requester, '$parameters');
  const texts = [
    ...['url', 'url_base', 'path'].map((name) => fieldOf(requester, name)),
    parameters && fieldOf(parameters, 'path'),
  ];
  return JSON.stringify(texts.map((node) => (node?.kind === 'scalar' ? String(node.value) : null)));
}
