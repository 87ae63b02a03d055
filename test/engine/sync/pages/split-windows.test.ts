import { readStream } from '../../../kit/read-manifest.ts';
import type { Answers } from '../../../kit/scope.ts';

const stream = ({ splitting = 'type: RequestWindowSplitting', cursor = '', partitions = '' } = {}) => `
name: items
incremental_sync:
  type: DatetimeBasedCursor
  cursor_field: at
  datetime_format: "%Y-%m-%d"
  start_datetime: "2024-01-01"
  end_datetime: "2024-01-08"
  step: P30D
  cursor_granularity: P1D
  start_time_option: { inject_into: request_parameter, field_name: since }
  end_time_option: { inject_into: request_parameter, field_name: until }
  ${cursor}
retriever:
  requester:
    url: https://api.test/items
    error_handler:
      type: DefaultErrorHandler
      response_filters: [{ http_codes: [413], action: SPLIT_REQUEST_WINDOW, error_message: too much }]
  record_selector: { extractor: { field_path: [items] } }
  request_window_splitting: { ${splitting} }
  ${partitions}
`;

/** One record for each day; refuses windows of more days than `most`. */
const api =
  (most: number): Answers =>
  ({ url }) => {
    const day = (name: string) => Number(url.searchParams.get(name)?.slice(-2));
    const days = day('until') - day('since') + 1;
    if (days > most) return { status: 413 };
    return {
      body: {
        items: Array.from({ length: days }, (_, index) => ({ at: `2024-01-0${day('since') + index}` })),
      },
    };
  };

describe('request_window_splitting', () => {
  it('reads the halves of a window that the API refuses, and keeps the state of the whole', async () => {
    const { records, asked, states, statuses } = await readStream(stream(), api(2));
    expect(asked.map((line) => line.match(/\d\d(?=&|$)/g)?.join('-'))).toEqual([
      '01-08',
      '01-04',
      '01-02',
      '03-04',
      '05-08',
      '05-06',
      '07-08',
    ]);
    expect(records.map(({ at }) => at)).toEqual(
      Array.from({ length: 8 }, (_, index) => `2024-01-0${index + 1}`),
    );
    expect(states.at(-1)).toEqual({ at: '2024-01-08' });
    expect(statuses.at(-1)).toBe('COMPLETE');
  });

  it('keeps the states of partitions', async () => {
    const partitions = 'partition_router: { type: ListPartitionRouter, cursor_field: part, values: [a, b] }';
    const { states } = await readStream(stream({ partitions }), api(4));
    expect(states.at(-1)).toMatchObject({
      states: [
        { partition: { part: 'a' }, cursor: { at: '2024-01-08' } },
        { partition: { part: 'b' }, cursor: { at: '2024-01-08' } },
      ],
    });
  });

  it.each([
    ['no smaller one', 'type: RequestWindowSplitting, failure_message: Try less.', 4],
    ['the least one', 'type: RequestWindowSplitting, min_split_window: P3D, failure_message: Try less.', 2],
  ])('fails for now when the API refuses %s', async (_what, splitting, requests) => {
    const { errors, asked, states } = await readStream(stream({ splitting }), api(0));
    expect(asked).toHaveLength(requests);
    expect(errors[0]?.kind).toBe('transient_error');
    expect(errors[0]?.message).toMatch(/too much.*Try less\.$/);
    expect(states.at(-1)).not.toEqual({ at: '2024-01-08' });
  });

  it.each([
    [
      'without a granularity',
      stream().replace(/ {2}(step|cursor_granularity): .*\n/g, ''),
      'cursor_granularity',
    ],
    [
      'with a filter of its own',
      stream({ cursor: 'is_client_side_incremental: true' }),
      'not told of the window',
    ],
    [
      'with a granularity that cannot be written',
      stream().replace('granularity: P1D', 'granularity: PT1H'),
      '%Y-%m-%d',
    ],
    [
      'with a least window of months',
      stream({ splitting: 'type: RequestWindowSplitting, min_split_window: P1M' }),
      'P1M',
    ],
    [
      'without a cursor',
      stream().replace(/incremental_sync:\n(?: {2}.*\n)+(?=retriever)/, ''),
      'incremental_sync',
    ],
    ['without itself', stream().replace(/ {2}request_window_splitting.*\n/, ''), 'request_window_splitting'],
  ])('is refused %s', async (_what, yaml, message) => {
    const { errors, asked } = await readStream(yaml, api(1));
    expect(asked).toEqual([]);
    expect(errors[0]).toMatchObject({ kind: 'config_error', message: expect.stringContaining(message) });
  });
});
