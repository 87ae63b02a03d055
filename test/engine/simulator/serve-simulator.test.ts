import { readFileSync } from 'node:fs';
import { configure } from '../../../engine/connector/connector.ts';
import { loadManifest } from '../../../engine/connector/load-manifest.ts';
import { seededRandom } from '../../../engine/simulator/seeded-random.ts';
import { serveSimulator } from '../../../engine/simulator/serve-simulator.ts';
import { createSimulator } from '../../../engine/simulator/simulator.ts';
import { fakeClock } from '../../kit/scope.ts';

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
