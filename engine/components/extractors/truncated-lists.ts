import type { Retriever } from '../../contract/families.ts';
import type { Scope } from '../../contract/scope.ts';
import type { Slice } from '../../contract/slice.ts';
import { bareStreamScope } from '../../language/bare-stream-scope.ts';
import { pyTruth } from '../../template/python-values.ts';
import type { JsonObject } from '../../util/json/json.ts';
import { compileGet, type Segment } from '../../util/path/dpath.ts';

const name = 'record_expander_truncated_list';
const readerOfLists = bareStreamScope(name, {
  purpose: {
    type: 'HTTP',
    title: `Record expander '${name}' request`,
    description: 'Request performed in order to fetch the complete nested list of a truncated record.',
  },
});

/** Lists of which a record has only the beginning. */
export interface TruncatedLists {
  isTruncated(record: JsonObject): boolean;
  /** Of the complete list, as the record tells. */
  lengthOf(record: JsonObject): number | undefined;
}

/** The field at the path tells whether a list is truncated, and `total_count` beside it how long it is. */
export function truncatedLists(indicator: readonly Segment[]): TruncatedLists {
  const flag = compileGet(indicator, false);
  const total = compileGet([...indicator.slice(0, -1), 'total_count']);
  return {
    isTruncated: (record) => indicator.length > 0 && pyTruth(flag(record)),
    lengthOf(record) {
      const length = total(record);
      return typeof length === 'number' && Number.isInteger(length) ? length : undefined;
    },
  };
}

/** The retriever of complete lists has nothing of the stream that it reads for. */
export function listScope(scope: Scope): Scope {
  return { ...scope, stream: readerOfLists };
}

/** Batches of the complete list of a record. The requests see the record as `stream_slice['parent_record']`. */
export async function* fetchList(
  retriever: Retriever,
  record: JsonObject,
): AsyncGenerator<readonly JsonObject[]> {
  const slice: Slice = { partition: { parent_record: record }, cursor: {}, extraFields: {} };
  for await (const { records } of retriever.read(slice, { cursor: undefined, isDataFeed: false })) {
    if (records.length > 0) yield records;
  }
}
