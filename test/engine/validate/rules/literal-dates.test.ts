import { literalDates } from '../../../../engine/validate/rules/literal-dates.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(literalDates);

const cursor = (start: string) =>
  withRetriever(
    '',
    `incremental_sync: { type: DatetimeBasedCursor, cursor_field: at, datetime_format: "%Y-%m-%d", start_datetime: ${start} }`,
  );

describe('literalDates', () => {
  it('have the format of their cursor, or one of their own', () => {
    expectValid(cursor('"2024-01-31"'));
    expectValid(cursor('"{{ day_delta(-1, \'%Y-%m-%d\') }}"'));
    expectValid(cursor('"{{ now_utc().strftime(\'%Y-%m-%d\') }}"'));
    expectValid(cursor('"{{ config.since or now_utc() }}"'));
    expectValid(cursor('{ datetime: "2024-01-31T00:00:00Z", datetime_format: "%Y-%m-%dT%H:%M:%SZ" }'));
  });

  it('are there where they are needed', () => {
    const message = 'A datetime of the format "%Y-%m-%d" is expected here.';
    expectErrors(cursor('""'), [{ message, at: '""' }]);
    expectErrors(cursor('{ datetime: "", max_datetime: "" }'), [{ message, at: '"", max' }]);
  });

  it('are not read by another', () => {
    const message = (text: string) =>
      `"${text}" is not a datetime of the format "%Y-%m-%d", by which it is read.`;
    expectErrors(cursor('"2024-01-31T00:00:00Z"'), [
      { message: message('2024-01-31T00:00:00Z'), at: '"2024-01-31T' },
    ]);
    const template = "{{ now_utc().strftime('%d.%m.') }}";
    expectErrors(cursor(`"${template}"`), [
      {
        message: expect.stringMatching(
          /^"\d\d\.\d\d\." is not a datetime of the format .* It is what \{\{ now_utc\(\).* gives now\.$/,
        ),
        at: `"${template}"`,
      },
    ]);
    expectErrors(cursor('{ datetime: "{{ config.a }}", min_datetime: "2024-02-30" }'), [
      { message: message('2024-02-30'), at: '"2024-02-30"' },
    ]);
  });
});
