import type { RecordContext } from '../../contract/families.ts';
import type { Scope } from '../../contract/scope.ts';
import { fieldOf } from '../../manifest/node.ts';
import { recordKeyOf } from '../../sync/pages/record-key.ts';

/** Told of each record that a selector leaves out, as the filter saw it. */
export type RecordDrops = (by: 'record_filter' | 'cursor', record: unknown, context: RecordContext) => void;

/** Undefined when nobody listens. */
export function recordDrops({ sync, stream, node }: Scope): RecordDrops | undefined {
  const { onDecision } = sync;
  if (onDecision === undefined) return undefined;
  const filter = fieldOf(node, 'record_filter') ?? node;
  const condition = fieldOf(filter, 'condition') ?? filter;
  return (by, record, { slice, page }) => {
    onDecision({
      kind: 'record.drop',
      place: by === 'cursor' ? stream?.incremental?.place : condition.place,
      stream: stream?.name,
      slice,
      page,
      outcome: { by, record },
      recordKey: recordKeyOf(record, stream?.primaryKey),
    });
  };
}
