import { fieldOf, type ManifestNode } from '../../manifest/node.ts';

/** Names of the streams that are parents of any of these, wherever in a partition router they are. */
export function parentNames(streams: Iterable<ManifestNode>): ReadonlySet<string> {
  const names = new Set<string>();
  function visitRouter(router: ManifestNode | undefined): void {
    if (router === undefined || router.kind === 'scalar') return;
    if (router.kind === 'sequence') {
      for (const item of router.items) visitRouter(item);
      return;
    }
    const parents = fieldOf(router, 'parent_stream_configs');
    for (const parent of parents?.kind === 'sequence' ? parents.items : []) {
      const stream = fieldOf(parent, 'stream');
      const name = stream && fieldOf(stream, 'name');
      if (name?.kind === 'scalar') names.add(String(name.value));
    }
    visitRouter(fieldOf(router, 'partition_routers'));
    visitRouter(fieldOf(router, 'underlying_partition_router'));
  }
  for (const stream of streams) {
    const retriever = fieldOf(stream, 'retriever');
    visitRouter(retriever && fieldOf(retriever, 'partition_router'));
  }
  return names;
}
