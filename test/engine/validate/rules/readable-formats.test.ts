import { readableFormats } from '../../../../engine/validate/rules/readable-formats.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(readableFormats);

const cursor = (format: string, more = '') =>
  withRetriever(
    '',
    `incremental_sync: { type: DatetimeBasedCursor, cursor_field: at, start_datetime: "{{ config.since }}", datetime_format: "${format}"${more} }`,
  );

describe('readableFormats', () => {
  it.each(['%Y-%m-%dT%H:%M:%S.%f%z', '%s', '%ms', '%_ms', '%Y%m%d'])(
    'are those of strptime: %s',
    (format) => {
      expectValid(cursor(format));
    },
  );

  it.each([
    ['YYYY-MM-DD', 'it has no directive such as %Y. Do you mean "%Y-%m-%d"?'],
    ['yyyy-MM-ddTHH:mm:ss', 'it has no directive such as %Y. Do you mean "%Y-%m-%dT%H:%M:%S"?'],
    ['DD/MM/YYYY', 'it has no directive such as %Y. Do you mean "%d/%m/%Y"?'],
    ['YYYYMMDDHHMMSS', 'it has no directive such as %Y. Do you mean "%Y%m%d%H%M%S"?'],
    ['%Y-%Q', "'Q' is a bad directive in format '%Y-%Q'."],
    ['%Y-%Y', 'it has %Y twice.'],
  ])('are not %s', (format, why) => {
    expectErrors(cursor(format), [
      { message: `No time can be read by the format "${format}": ${why}`, at: `"${format}"` },
    ]);
  });

  it('may be readable by another one of several', () => {
    expectErrors(cursor('%s', ', cursor_datetime_formats: ["%Q", "%s"]'), [
      {
        severity: 'warning',
        message: `No time can be read by the format "%Q": 'Q' is a bad directive in format '%Q'.`,
        at: '"%Q", "%s"',
      },
    ]);
  });
});
