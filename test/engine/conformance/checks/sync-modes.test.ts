import { syncModes } from '../../../../engine/conformance/checks/sync-modes.ts';
import { harness, manifestWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(syncModes);

describe('sync-modes', () => {
  it('passes with and without a cursor', async () => {
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

  it('finds a cursor whose field has no name', async () => {
    await expectViolations(
      manifestWith({
        schema: `{ type: object, properties: { id: { type: string }, at: { type: string, format: date-time }, tags: { type: array, items: { type: string } } } }`,
        stream: `incremental_sync:
  type: DatetimeBasedCursor
  cursor_field: ''
  start_datetime: "2026-01-01"
  datetime_format: "%Y-%m-%d"`,
      }),
      [{ message: /is incremental by a cursor field without a name/ }],
    );
  });
});
