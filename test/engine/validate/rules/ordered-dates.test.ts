import { orderedDates } from '../../../../engine/validate/rules/ordered-dates.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(orderedDates);

const cursor = (start: string, end: string) =>
  withRetriever(
    '',
    `incremental_sync: { type: DatetimeBasedCursor, cursor_field: at, datetime_format: "%Y-%m-%d", start_datetime: ${start}, end_datetime: ${end} }`,
  );
const bound = (fields: string) => `{ type: MinMaxDatetime, datetime_format: "%Y-%m-%d", ${fields} }`;

describe('orderedDates', () => {
  it.each([
    ['"2024-01-01"', '"2024-01-31"'],
    ['"2024-01-01"', '"2024-01-01"'],
    ['"2024-01-01"', '"{{ config.until }}"'],
    ['"{{ config.since }}"', '"2024-01-01"'],
    ['"2024-01-01"', '"{{ now_utc().strftime(\'%Y-%m-%d\') }}"'],
    [bound('datetime: "2024-02-01", max_datetime: "2023-01-01"'), '"2024-01-31"'],
    ['"01.02.2024"', '"2024-01-31"'],
  ])('come one after the other: %s, %s', (start, end) => {
    expectValid(cursor(start, end));
  });

  it('do not end before they start', () => {
    const message = 'This end is before the start, so nothing is ever read.';
    expectErrors(cursor('"2024-02-01"', '"2024-01-31"'), [
      { severity: 'warning', message, at: '"2024-01-31"' },
    ]);
    expectErrors(cursor('"2024-02-01"', '{ datetime: "31.01.2024", datetime_format: "%d.%m.%Y" }'), [
      { severity: 'warning', message, at: '{ datetime: "31.01.2024"' },
    ]);
  });

  it('have bounds in their order', () => {
    const message = 'This is before "min_datetime", so it is what always comes out.';
    const end = '"2025-01-01"';
    expectValid(
      cursor(bound('datetime: "2024-01-01", min_datetime: "2023-01-01", max_datetime: "2023-01-02"'), end),
    );
    expectErrors(
      cursor(bound('datetime: "2024-01-01", min_datetime: "2023-01-02", max_datetime: "2023-01-01"'), end),
      [{ severity: 'warning', message, at: '"2023-01-01"' }],
    );
  });
});
