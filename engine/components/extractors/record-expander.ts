import * as z from 'zod';
import type { Retriever } from '../../contract/families.ts';
import { component } from '../../language/component.ts';
import { template } from '../../language/fields.ts';
import { slot } from '../../language/slots.ts';
import { fieldOf } from '../../manifest/node.ts';
import { isObject, type JsonObject } from '../../util/json/json.ts';
import { copyFields } from '../../util/json/set-field.ts';
import { withoutLists } from '../../util/json/without-lists.ts';
import { compileValues } from '../../util/path/dpath.ts';
import { plainPath, wildcards } from './plain-path.ts';
import { templatePath } from './record-path.ts';
import { fetchList, listScope, truncatedLists } from './truncated-lists.ts';

/** Makes a record out of every item of lists inside a record. Values that are not lists are left out. */
export const RecordExpander = component({
  family: 'RecordExpander',
  type: 'RecordExpander',
  doc: 'Makes a record out of every item of a list inside a record.',
  fields: () => ({
    expand_records_from_field: z.array(template()).describe('Path of the list; "*" may match several lists.'),
    remain_original_record: z
      .boolean()
      .default(false)
      .describe('Keep the whole record under "original_record" in each of its items.'),
    parent_fields: z
      .array(slot('ParentFieldPath', 'ParentFieldPath'))
      .optional()
      .describe('Values of the record that each of its items gets.'),
    merge_parent: z
      .boolean()
      .default(false)
      .describe("Give each item the record's fields, without the list; the item's own win."),
    on_no_records: z
      .enum(['skip', 'emit_parent'])
      .default('skip')
      .describe('Without any item: give nothing, or the record as it is.'),
    truncation_indicator_path: z
      .array(template())
      .optional()
      .describe('Path of a field that is true when the record has only the beginning of the list.'),
    truncated_list_retriever: slot('Retriever')
      .optional()
      .describe("Fetches such a list as a whole; sees the record as stream_slice['parent_record']."),
  }),
  *check(fields) {
    const { truncated_list_retriever: retriever, truncation_indicator_path: indicator = [] } = fields;
    yield* wildcards(indicator, 'truncation_indicator_path');
    if (retriever === undefined) return;
    if (indicator.length === 0) {
      yield {
        message: '"truncated_list_retriever" needs a "truncation_indicator_path".',
        at: ['truncated_list_retriever'],
      };
    }
    yield* wildcards(fields.expand_records_from_field, 'expand_records_from_field');
    for (const name of ['partition_router', 'pagination_reset']) {
      if (fieldOf(retriever.node, name) === undefined) continue;
      yield {
        message: `A "truncated_list_retriever" cannot have a "${name}": it reads the list of one record.`,
        at: ['truncated_list_retriever', name],
      };
    }
  },
  make(fields, scope) {
    const { log } = scope.sync;
    const segments = fields.expand_records_from_field;
    const path = templatePath(
      segments.map((segment) => segment(scope)),
      compileValues,
    );
    const indicator = plainPath(fields.truncation_indicator_path ?? [], 'truncation_indicator_path', scope);
    const { isTruncated, lengthOf } = truncatedLists(indicator);
    const retriever = fields.truncated_list_retriever;
    if (retriever !== undefined) plainPath(segments, 'expand_records_from_field', scope);
    const lists = retriever?.(listScope(scope));
    const copied = (fields.parent_fields ?? []).map((field) => field(scope));
    const addsContext = fields.remain_original_record || fields.merge_parent || copied.length > 0;
    const emitsParent = fields.on_no_records === 'emit_parent';
    // A test read may fetch fewer pages than there are.
    const isLimited = scope.sync.limits !== undefined && lists?.paginates === true;
    let isTold = false;

    /** What the items of a record are made with. Nothing after this changes values inside of fields, so they are shared. */
    function itemsOf(parent: JsonObject, found: readonly unknown[]): (item: unknown) => unknown {
      if (!addsContext) return (item) => (isObject(item) ? copyFields(item) : item);
      const merged = fields.merge_parent ? withoutLists(parent, new Set(found.filter(Array.isArray))) : {};
      return (item) => {
        const made = { ...merged, ...(isObject(item) ? item : { value: item }) };
        for (const field of copied) field.copy(parent, made);
        return fields.remain_original_record ? { ...made, original_record: parent } : made;
      };
    }

    function tell(message: string): void {
      if (isTold) return;
      isTold = true;
      log('WARN', `${message} Other records may have such lists too.`);
    }

    function expand(record: JsonObject): readonly unknown[] {
      if (segments.length === 0) return [record];
      const found = path()(record);
      const toItem = itemsOf(record, found);
      const items = found.filter((value) => Array.isArray(value)).flatMap((list) => list.map(toItem));
      if (lists === undefined && isTruncated(record)) {
        const length = lengthOf(record);
        const total = length === undefined ? '' : ` of ${length}`;
        tell(
          `A record has only ${items.length}${total} items of its list, and there is no "truncated_list_retriever" to fetch the others.`,
        );
      }
      return items.length === 0 && emitsParent ? [record] : items;
    }

    async function* fetchItems(complete: Retriever, record: JsonObject): AsyncGenerator<readonly unknown[]> {
      const toItem = itemsOf(record, path()(record));
      let count = 0;
      for await (const batch of fetchList(complete, record)) {
        count += batch.length;
        yield batch.map(toItem);
      }
      const length = lengthOf(record);
      if (length !== undefined && count < length && !isLimited) {
        tell(
          `The "truncated_list_retriever" found ${count} items of a list that has ${length}. Does it have a paginator, and does it request the complete list?`,
        );
      }
      if (count === 0) yield expand(record);
    }

    if (lists === undefined) return { expand };
    return {
      expand,
      fetch: (record) => (segments.length > 0 && isTruncated(record) ? fetchItems(lists, record) : undefined),
    };
  },
});
