import { cursorFormat } from '../../../../engine/conformance/checks/cursor-format.ts';
import { byDay, harness, itemsWith } from '../harness.ts';

const { run, expectPass, expectViolations } = harness(cursorFormat);

const daily = (updated: string, from = '', to = '') =>
  itemsWith({
    incremental: byDay.replace(from, to),
    schema: `id: { type: integer }\nupdated_at: { ${updated} }`,
  });

/** Streams whose cursors are written as these formats say. */
const streams = (...formats: readonly string[]) =>
  `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [s0] }
streams:
${formats
  .map(
    (format, index) => `  - type: DeclarativeStream
    name: s${index}
    retriever:
      requester: { url: "https://api.test/s${index}" }
      record_selector: { extractor: { field_path: [data] } }
    incremental_sync:
      type: DatetimeBasedCursor
      cursor_field: updated_at
      datetime_format: "${format}"
      start_datetime: { type: MinMaxDatetime, datetime: "2026-01-01", datetime_format: "%Y-%m-%d" }
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: { updated_at: {} } } }`,
  )
  .join('\n')}
`;

describe('cursor-format', () => {
  it('finds one of four places that writes moments otherwise', async () => {
    const four = (own: string, record: string, start: string, end: string, until = '{{ now_utc() }}') =>
      itemsWith({
        incremental: `type: DatetimeBasedCursor
cursor_field: updated_at
datetime_format: "${own}"
cursor_datetime_formats: ["${record}"]
start_datetime: { type: MinMaxDatetime, datetime: "{{ config['start_date'] }}", datetime_format: "${start}" }
end_datetime: { type: MinMaxDatetime, datetime: "${until}", datetime_format: "${end}" }`,
        schema: 'id: { type: integer }\nupdated_at: { type: string }',
      });
    const moment = '%Y-%m-%dT%H:%M:%SZ';
    await expectPass(four(moment, moment, moment, moment));
    await expectPass(four('%Y-%m-%d', moment, '%Y-%m-%d', moment));
    await expectViolations(four('%Y-%m-%d', moment, moment, moment), [
      {
        message: `Stream "items" writes moments as %Y-%m-%d here, and as ${moment} at its three other places.`,
      },
    ]);
    // What an end reads is written beside it, and only by another format is it odd.
    const day = '%Y-%m-%d';
    const now = (format: string) => `{{ now_utc().strftime('${format}') }}`;
    await expectPass(four(day, day, day, moment, now(moment)));
    await expectPass(four(day, day, day, moment, '2026-02-01T00:00:00Z'));
    await expectPass(four(moment, moment, moment, day, '{{ today_utc() }}'));
    await expectViolations(four(moment, moment, moment, day), [
      {
        message: `Stream "items" writes moments as ${day} here, and as ${moment} at its three other places.`,
      },
    ]);
    for (const until of [now(day), '2026-02-01'])
      await expectViolations(four(day, day, day, moment, until), [
        {
          message: `Stream "items" writes moments as ${moment} here, and as ${day} at its three other places.`,
        },
      ]);
  });

  it('finds a granularity that the format cannot say', async () => {
    const fine = daily('type: integer', '"%Y-%m-%d"', '"%ms"').replaceAll(
      'cursor_granularity: P1D',
      'cursor_granularity: PT0.000001S',
    );
    // Windows end a moment before the next one begins, cut off at the precision of the format.
    await expectPass(fine);
    await expectViolations(fine.replaceAll('PT0.000001S', 'PT1S'), [{ message: /%ms, is more precise/ }]);
  });

  it('looks for what lies between windows where requests tell more than days of them', async () => {
    const hourly = (from: string, to: string) =>
      itemsWith({
        requester: `request_parameters: { day: "{{ stream_interval.start_time${from} }}", last: "{{ stream_interval.${to} }}" }`,
        incremental: `type: DatetimeBasedCursor
cursor_field: updated_at
datetime_format: "%Y-%m-%d %H:%M:%S"
start_datetime: { type: MinMaxDatetime, datetime: "2026-01-01 00:00:00", datetime_format: "%Y-%m-%d %H:%M:%S" }
step: P1D
cursor_granularity: PT1H`,
      });
    await expectPass(hourly('[:10]', 'start_time[:10]'));
    for (const [from, to] of [
      ['', 'start_time[:10]'],
      ['[:10]', 'end_time'],
    ] as const)
      await expectViolations(hourly(from, to), [{ message: /is more precise: what lies between them/ }]);
  });

  it('passes for formats that fit', async () => {
    await expectPass(daily('type: string'));
    await expectPass(daily('type: string, format: date'));
    await expectPass(daily('type: integer', '"%Y-%m-%d"', '"%s"').replaceAll('P1D', 'PT1S'));
  });

  it('finds numbers that are texts, and texts that are numbers', async () => {
    await expectViolations(daily('type: string', '"%Y-%m-%d"', '"%s"').replaceAll('P1D', 'PT1S'), [
      {
        message: /By its format, %s, the cursor field "updated_at" of stream "items" is a number/,
        at: '"%s"',
      },
    ]);
    await expectViolations(daily('type: integer'), [
      { message: /By its format, %Y-%m-%d, the cursor field .* is a text, and by its schema a number/ },
    ]);
  });

  it('lets what has no zone by its airbyte_type be written with a space', async () => {
    const spaced = (type: string) =>
      daily(`type: string, format: date-time, airbyte_type: ${type}`, '"%Y-%m-%d"', '"%Y-%m-%d %H:%M:%S"');
    const messages = async (type: string) =>
      (await run(spaced(type))).violations
        .map(({ message }) => message)
        .filter((each) => /a date-time/.test(each));
    expect(await messages('timestamp_without_timezone')).toEqual([]);
    expect(await messages('timestamp_with_timezone')).toHaveLength(1);
  });

  it('finds formats that a date or a moment is not written in', async () => {
    await expectViolations(daily('type: string, format: date-time'), [
      { message: /is a date-time, as 2026-01-31T10:00:00Z, which its format, %Y-%m-%d, does not read/ },
    ]);
    await expectViolations(
      daily('type: string, format: date', '"%Y-%m-%d"', '"%m\\/%d\\/%Y"').replaceAll('\\/', '/'),
      [{ message: /is a date, as 2026-01-31, which its format, %m\/%d\/%Y, does not read/ }],
    );
    await expectViolations(
      daily('type: string, format: date', '"%Y-%m-%d"', '"%Y-%m-%dT%H:%M:%S"').replaceAll('P1D', 'PT1S'),
      [{ message: /has a time, and by its schema it is a date/ }],
    );
  });

  it.each(['%Y-%m-%d %H:%M:%S', '%Y/%m/%d %H:%M:%SZ', '%Y-%m-%dT%H:%MZ'])(
    'finds that %s reads no date-time',
    async (format) => {
      const moments = daily('type: string, format: date-time', '"%Y-%m-%d"', `"${format}"`);
      await expectViolations(moments.replace(/ *(?:step|cursor_granularity): .*\n/g, ''), [
        { message: /is a date-time, as 2026-01-31T10:00:00Z, which its format/, at: `"${format}"` },
      ]);
    },
  );

  it('reads the format of a hook, too', async () => {
    const custom = (format: string) =>
      itemsWith({
        incremental: `type: CustomIncrementalSync
class_name: source_test.components.Cursor
cursor_field: updated_at
datetime_format: "${format}"`,
      });
    await expectViolations(custom('%Y-%m-%dT%H:%m:%SZ'), [{ message: /has the month \(%m\) where minutes/ }]);
    expect((await run(custom('%Y-%m-%dT%H:%M:%SZ'))).violations).toEqual([]);
  });

  it('finds months and minutes in the place of each other', async () => {
    await expectViolations(daily('type: string', '"%Y-%m-%d"', '"%Y-%M-%d"'), [
      { message: /has minutes \(%M\) where the month \(%m\) belongs/ },
    ]);
    await expectViolations(
      daily('type: string', '"%Y-%m-%d"', '"%Y-%m-%dT%H:%m:%S"').replaceAll('P1D', 'PT1S'),
      [{ message: /has the month \(%m\) where minutes \(%M\) belong/ }],
    );
  });

  it.each([
    ['%Y/%m/%dT%H:%M:%S', /slashes in the date before "T"/],
    ['%Y-%m-%dT%I:%M:%S', /hours of twelve \(%I\) without "AM" or "PM"/],
    ['%y-%m-%dT%H:%M:%S', /a year of two digits \(%y\), where APIs write four/],
    ['%Y-%m-%dT%H:%M:%S%Z', /a zone as a word \(%Z\), where APIs write an offset/],
    ['%Y-%d-%mT%H:%M:%S', /the day between the year and the month/],
    ['%Y-%m-%dT%H:%M.%f', /a fraction of a second \(%f\) without seconds/],
    ['%Y-%m-%dT%H:%S', /seconds \(%S\) without minutes/],
    ['%Y-%m-%dT%M:%S', /minutes \(%M\) without hours/],
    ['%Y-%mT%H:%M:%S', /hours without a day/],
    ['%Y-%dT%H:%M:%S', /a day \(%d\) without a month/],
  ])('finds %s', async (format, message) => {
    await expectViolations(daily('type: string', '"%Y-%m-%d"', `"${format}"`).replaceAll('P1D', 'PT1S'), [
      { message, at: `"${format}"` },
    ]);
  });

  it('finds records that are read the other way round than requests are written', async () => {
    const read = (format: string) =>
      daily('type: string', 'step:', `cursor_datetime_formats: ["${format}"]\nstep:`);
    await expectPass(read('%Y-%m-%dT%H:%M:%S'));
    await expectViolations(read('%d/%m/%Y'), [
      {
        message:
          'Records of stream "items" are read by %d/%m/%Y, and its requests are written as %Y-%m-%d: APIs seldom have two orders of one moment.',
        at: '"%d/%m/%Y"',
      },
    ]);
  });

  it('finds granularities that windows have gaps or overlaps by', async () => {
    await expectViolations(daily('type: string', 'granularity: P1D', 'granularity: P2D'), [
      { message: /is more precise: what lies between them is never asked for/, at: 'P2D' },
    ]);
    await expectViolations(daily('type: string', 'granularity: P1D', 'granularity: PT1S'), [
      {
        message:
          /is less than a day, and its format, %Y-%m-%d, has no time: where a sync starts within a day/,
      },
    ]);
    await expectViolations(daily('type: string', 'granularity: P1D', 'granularity: P20D'), [
      { message: /is longer than "step": windows end before they begin/ },
      { message: /is more precise/ },
    ]);
  });

  it('finds a negative lookback, and windows that nobody has the time for', async () => {
    await expectViolations(daily('type: string', 'step:', 'lookback_window: -P1D\nstep:'), [
      { message: /"lookback_window" of stream "items" is negative/, at: '-P1D' },
    ]);
    await expectViolations(
      daily('type: string', 'step: P10D', 'step: PT1M')
        .replace('granularity: P1D', 'granularity: PT1S')
        .replace('%Y-%m-%d"', '%Y-%m-%dT%H:%M:%S"'),
      [
        {
          message: 'A "step" of PT1M makes 1440 requests for each day of stream "items" since its start.',
          at: 'PT1M',
        },
      ],
    );
  });

  it.each(['PT30M', 'PT100M', 'PT7H'])('finds that %s is no length of a window', async (step) => {
    const stepped = (of: string) =>
      daily('type: string', 'step: P10D', `step: ${of}`)
        .replace('granularity: P1D', 'granularity: PT1S')
        .replace('%Y-%m-%d"', '%Y-%m-%dT%H:%M:%S"');
    await expectViolations(stepped(step), [{ message: /^A "step" of .* requests for each day/, at: step }]);
    await expectPass(stepped('PT6H'));
  });

  it('finds the one stream that writes a cursor of the same name in another way', async () => {
    await expectPass(streams('%s', '%Y-%m-%d', '%s', '%Y-%m-%d'));
    await expectViolations(streams('%Y-%m-%d', '%Y-%m-%d', '%s', '%Y-%m-%d'), [
      {
        message:
          'Stream "s2" reads "updated_at" by %s, and all 3 other streams with a cursor of this name by %Y-%m-%d.',
        at: '"%s"',
      },
    ]);
  });

  it('finds gaps between windows of months, whose length is not fixed', async () => {
    await expectViolations(
      daily('type: string', 'step: P10D\ncursor_granularity: P1D', 'step: P1M\ncursor_granularity: P2D'),
      [{ message: /is more precise: what lies between them is never asked for/, at: 'P2D' }],
    );
  });

  it('finds windows without a length', async () => {
    await expectViolations(daily('type: string', 'step: P10D', 'step: P0D'), [
      { message: /A "step" of P0D has no length/, at: 'P0D' },
    ]);
  });
});
