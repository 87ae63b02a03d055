import type { RecordFilter as Filter, RecordContext } from '../../contract/families.ts';
import { component } from '../../language/component.ts';
import { condition } from '../../language/fields.ts';
import { requestNames } from '../../language/template-names.ts';
import { toTemplateSlice } from '../../language/template-values.ts';
import type { JsonObject } from '../../util/json/json.ts';

/** The component and what it makes go by one name. */
export type RecordFilter = Filter;

/** Keeps the records for which a condition is true. */
export const RecordFilter = component({
  family: 'RecordFilter',
  type: 'RecordFilter',
  doc: 'Keeps the records for which a condition is true.',
  sees: ['record', ...requestNames],
  fields: () => ({
    condition: condition()
      .prefault('')
      .describe('Template that sees the record; records for which it is false are dropped.'),
  }),
  make(fields, scope) {
    const isKept = fields.condition(scope);
    return Object.freeze({
      keeps(record: JsonObject, { slice }: RecordContext) {
        return isKept({
          record,
          stream_slice: toTemplateSlice(slice),
          // The language has the name here, and nothing behind it.
          next_page_token: null,
        });
      },
    });
  },
});
