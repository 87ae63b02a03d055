import { windowUnits } from '../../../engine/conformance/checks/window-units.ts';
import { harness, streamWith } from './harness.ts';

const { expectPass, expectViolations } = harness(windowUnits);

interface Parts {
  readonly name?: string;
  readonly step?: string;
  readonly value?: string;
  readonly parameters?: string;
}

const report = ({
  name = 'ads_report_daily',
  step = 'P7D',
  value = '{{ stream_slice.start_time }}',
  parameters = '{ from: "{{ stream_slice.start_time }}", to: "{{ stream_slice.end_time }}" }',
}: Parts) => `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [${name}] }
streams:${streamWith(
  name,
  `transformations: [{ type: AddFields, fields: [{ path: [date], value: "${value}" }] }]
incremental_sync:
  type: DatetimeBasedCursor
  cursor_field: date
  datetime_format: "%Y-%m-%d"
  start_datetime: "2026-01-01"
${step === '' ? '' : `  step: ${step}\n  cursor_granularity: P1D`}`,
).replace(`"https://api.test/${name}"`, `"https://api.test/${name}", request_parameters: ${parameters}`)}
`;

describe('rows of a period that are given a bound of their window', () => {
  it.each<Parts>([
    { step: 'P1D' },
    { name: 'ads_report_weekly' },
    // One row for all of a window.
    { name: 'ads_report' },
    { name: 'ads_of_the_day' },
    { value: '{{ record.day }}' },
    { name: 'report', parameters: '{ granularity: week }' },
    { name: 'report', parameters: '{ sort: day }' },
  ])('passes for %j', async (parts) => {
    await expectPass(report(parts));
  });

  it.each<[parts: Parts, period: string]>([
    [{}, 'day, by its name,'],
    [{ value: "{{ stream_interval['end_time'] }}" }, 'day, by its name,'],
    [{ name: 'weekly_rows', step: 'P1M' }, 'week, by its name,'],
    [{ name: 'report', parameters: '{ granularity: DAILY }' }, 'day, by its "granularity",'],
    [{ name: 'report', parameters: '{ timeUnit: month }', step: 'P1Y' }, 'month, by its "timeUnit",'],
  ])('finds %j', async (parts, period) => {
    await expectViolations(report(parts), [
      {
        message: new RegExp(
          `has a row for each ${period} and each row is given a bound of its window as "date"`,
        ),
      },
    ]);
  });

  it('finds one window of all the time there is', async () => {
    await expectViolations(report({ step: '' }), [
      { message: /of a window of all the time there is the days/ },
    ]);
  });
});
