import type { Family } from '../../contract/families.ts';
import { type ChildNode, childNodes } from '../../language/child-nodes.ts';
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
  function visit(at: ChildNode): void {
    for (const child of childNodes(at, registry)) {
      if (at.family === 'ParentStreamConfig' && child.family === 'Stream') {
        const name = fieldOf(child.node, 'name');
        if (name?.kind === 'scalar') names.add(String(name.value));
      } else if (onTheWay.has(child.family)) visit(child);
    }
  }
  for (const node of streams) visit({ node, family: 'Stream' });
  return names;
}
