import { windowUnits } from '../../../../engine/conformance/checks/window-units.ts';
import { harness, streamWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(windowUnits);

interface Parts {
  readonly path?: string;
  readonly format?: string;
  readonly step?: string;
  readonly more?: string;
  readonly parameters?: string;
}

const moments = '%Y-%m-%dT%H:%M:%SZ';

const manifest = ({ path = 'items', format = moments, step = 'P1M', more = '', parameters }: Parts) =>
  `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [items] }
streams:${streamWith(
    'items',
    `incremental_sync:
  type: DatetimeBasedCursor
  cursor_field: at
  datetime_format: "${format}"
  start_datetime: "2026-01-01"
  step: ${step}
  cursor_granularity: PT1S
${more}`,
  ).replace(
    '"https://api.test/items"',
    `"https://api.test/${path}"${parameters === undefined ? '' : `, request_parameters: ${parameters}`}`,
  )}
`;

const start = "stream_slice['start_time']";
const byMonth = `{{ ${start}.split('-')[0] }}/{{ ${start}.split('-')[1] | int }}.json`;

describe('window-units', () => {
  const counted = (step: string, days = 'title: Window, description: "The number of days per request."') =>
    `${manifest({ step: `"${step}"` })}spec:
  type: Spec
  connection_specification:
    type: object
    properties:
      window: { type: integer, default: 7, ${days} }
`;

  it('compares the unit of a number of the config with that of the spec', async () => {
    await expectPass(counted('P{{ config.window }}D'));
    await expectPass(counted('P{{ config.window * 4 }}W'));
    await expectPass(counted('P{{ config.window }}M', 'description: "Windows of up to 90 days."'));
    for (const step of [
      'P{{ config.window }}M',
      "P{{ config.get('window', 7) }}M",
      'P{{ config.window or 7 }}M',
    ])
      await expectViolations(counted(step), [
        {
          message:
            '"step" of stream "items" counts "window" of the config in months, and the spec asks for a number of days.',
          at: '"P{{',
        },
      ]);
  });

  it.each<Parts>([
    { path: byMonth },
    { path: byMonth, step: 'P30D' },
    { path: `{{ ${start}[:4] }}.json`, step: 'P1Y' },
    { path: `{{ ${start}[:10] }}`, step: 'P1D' },
    // All that comes after the start, and until the end.
    { step: 'P1Y', parameters: `{ since: "{{ ${start}[:7] }}" }` },
    { step: 'P1Y', parameters: `{ month: "{{ ${start}[:7] }}", last: "{{ stream_slice.end_time[:7] }}" }` },
    { step: 'PT1H', parameters: `{ at: "{{ ${start} }}" }` },
    { step: 'PT1H', path: 'items' },
    // What only a sync knows decides.
    { path: `${byMonth}?{{ next_page_token }}`, step: 'P1D' },
    { format: '%Y-%m', more: '  cursor_datetime_formats: ["%Y-%m"]' },
    { format: '%Y-%m-%d', step: 'P1D' },
  ])('passes for %j', async (parts) => {
    await expectPass(manifest(parts));
  });

  it.each<Parts>([
    { path: byMonth, step: 'P1D' },
    { path: `{{ format_datetime(${start}, '%Y/%m') }}`, step: 'P7D' },
    { parameters: `{ since: "{{ ${start}[:7] }}" }`, step: 'P1D' },
    { path: `{{ ${start}[:4] }}`, step: 'P1M' },
    { path: `{{ ${start}[:10] }}`, step: 'PT1H' },
  ])('finds windows that are shorter than what is asked for: %j', async (parts) => {
    await expectViolations(manifest(parts), [
      { message: /is asked for again and again/, at: parts.step ?? '', stream: 'items' },
    ]);
  });

  it.each<Parts>([
    { path: byMonth, step: 'P1Y' },
    { parameters: `{ date: "{{ ${start}[:10] }}" }`, step: 'P7D' },
    {
      format: '%Y-%m-%d',
      step: 'P7D',
      more: '  start_time_option: { type: RequestOption, inject_into: request_parameter, field_name: date }',
    },
  ])('finds windows that are longer than what is asked for: %j', async (parts) => {
    await expectViolations(manifest(parts), [
      { message: /of a window are never asked for/, at: parts.step ?? '', stream: 'items' },
    ]);
  });

  it('lets a lookback be a little less than a second', async () => {
    await expectPass(manifest({ format: '%Y-%m-%dT%H:%M:%SZ', more: '  lookback_window: PT0.1S' }));
  });

  it.each([
    ['%Y-%m-%d', 'lookback_window', 'PT1M'],
    ['%Y-%m', 'lookback_window', 'P1D'],
  ])('finds what is too short for the format %s', async (format, field, value) => {
    await expectViolations(manifest({ format, more: `  ${field}: ${value}` }), [
      {
        message: new RegExp(
          `"${field}" of stream "items" is ${value}, which its format, ${format}, cannot tell`,
        ),
        at: value,
      },
    ]);
  });

  it('finds months that are kept of days', async () => {
    const more = '  cursor_datetime_formats: ["%Y-%m-%d"]';
    await expectViolations(manifest({ format: '%Y-%m', more }), [
      {
        message: /keeps and sends no more of a moment than its month, %Y-%m, and reads %Y-%m-%d/,
        at: '"%Y-%m"',
      },
    ]);
  });
});
