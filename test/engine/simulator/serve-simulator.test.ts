import { readFileSync } from 'node:fs';
import { configure } from '../../../engine/connector/connector.ts';
import { loadManifest } from '../../../engine/connector/load-manifest.ts';
import { seededRandom } from '../../../engine/simulator/seeded-random.ts';
import { serveSimulator } from '../../../engine/simulator/serve-simulator.ts';
import { createSimulator } from '../../../engine/simulator/simulator.ts';
import type { JsonObject } from '../../../engine/util/json/json.ts';
import { fakeClock } from '../../kit/scope.ts';
import { hooks as intercomHooks, intercomManifest } from '../../manifests/intercom/sync-intercom.ts';

const text = readFileSync('test/engine/conformance/seeded/shop.yaml', 'utf8');
const config = { api_token: 'simulated-with', shop_id: 'shop-1', start_date: '2026-01-01T00:00:00Z' };
const now = Date.UTC(2026, 0, 15, 12);

function simulatorOf() {
  const manifest = loadManifest({ name: 'shop.yaml', text });
  return createSimulator({
    manifest,
    config,
    clock: fakeClock(now),
    volume: (_stream, isPartition) => (isPartition ? 3 : 60),
  });
}

/** Reads over HTTP with the config of somebody else, whose clock is a little ahead. */
async function readOver(url: string, stream: string, states?: ReadonlyMap<string, Record<string, unknown>>) {
  const manifest = loadManifest({ name: 'shop.yaml', text: text.replace('https://api.shop.test', url) });
  const other = { ...config, api_token: 'another-token', shop_id: 'shop-of-mine' };
  const connector = configure(manifest, other, { clock: fakeClock(now + 1000), random: () => 0 });
  const keys: unknown[] = [];
  const errors: string[] = [];
  for await (const event of connector.read({ streams: [{ name: stream }], ...(states && { states }) })) {
    if (event.kind === 'records') keys.push(...event.records.map(({ id }) => id));
    if (event.kind === 'error') errors.push(event.error.message);
  }
  await connector.close();
  return { count: keys.length, distinct: new Set(keys).size, errors };
}

describe('a reader who knows nothing of the simulator', () => {
  let server: Awaited<ReturnType<typeof serveSimulator>>;
  const lines: string[] = [];
  beforeAll(async () => {
    server = await serveSimulator({
      simulator: simulatorOf(),
      port: 0,
      host: '127.0.0.1',
      faults: 0,
      random: () => 0.5,
      log: (line) => void lines.push(line),
    });
  });
  afterAll(() => server.close());

  test.each([
    ['customers', 60],
    ['orders', 60],
    ['order_notes', 180],
    ['visits', 60],
  ])('reads all records of %s', async (stream, count) => {
    expect(await readOver(server.url, stream)).toEqual({ count, distinct: count, errors: [] });
  });

  test('goes on from a state that the simulator has never seen', async () => {
    const found = await readOver(server.url, 'visits', new Map([['visits', { day: '2026-01-11' }]]));
    expect(found.errors).toEqual([]);
    expect(found.count).toBeGreaterThan(5);
    expect(found.count).toBeLessThan(30);
  });

  test('is told when no stream asks for what it asks', async () => {
    const answer = await fetch(`${server.url}/v2/refunds`);
    expect([answer.status, await answer.json()]).toEqual([
      404,
      { message: 'No stream of the manifest asks for this.', asked: '/v2/refunds' },
    ]);
    expect(lines.at(-1)).toBe('GET /v2/refunds 404');
  });
});

test('faults are a share of the requests, the same ones for a seed', async () => {
  const statuses = async () => {
    const server = await serveSimulator({
      simulator: simulatorOf(),
      port: 0,
      host: '127.0.0.1',
      faults: 0.5,
      random: seededRandom(3),
      log: () => {},
    });
    const found: number[] = [];
    for (let count = 0; count < 8; count++)
      found.push(
        await fetch(`${server.url}/v2/nothing`).then(
          ({ status }) => status,
          () => 0,
        ),
      );
    await server.close();
    return found;
  };
  const first = await statuses();
  expect(first).toEqual(await statuses());
  expect(first).toContain(404);
  expect(first.some((status) => status !== 404)).toBe(true);
});

describe('an API whose records change while they are read', () => {
  test('is read to its end, and says what has changed', async () => {
    const lines: string[] = [];
    const simulator = simulatorOf();
    const server = await serveSimulator({
      simulator,
      port: 0,
      host: '127.0.0.1',
      faults: 0,
      edits: 1,
      random: seededRandom(3),
      log: (line) => void lines.push(line),
    });
    const first = await readOver(server.url, 'visits');
    const second = await readOver(server.url, 'visits');
    await server.close();
    const edits = lines.filter((line) => /^\w+: a record was (?:created|updated|deleted)$/.test(line));
    expect([first.errors, second.errors]).toEqual([[], []]);
    expect(edits.length).toBeGreaterThan(1);
    expect(simulator.current('visits')).not.toEqual(simulator.offered('visits'));
    expect(second.count).toBeGreaterThan(30);
  });
});

/** Searches by bodies: in another unit than the cursor's, with a margin around the window, from a later moment than the simulator's. */
const searched = `
version: 7.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [orders] }
streams:
  - type: DeclarativeStream
    name: orders
    primary_key: id
    incremental_sync:
      type: DatetimeBasedCursor
      cursor_field: updated_at
      datetime_format: "%s"
      start_datetime: { type: MinMaxDatetime, datetime: "{{ config['start_date'] }}", datetime_format: "%Y-%m-%dT%H:%M:%SZ" }
      end_datetime: { type: MinMaxDatetime, datetime: "{{ now_utc().strftime('%Y-%m-%dT%H:%M:%SZ') }}", datetime_format: "%Y-%m-%dT%H:%M:%SZ" }
      step: P5D
      cursor_granularity: PT1S
    retriever:
      type: SimpleRetriever
      requester:
        type: HttpRequester
        url_base: https://api.shop.test
        path: /orders/search
        http_method: POST
        request_body:
          type: RequestBodyJsonObject
          value:
            since: "{{ stream_interval['start_time'] | int * 1000 - 1000 }}"
            until: "{{ format_datetime(stream_interval['end_time'] | int + 60, '%Y-%m-%dT%H:%M:%SZ') }}"
      record_selector:
        type: RecordSelector
        extractor: { type: DpathExtractor, field_path: [orders] }
        record_filter:
          type: RecordFilter
          condition: "{{ stream_interval['start_time'] | int <= record['updated_at'] | int <= stream_interval['end_time'] | int }}"
      paginator:
        type: DefaultPaginator
        page_size_option: { type: RequestOption, inject_into: body_json, field_path: [pagination, per_page] }
        page_token_option: { type: RequestOption, inject_into: body_json, field_path: [pagination, after] }
        pagination_strategy:
          type: CursorPagination
          page_size: 4
          cursor_value: "{{ response.next.after }}"
          stop_condition: "{{ not response.next.after }}"
    schema_loader:
      type: InlineSchemaLoader
      schema: { type: object, properties: { id: { type: string }, updated_at: { type: integer } } }
`;

async function readFile(path: string): Promise<string> {
  return readFileSync(path, 'utf8');
}

interface Read {
  readonly keys: readonly unknown[];
  readonly errors: readonly string[];
}

/** Reads one stream with the clock a little ahead of the simulator's. */
async function readAhead(
  manifest: ReturnType<typeof loadManifest>,
  config: JsonObject,
  stream: string,
): Promise<Read> {
  const connector = configure(manifest, config, { clock: fakeClock(now + 1500), random: () => 0, readFile });
  const keys: unknown[] = [];
  const errors: string[] = [];
  for await (const event of connector.read({ streams: [{ name: stream }] })) {
    if (event.kind === 'records') keys.push(...event.records.map(({ id }) => id));
    if (event.kind === 'error') errors.push(event.error.message);
  }
  await connector.close();
  return { keys, errors };
}

test('a search is recognised by what its body says of a window, however it is written', async () => {
  const simulator = createSimulator({
    manifest: loadManifest({ name: 'shop.yaml', text: searched }),
    config,
    clock: fakeClock(now),
    volume: () => 30,
  });
  const lines: string[] = [];
  const server = await serveSimulator({
    simulator,
    port: 0,
    host: '127.0.0.1',
    faults: 0,
    random: () => 0.5,
    log: (line) => void lines.push(line),
  });
  const text = searched.replace('https://api.shop.test', server.url);
  const { keys, errors } = await readAhead(loadManifest({ name: 'shop.yaml', text }), config, 'orders');
  await server.close();
  expect(errors).toEqual([]);
  expect([keys.length, new Set(keys).size]).toEqual([30, 30]);
  expect(lines.length).toBeGreaterThan(6);
});

describe('the Intercom connector, which knows nothing of the simulator', () => {
  const own = { access_token: 'simulated-with', start_date: '2026-01-01T00:00:00Z' };
  let server: Awaited<ReturnType<typeof serveSimulator>>;
  let simulated: readonly string[] = [];
  const lines: string[] = [];
  beforeAll(async () => {
    const simulator = createSimulator({
      manifest: await intercomManifest(),
      config: own,
      clock: fakeClock(now),
      readFile,
      // A token is that of one workspace.
      volume: (stream, isPartition) => (stream === 'workspace' ? 1 : isPartition ? 2 : 9),
    });
    simulated = (await simulator.survey()).flatMap(({ stream, reason }) => (reason ? [] : [stream]));
    server = await serveSimulator({
      simulator,
      port: 0,
      host: '127.0.0.1',
      faults: 0,
      random: () => 0.5,
      log: (line) => void lines.push(line),
    });
  }, 60_000);
  afterAll(() => server.close());

  test('is answered whatever any of its streams asks', async () => {
    expect(simulated.length).toBeGreaterThan(50);
    const text = readFileSync('manifests/intercom.yaml', 'utf8');
    const manifest = loadManifest({ name: 'manifests/intercom.yaml', text }, { hooks: intercomHooks });
    for (const stream of simulated) {
      const { errors } = await readAhead(manifest, { ...own, base_url: server.url }, stream);
      expect([stream, errors]).toEqual([stream, []]);
    }
    expect(lines.filter((line) => !line.endsWith(' 200'))).toEqual([]);
    expect(lines.length).toBeGreaterThan(simulated.length);
  }, 120_000);
});
