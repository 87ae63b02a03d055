import { templateFormats } from '../../../../engine/conformance/checks/template-formats.ts';
import { harness, manifestWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(templateFormats);

const bounded = (template: string, format = '%Y-%m') =>
  manifestWith({
    stream: `incremental_sync: { type: DatetimeBasedCursor, cursor_field: at, datetime_format: "%s", start_datetime: { type: MinMaxDatetime, datetime: "${template}", datetime_format: "${format}" } }`,
  }).replaceAll(/\n +incremental_sync/g, '\n    incremental_sync');

const sent = (template: string) =>
  manifestWith().replace(
    '{ url: https://api.test/items }',
    `{ url: https://api.test/items, request_parameters: { until: "${template}" } }`,
  );

describe('template-formats', () => {
  it('passes for formats that are read by what writes them', async () => {
    await expectPass(bounded("{{ config['until'] or today_utc().strftime('%Y-%m') }}"));
    await expectPass(bounded("{{ config.get('until', now_utc().strftime('%Y-%m')) }}"));
    await expectPass(bounded("{{ format_datetime(config['until'], '%Y-%m') }}"));
    const counted = (text: string) => bounded(text).replaceAll('%Y-%m"', '%epoch_microseconds"');
    await expectPass(counted("{{ format_datetime(config['until'], '%epoch_microseconds') }}"));
    // What is cut afterwards is another text.
    await expectPass(bounded("{{ (config['until'] or now_utc().strftime('%Y-%m-%d'))[:7] }}"));
    await expectPass(sent("{{ now_utc().strftime('%d/%m/%Y') }}"));
  });

  it('passes for a fraction that is added to what another format gives', async () => {
    await expectPass(
      sent("{{ (now_utc().strftime('%s') | int) * 1000 + (now_utc().strftime('%f')[:3] | int) }}"),
    );
    await expectViolations(sent("{{ now_utc().strftime('%f') }}"), [{ message: /without seconds \(%S\)/ }]);
  });

  it('finds all seconds since 1970 in the place of those of a minute', async () => {
    await expectViolations(sent("{{ now_utc().strftime('%Y-%m-%dT%H:%M:%s.%f') }}"), [
      {
        message:
          /^The format \S+ in this template has the seconds since 1970 \(%s\) where seconds \(%S\) belong/,
      },
    ]);
    for (const format of ['%s', '%s.%f', '%s_as_float', '%Y-%m-%dT%H:%M:%S'])
      await expectPass(sent(`{{ now_utc().strftime('${format}') }}`));
  });

  it.each([
    "{{ config['until'] or today_utc().strftime('%m-%Y') }}",
    "{{ config.get('until', now_utc().strftime('%m-%Y')) }}",
    "{{ config['until'] if config['until'] else now_utc().strftime('%m-%Y') }}",
    "{{ config['until'] | default(now_utc().strftime('%m-%Y')) }}",
    "{{ format_datetime(config['until'], '%m-%Y') }}",
  ])('finds that %s is read in another way', async (template) => {
    await expectViolations(bounded(template), [
      {
        message:
          'This template writes a moment as %m-%Y, such as "11-2026", and "datetime" is read by %Y-%m, which does not read it.',
        at: '%m-%Y',
      },
    ]);
  });

  it('finds that a moment is not written as a count', async () => {
    const counted = bounded("{{ config['until'] or now_utc().strftime('%ms') }}");
    await expectViolations(counted.replace('%Y-%m"', '%ms"'), [
      { message: /writes a moment as %ms, such as "11s", and "datetime" is read by %ms/ },
    ]);
  });

  it('finds what no API reads', async () => {
    await expectViolations(sent("{{ format_datetime(config['until'], '%Y-%d-%m') }}"), [
      { message: 'The format %Y-%d-%m in this template has the day between the year and the month.' },
    ]);
    await expectViolations(sent("{{ now_utc().strftime('%Y-%m-%dT%H:%m:%SZ') }}"), [
      { message: /has the month \(%m\) where minutes \(%M\) belong/, at: '%Y' },
    ]);
  });

  it.each([
    ["{{ config['until'] or day_delta(-730, '%s') }}", '%ms'],
    ["{{ config['until'] if config['until'] else day_delta(-30, '%s') }}", '%epoch_microseconds'],
    ["{{ format_datetime(config['until'], '%ms') }}", '%s'],
    ["{{ config['until'] or now_utc().strftime('%s') }}", '%ms'],
  ])('finds that %s is read as another count, %s', async (template, read) => {
    const counted = (format: string) => bounded(template).replaceAll('%Y-%m"', `${format}"`);
    await expectPass(counted(/'(%\w+)'/.exec(template)?.[1] ?? ''));
    await expectViolations(counted(read), [
      { message: /^This template writes a moment as %m?s, which counts/ },
    ]);
  });
});
