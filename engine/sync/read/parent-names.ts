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
  for (const node of streams) {
    const below = componentsBelow(
      { node, family: 'Stream' },
      registry,
      (child, parent) => onTheWay.has(child.family) && !isParent(child, parent),
    );
    for (const { parent, ...child } of below) {
      const name = isParent(child, parent) ? fieldOf(child.node, 'name') : undefined;
      if (name?.kind === 'scalar') names.add(String(name.value));
    }
  }
  return names;
}

function isParent(child: ChildNode, around: ChildNode): boolean {
  return around.family === 'ParentStreamConfig' && child.family === 'Stream';
}
