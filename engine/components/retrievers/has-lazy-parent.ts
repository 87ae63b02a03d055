import { fieldOf, type MappingNode, typeOf } from '../../manifest/node.ts';

/** A parent's records carry the first pages of this retriever. */
export function hasLazyParent(retriever: MappingNode): boolean {
  const router = fieldOf(retriever, 'partition_router');
  if (router === undefined || typeOf(router) !== 'SubstreamPartitionRouter') return false;
  const parents = fieldOf(router, 'parent_stream_configs');
  if (parents?.kind !== 'sequence') return false;
  return parents.items.some((parent) => {
    const pointer = fieldOf(parent, 'lazy_read_pointer');
    return pointer?.kind === 'sequence' && pointer.items.length > 0;
  });
}
