import { momentFormats } from '../../../../engine/conformance/checks/moment-formats.ts';
import { harness, itemsWith, streamWith } from '../harness.ts';

const { expectPass, expectNothing, expectViolations } = harness(momentFormats);

interface Formats {
  readonly sent?: string;
  readonly read?: string;
  readonly start?: string;
  readonly more?: string;
}

const iso = '%Y-%m-%dT%H:%M:%SZ';

const cursor = ({ sent = iso, read, start = iso, more = '' }: Formats) => `type: DatetimeBasedCursor
cursor_field: updated_at
datetime_format: "${sent}"
${read === undefined ? '' : `cursor_datetime_formats: ["${read}"]`}
start_datetime: { type: MinMaxDatetime, datetime: "{{ config['start_date'] }}", datetime_format: "${start}" }
start_time_option: { type: RequestOption, inject_into: request_parameter, field_name: since }
${more}`;

const spec = (more: string) => `start_date: { type: string, ${more} }`;
const any = spec('default: "2026-01-01"');
const manifest = (formats: Formats, given = any) => itemsWith({ incremental: cursor(formats), spec: given });

describe('moment-formats', () => {
  it('has nothing to say where there is no cursor', async () => {
    await expectNothing(itemsWith());
  });

  it.each([
    ['all are the same', {}],
    ['records count and requests do not', { read: '%s' }],
    ['a start has no time', { start: '%Y-%m-%d' }],
    ['records have parts of seconds', { read: '%Y-%m-%dT%H:%M:%S.%f%z' }],
  ])('passes where %s', async (_, formats) => {
    await expectPass(manifest(formats));
  });

  it.each([
    ['separators', { sent: '%Y-%m-%dT%H:%M%SZ' }, /the parts of "%H:%M%S" have ":" and nothing between them/],
    ['a zone', { sent: '%Y-%m-%dT%H:%M:%S', read: iso }, /they differ in a zone/],
    [
      'a separator of date and time',
      { sent: '%Y-%m-%d %H:%M:%SZ', read: iso },
      /what stands between date and time/,
    ],
    [
      'an order',
      { sent: '%m-%d-%Y', start: '%d-%m-%Y', read: '%d-%m-%Y' },
      /the order of day, month and year/,
    ],
  ])('finds other %s', async (_, formats, message) => {
    await expectViolations(manifest(formats), [{ message, at: `"${formats.sent}"`, stream: 'items' }]);
  });

  it.each([
    ['%ms', ['%s', iso], 'count milliseconds (%ms), and its records seconds (%s)'],
    ['%s', [iso, '%ms'], 'count seconds (%s), and its records milliseconds (%ms)'],
    [
      '%s_as_float',
      ['%epoch_microseconds'],
      'count seconds (%s_as_float), and its records microseconds (%epoch_microseconds)',
    ],
  ])('finds that requests count otherwise than records: %s', async (sent, listed, said) => {
    const counted = (formats: readonly string[]) => manifest({ sent, read: formats.join('", "') });
    await expectPass(counted([...listed, sent]));
    await expectPass(counted([iso]));
    await expectViolations(counted(listed), [
      {
        message: `Requests of stream "items" ${said}: APIs seldom have two counts of one moment.`,
        at: `"${sent}"`,
      },
    ]);
  });

  it('finds the format of records that lacks the zone of all others', async () => {
    await expectViolations(manifest({ read: '%Y-%m-%dT%H:%M:%S' }), [
      { message: /they differ in a zone/, at: '"%Y-%m-%dT%H:%M:%S"' },
    ]);
  });

  it('finds slashes in the dates of records, and a zone in other signs, where requests have neither', async () => {
    await expectViolations(manifest({ read: '%Y/%m/%dT%H:%M:%S.%fZ' }), [
      { message: /they differ in what stands between day, month and year/, at: '"%Y/%m/%dT' },
    ]);
    await expectViolations(manifest({ read: '%Y-%m-%dT%H:%M:%S.%f+0000' }), [
      { message: /they differ in how a zone is written/, at: '"%Y-%m-%dT%H:%M:%S.%f+0000"' },
    ]);
    await expectViolations(manifest({ sent: '%Y-%m-%d', read: '%Y/%m/%d %H:%M:%S', start: iso }), [
      { message: /they differ in what stands between day, month and year/, at: '"%Y/%m/%d %H' },
    ]);
    await expectViolations(manifest({ read: '%Y-%m-%d %H:%M:%S' }), [
      { message: /they differ in what stands between date and time/, at: '"%Y-%m-%d %H' },
    ]);
    await expectPass(manifest({ sent: '%Y-%m-%d', read: iso, start: iso }));
  });

  it('finds the format of requests that lacks the zone of records, whatever a start is written in', async () => {
    const formats = { sent: '%Y-%m-%dT%H:%M:%S', read: iso, start: '%Y-%m-%d' };
    await expectViolations(manifest(formats), [
      {
        message: /reads them of records as %Y-%m-%dT%H:%M:%SZ: they differ in a zone/,
        at: `"${formats.sent}"`,
      },
    ]);
  });

  it('compares the zones of requests and records, whatever zone the config has', async () => {
    const offset = '%Y-%m-%dT%H:%M:%S+00:00';
    const end = `end_datetime: { type: MinMaxDatetime, datetime: "{{ config['end_date'] }}", datetime_format: "${iso}" }`;
    await expectPass(manifest({ sent: offset, more: end }));
    await expectPass(manifest({ sent: offset, read: offset, more: end }));
    await expectPass(manifest({ start: '%Y-%m-%dT%H:%M:%S', read: iso }));
    await expectViolations(manifest({ sent: iso, read: '%Y-%m-%dT%H:%M:%S+0000', more: end }), [
      { message: /they differ in how a zone is written/, at: '"%Y-%m-%dT%H:%M:%S+0000"' },
    ]);
  });

  it('finds a start that the spec writes in another way', async () => {
    const day = spec("pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'");
    await expectViolations(manifest({}, day), [
      {
        message:
          /"start_date" of the config is such as "[\d-]+" by its pattern, and "start_datetime" of stream "items" is read by/,
        at: `"${iso}"`,
      },
    ]);
    await expectPass(manifest({ start: '%Y-%m-%d' }, day));
    const cut = (text: string) =>
      text.replaceAll("config['start_date']", "config['start_date'] ~ 'T00:00:00Z'");
    await expectPass(cut(manifest({}, day)));
    const moments = spec("pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$'");
    const first = (text: string) => text.replaceAll("config['start_date']", "config['start_date'][:10]");
    await expectPass(first(manifest({ sent: '%Y-%m-%d', start: '%Y-%m-%d' }, moments)));
  });

  it('has no example of a start where nothing that it knows fits the pattern', async () => {
    const minutes = spec("pattern: '^[0-9]{2}/[0-9]{2}/[0-9]{4} [0-9]{2}:[0-9]{2}$'");
    const format = '%d/%m/%Y %H:%M';
    await expectPass(manifest({ sent: format, start: format }, minutes));
    const days = spec("pattern: '^[0-9]{2}/[0-9]{2}/[0-9]{4}$'");
    await expectViolations(manifest({ sent: format, start: format }, days), [
      { message: /"start_date" of the config is such as "[\d/]+" by its pattern/, at: `"${format}"` },
    ]);
  });

  it('finds the stream that sends its moments in another way than all others', async () => {
    const other = (name: string, format: string) =>
      streamWith(
        name,
        `incremental_sync:\n  ${cursor({ sent: format, start: format }).replaceAll('\n', '\n  ')}`,
      );
    const with3 = (format: string) =>
      manifest({ sent: '%Y-%m-%d', start: '%Y-%m-%d' }).replace(
        /\nspec:/,
        `${other('a', '%Y-%m-%d')}${other('b', format)}\nspec:`,
      );
    await expectPass(with3('%Y-%m-%d'));
    await expectViolations(
      with3('%d/%m/%Y').replace('datetime_format: "%d/%m/%Y" }', 'datetime_format: "%Y-%m-%d" }'),
      [{ message: /Moments that are sent as "since" are written as %d\/%m\/%Y by stream "b"/, stream: 'b' }],
    );
    const sentOtherwise = (format: string) =>
      with3(format).replace(`datetime_format: "${format}" }`, 'datetime_format: "%Y-%m-%d" }');
    await expectViolations(sentOtherwise('%Y-%m-%dT%H:%M:%SZ'), [
      { message: /by stream "b".*: they differ in a time of the day\.$/, stream: 'b' },
    ]);
    await expectViolations(sentOtherwise('%s'), [
      { message: /by stream "b".*: they differ in whether they count\.$/, stream: 'b' },
    ]);
  });
});
