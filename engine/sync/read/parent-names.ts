import type { Family } from '../../contract/families.ts';
import { type ChildNode, componentsBelow } from '../../language/child-nodes.ts';
import type { Registry } from '../../language/registry.ts';
import { fieldOf, type MappingNode } from '../../manifest/node.ts';

/** What lies between a stream and its parents. */
const onTheWay: ReadonlySet<Family> = new Set([
  'Stream',
  'Retriever',
  'PartitionRouter',
  'ParentStreamConfig',
]);

/**
 * Names of the streams that are parents of any of these. A stream that delegates has parents in those it delegates to.
 */
export function parentNames(streams: Iterable<MappingNode>, registry: Registry): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of streams) for (const name of parentsOf(node, registry)) names.add(name);
  return names;
}

/** What was found of a stream, for the syncs to come: a manifest does not change. */
const known = new WeakMap<Registry, WeakMap<MappingNode, readonly string[]>>();

function parentsOf(stream: MappingNode, registry: Registry): readonly string[] {
  const byStream = known.get(registry) ?? new WeakMap<MappingNode, readonly string[]>();
  known.set(registry, byStream);
  const names = byStream.get(stream) ?? [...namesBelow(stream, registry)];
  byStream.set(stream, names);
  return names;
}

function* namesBelow(node: MappingNode, registry: Registry): Generator<string> {
  const below = componentsBelow(
    { node, family: 'Stream' },
    registry,
    (child, parent) => onTheWay.has(child.family) && !isParent(child, parent),
  );
  for (const { parent, ...child } of below) {
    const name = isParent(child, parent) ? fieldOf(child.node, 'name') : undefined;
    if (name?.kind === 'scalar') yield String(name.value);
  }
}

function isParent(child: ChildNode, around: ChildNode): boolean {
  return around.family === 'ParentStreamConfig' && child.family === 'Stream';
}
