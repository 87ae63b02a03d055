import { decisionsOf } from '../../../kit/decisions.ts';

const stream = (more: string) => `
name: items
retriever:
  requester: { url: "https://api.test/{{ stream_partition.colour }}" }
  record_selector: { extractor: { field_path: [] } }
${more}`;
const colours =
  '  partition_router: { type: ListPartitionRouter, values: [red, blue, red], cursor_field: colour }';
const incremental = `
incremental_sync:
  type: DatetimeBasedCursor
  cursor_field: at
  datetime_format: '%Y-%m-%d'
  start_datetime: '2024-01-01'
  end_datetime: '2024-01-31'`;

test('partitions are told where their router stands, and one that comes twice is told to be skipped there', async () => {
  const read = await decisionsOf(stream(`${colours}${incremental}`), () => ({ body: [] }));
  expect(read.asked).toEqual(['GET /red', 'GET /blue']);
  const partitions = read.of('partition');
  expect(partitions.map(({ outcome }) => outcome.partition)).toEqual([
    { colour: 'red' },
    { colour: 'blue' },
    { colour: 'red' },
  ]);
  expect(partitions.map((decision) => read.lineOf(decision))).toEqual(Array(3).fill(colours.trim()));
  const [skipped, ...others] = read.of('cursor.skip');
  expect(others).toEqual([]);
  expect(skipped).toMatchObject({ stream: 'items', outcome: { reason: 'repeated partition' } });
  expect(skipped?.slice?.partition).toEqual({ colour: 'red' });
  expect(skipped && read.lineOf(skipped)).toBe(colours.trim());
});

test('a stream of which nothing is left is told to be skipped where its cursor stands', async () => {
  const state = { at: '2024-02-01' };
  const read = await decisionsOf(stream(incremental), [], { state });
  expect(read.of('cursor.skip').map(({ outcome }) => outcome.reason)).toEqual(['nothing left']);
  expect(read.of('cursor.skip').map((decision) => read.lineOf(decision))).toEqual([
    'type: DatetimeBasedCursor',
  ]);
  expect(read.of('partition')).toEqual([]);
});

test('a partition of which nothing is left is told to be skipped', async () => {
  const states = [{ partition: { colour: 'red' }, cursor: { at: '2024-02-01' } }];
  const read = await decisionsOf(stream(`${colours}${incremental}`), () => ({ body: [] }), {
    state: { use_global_cursor: false, states },
  });
  expect(read.asked).toEqual(['GET /blue']);
  expect(read.of('cursor.skip').map(({ outcome }) => outcome.reason)).toEqual([
    'nothing left',
    'repeated partition',
  ]);
});
