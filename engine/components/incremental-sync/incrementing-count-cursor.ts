import * as z from 'zod';
import type { Cursor, CursorOptions } from '../../contract/families.ts';
import { component } from '../../language/component.ts';
import { checkedTemplate } from '../../language/field-types/checked-template.ts';
import { template } from '../../language/fields.ts';
import { slot } from '../../language/slots.ts';
import { openCountCursor } from '../../sync/cursor/count-cursor.ts';
import { pyStr } from '../../template/python-values.ts';
import { chosenField } from './chosen-field.ts';

/** Reads records whose number is higher than that of the last sync. */
export const IncrementingCountCursor = component({
  family: 'IncrementalSync',
  type: 'IncrementingCountCursor',
  doc: 'Reads only records that are new since the last sync, by a number of theirs that always grows.',
  sees: [],
  fields: () => ({
    cursor_field: template().describe('The field of a record that holds its number; at its top level.'),
    start_value: z
      .union([checkedTemplate({ read: readCount, expected: 'a whole number' }), z.int()])
      .optional()
      .describe('The number to start from; 0 by default.'),
    start_value_option: slot('RequestOption', 'RequestOption')
      .optional()
      .describe('Where the number to start from is put into requests.'),
    allow_catalog_defined_cursor_field: z
      .boolean()
      .optional()
      .describe('Users may choose another cursor field in the catalog.'),
  }),
  traits: () => ({
    compares: 'counts',
    splitRefusal: 'only windows of a DatetimeBasedCursor can be split',
    hasAgelessState: true,
  }),
  make(fields, scope) {
    const cursorField = pyStr(fields.cursor_field(scope)());
    const { start_value: startValue } = fields;
    const start = typeof startValue === 'function' ? startValue(scope) : () => startValue ?? 0;
    const option = fields.start_value_option?.(scope);
    const addTo: Cursor['addTo'] = (parts, { slice }) => {
      if (slice !== undefined) option?.inject(slice.cursor.start ?? null, parts);
    };
    return Object.freeze({
      cursorField,
      place: scope.place,
      allowCatalogCursorField: fields.allow_catalog_defined_cursor_field ?? false,
      isClientSide: false,
      isDataFeed: false,
      open(options: CursorOptions): Cursor {
        const chosen = fields.allow_catalog_defined_cursor_field ? chosenField(options, scope) : undefined;
        const settings = {
          stream: options.stream,
          cursorField: chosen || cursorField,
          start: start(),
          addTo,
          warn: (message: string) => scope.sync.log('WARN', message),
        };
        return openCountCursor(settings, options);
      },
    });
  },
});

/** What Python's `int` takes. */
function readCount(value: unknown): { readonly value: number | bigint } | undefined {
  if (typeof value === 'bigint') return { value };
  if (typeof value === 'boolean') return { value: value ? 1 : 0 };
  const isDigits = typeof value === 'string' && /^\s*[+-]?\d+\s*$/.test(value);
  const isNumber = isDigits || typeof value === 'number' || (typeof value === 'object' && value !== null);
  const count = isNumber ? Math.trunc(Number(value)) : Number.NaN;
  return Number.isNaN(count) ? undefined : { value: count };
}
