import type { CursorOptions, PartitionRouter } from '../../contract/families.ts';
import type { Scope } from '../../contract/scope.ts';
import { fieldOf } from '../../manifest/node.ts';

/** What tells of the partitions of a stream, and of those that are not read. Nothing when nobody listens. */
export function partitionDecisions(
  { sync, node }: Scope,
  stream: string,
  router: PartitionRouter | undefined,
): Pick<CursorOptions, 'router' | 'onSkip'> {
  const { onDecision } = sync;
  if (onDecision === undefined) return { router };
  const retriever = fieldOf(node, 'retriever') ?? node;
  const routerPlace = (fieldOf(retriever, 'partition_router') ?? retriever).place;
  const cursorPlace = (fieldOf(node, 'incremental_sync') ?? node).place;
  return {
    router: router && {
      partitionFields: router.partitionFields,
      hasRequestOption: router.hasRequestOption,
      isGrouping: router.isGrouping,
      addTo: (parts, context) => router.addTo(parts, context),
      parentState: () => router.parentState(),
      async *partitions(state, options) {
        for await (const slice of router.partitions(state, options)) {
          const { partition } = slice;
          const at = { place: routerPlace, stream, slice, page: undefined };
          onDecision({ ...at, kind: 'partition', outcome: { partition } });
          yield slice;
        }
      },
    },
    onSkip(reason, slice) {
      const place = reason === 'repeated partition' ? routerPlace : cursorPlace;
      onDecision({ kind: 'cursor.skip', place, stream, slice, page: undefined, outcome: { reason } });
    },
  };
}
