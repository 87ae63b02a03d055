import * as z from 'zod';
import { component } from '../../language/component.ts';
import { template } from '../../language/fields.ts';
import { compileValues } from '../../util/dpath.ts';
import { isObject, type JsonObject } from '../../util/json.ts';
import { templatePath } from './record-path.ts';

/** Makes a record of every item of the lists inside a record. Values that are not lists are ignored. */
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
    on_no_records: z
      .enum(['skip', 'emit_parent'])
      .default('skip')
      .describe('Without any item: give nothing, or the record as it is.'),
  }),
  make({ expand_records_from_field, remain_original_record, on_no_records }, scope) {
    const path = templatePath(
      expand_records_from_field.map((segment) => segment(scope)),
      compileValues,
    );
    const isExpanding = expand_records_from_field.length > 0;

    function toItem(item: unknown, parent: JsonObject): unknown {
      const copy = isObject(item) ? { ...item } : item;
      if (!remain_original_record) return copy;
      // The parent itself rather than a copy: from here on nothing changes what is inside a record's fields.
      return isObject(copy) ? { ...copy, original_record: parent } : { value: copy, original_record: parent };
    }

    return Object.freeze({
      expand(record: JsonObject) {
        if (!isExpanding) return [record];
        const items = path()(record)
          .filter((value) => Array.isArray(value))
          .flatMap((list) => list.map((item) => toItem(item, record)));
        return items.length === 0 && on_no_records === 'emit_parent' ? [record] : items;
      },
    });
  },
});
