import { configure } from '../../../../engine/connector/connector.ts';
import { loadManifest } from '../../../../engine/connector/load-manifest.ts';
import type { OutgoingRequest } from '../../../../engine/contract/families.ts';
import { createSlicePlaces, type OpenSlice } from '../../../../engine/sync/read/slice-places.ts';
import { manifestOf } from '../../../kit/read-manifest.ts';
import { type Answer, fakeClock, fakeTransport } from '../../../kit/scope.ts';

const turn = () => new Promise(setImmediate);

/** Opens slices until there is no more room for one. */
async function fill(places: ReturnType<typeof createSlicePlaces>): Promise<OpenSlice[]> {
  const opened: OpenSlice[] = [];
  for (let slice = 0; slice < 10; slice++) void places.open().then((place) => void opened.push(place));
  await turn();
  return opened;
}

describe('createSlicePlaces', () => {
  it('lets one ask for each that has its answer, and no more than twice as many in all', async () => {
    const opened = await fill(createSlicePlaces(2));
    expect(opened).toHaveLength(2);
    await opened[0]?.giveWay();
    expect(opened).toHaveLength(3);
    await opened[1]?.giveWay();
    expect(opened).toHaveLength(4);
    await opened[2]?.giveWay();
    expect(opened).toHaveLength(4);
    opened[0]?.close();
    await turn();
    expect(opened).toHaveLength(5);
  });

  it('lets one that has to ask again wait for its turn', async () => {
    const [first, second] = [createSlicePlaces(1)].flatMap((places) => [places.open(), places.open()]);
    const order: string[] = [];
    const place = await first;
    await place?.giveWay();
    const other = await second;
    const again = place?.takeBack().then(() => order.push('again'));
    await turn();
    order.push('over');
    other?.close();
    await again;
    expect(order).toEqual(['over', 'again']);
  });

  it('has more room when it is told to', async () => {
    const places = createSlicePlaces(1);
    const opened = await fill(places);
    places.resize(3);
    await turn();
    expect(opened).toHaveLength(3);
    for (const place of [...opened]) await place.giveWay();
    expect(opened).toHaveLength(6);
  });
});

const parts = (retriever = '') => `
name: parts
primary_key: id
retriever:
  requester: { url: "https://api.test/of/{{ stream_partition.parent }}" }
  record_selector: { extractor: { field_path: [parts] } }
  partition_router: { type: ListPartitionRouter, cursor_field: parent, values: ["1", "2", "3", "4"] }
  ${retriever}
`;
/** The same, a slice for each day. */
const days = `
name: parts
primary_key: id
incremental_sync:
  type: DatetimeBasedCursor
  cursor_field: at
  datetime_format: "%Y-%m-%d"
  start_datetime: "2024-01-01"
  end_datetime: "2024-01-05"
  step: P1D
  cursor_granularity: P1D
retriever:
  requester: { url: "https://api.test/of/{{ stream_interval.start_time }}" }
  record_selector: { extractor: { field_path: [parts] } }
`;
const parentOf = ({ url }: Pick<OutgoingRequest, 'url'>) => url.pathname.split('/').at(-1);
const answer = (request: OutgoingRequest): Answer => ({
  body: { parts: [{ id: `p${parentOf(request)}`, at: parentOf(request) }] },
});

/** What is asked and what comes out, in order. */
async function orderOf(
  stream: string,
  answers: (request: OutgoingRequest) => Answer | Promise<Answer> = answer,
  concurrency = 1,
): Promise<string[]> {
  const order: string[] = [];
  const transport = fakeTransport((request) => {
    order.push(`asked ${parentOf(request)}`);
    return answers(request);
  });
  const level = `concurrency_level: { type: ConcurrencyLevel, default_concurrency: ${concurrency} }`;
  const manifest = loadManifest({ name: 'x', text: manifestOf(stream, level) });
  const connector = configure(manifest, {}, { transport, clock: fakeClock() });
  for await (const event of connector.read({ streams: [{ name: 'parts' }] })) {
    if (event.kind === 'records') order.push(`wrote ${event.records.map(({ id }) => id)}`);
    if (event.kind === 'state') order.push(`state ${JSON.stringify(event.state)}`);
    if (event.kind === 'error') order.push('error');
  }
  return order;
}

const withoutStates = (order: readonly string[]) => order.filter((line) => !line.startsWith('state'));

describe('a slice that is read by one request', () => {
  it('lets the next one ask before its records are read', async () => {
    const order = withoutStates(await orderOf(parts()));
    expect(order.slice(0, 3)).toEqual(['asked 1', 'asked 2', 'wrote p1']);
    expect(order).toHaveLength(8);
    // One more than there are places has an answer that is not written.
    for (const [index, line] of order.entries()) {
      const before = order.slice(0, index + 1);
      const waiting = before.filter((one) => one.startsWith('asked')).length;
      expect({ line, open: waiting - before.filter((one) => one.startsWith('wrote')).length <= 2 }).toEqual({
        line,
        open: true,
      });
    }
  });

  it('has its records before the state that covers them', async () => {
    const order = await orderOf(days, answer, 2);
    const states = order.filter((line) => line.startsWith('state'));
    expect(states.length).toBeGreaterThan(3);
    for (const [index, line] of order.entries()) {
      const upTo = /"at":"([\d-]+)"/.exec(line)?.[1];
      if (upTo !== undefined) expect(order.slice(0, index)).toContain(`wrote p${upTo}`);
    }
  });

  it('keeps its place where more may have to be asked', async () => {
    const inTurn = ['1', '2', '3', '4'].flatMap((parent) => [`asked ${parent}`, `wrote p${parent}`]);
    const paginator = `paginator:
    type: DefaultPaginator
    page_token_option: { inject_into: request_parameter, field_name: page }
    pagination_strategy: { type: CursorPagination, cursor_value: "{{ response.next }}" }
`;
    expect(withoutStates(await orderOf(parts(paginator)))).toEqual(inTurn);
    const reset = 'pagination_reset: { action: RESET, limits: { number_of_records: 100 } }';
    expect(withoutStates(await orderOf(parts(reset)))).toEqual(inTurn);
  });

  it('takes its place back to ask again for what cannot be read', async () => {
    let underWay = 0;
    let most = 0;
    let asked = 0;
    const answers = async (request: OutgoingRequest): Promise<Answer> => {
      most = Math.max(most, ++underWay);
      const isBroken = parentOf(request) === '2' && asked++ === 0;
      await turn();
      await turn();
      await turn();
      underWay--;
      return isBroken ? { body: '<html>' } : answer(request);
    };
    const order = withoutStates(await orderOf(parts(), answers));
    expect(order.filter((line) => line === 'asked 2')).toHaveLength(2);
    expect(order.filter((line) => line.startsWith('wrote')).sort()).toEqual([
      'wrote p1',
      'wrote p2',
      'wrote p3',
      'wrote p4',
    ]);
    expect(most).toBe(1);
  });

  it('fails alone', async () => {
    const answers = (request: OutgoingRequest) =>
      parentOf(request) === '2' ? { body: { parts: ['no record'] } } : answer(request);
    const order = withoutStates(await orderOf(parts(), answers));
    expect(order.filter((line) => line === 'error')).toHaveLength(1);
    expect(order.filter((line) => line.startsWith('wrote'))).toEqual(['wrote p1', 'wrote p3', 'wrote p4']);
  });
});
