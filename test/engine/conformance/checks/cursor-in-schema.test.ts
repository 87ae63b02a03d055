import { cursorInSchema } from '../../../../engine/conformance/checks/cursor-in-schema.ts';
import { harness, manifestWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(cursorInSchema);

describe('cursor-in-schema', () => {
  it('passes for a cursor field with a column', async () => {
    await expectPass(
      manifestWith({
        schema: `{ type: object, properties: { id: { type: string }, at: { type: string, format: date-time }, tags: { type: array, items: { type: string } } } }`,
        stream: `incremental_sync:
  type: DatetimeBasedCursor
  cursor_field: at
  start_datetime: "2026-01-01"
  datetime_format: "%Y-%m-%d"`,
      }),
    );
  });

  it('finds one without', async () => {
    await expectViolations(
      manifestWith({
        schema: `{ type: object, properties: { id: { type: string }, at: { type: string, format: date-time }, tags: { type: array, items: { type: string } } } }`,
        stream: `incremental_sync:
  type: DatetimeBasedCursor
  cursor_field: updated
  start_datetime: "2026-01-01"
  datetime_format: "%Y-%m-%d"`,
      }),
      [{ message: /The cursor field "updated" of stream "items" is not in its schema/, at: 'updated' }],
    );
  });

  it('notes a schema that names no field', async () => {
    await expectViolations(
      manifestWith({
        schema: '{ type: object, properties: {} }',
        stream:
          'incremental_sync: { type: DatetimeBasedCursor, cursor_field: at, start_datetime: "2026-01-01", datetime_format: "%Y-%m-%d" }',
      }),
      [
        {
          message:
            'The schema of stream "items" names no field, so a destination that makes columns of it has none for "at", its cursor field, nor for any other.',
          severity: 'note',
        },
      ],
    );
  });
});
