import type { OutgoingRequest } from '../../../engine/contract/families.ts';
import type { Transport } from '../../../engine/contract/scope.ts';
import type { Clock } from '../../../engine/time/clock.ts';
import { createRateLimit } from '../../intercom-api/rate-limit.ts';
import { eventClock } from '../../kit/event-clock.ts';
import { testResponse } from '../../kit/response.ts';
import { connectIntercom } from './sync-intercom.ts';

const seconds = 10;
const perPage = 150;
const start = 1_749_988_800;

/** Requests that Intercom takes in ten seconds: of a workspace as it is, and few, which are used up in a fraction of the work. */
const usual = 1667;
const few = 400;

/** Answers a search for so many conversations, and each of these, after some time. */
function api(clock: Clock, latency: () => number, limit: number, conversations: number) {
  const rate = createRateLimit(limit);
  const counts = new Map<number, number>();
  let refused = 0;
  let underWay = 0;
  let most = 0;
  const bodyOf = ({ url, body }: OutgoingRequest): unknown => {
    if (!url.pathname.endsWith('/search'))
      return { conversation_parts: { conversation_parts: [{ id: url.pathname, updated_at: start }] } };
    const { pagination } = JSON.parse(String(body)) as { pagination: { starting_after?: string } };
    const from = Number(pagination.starting_after ?? 0);
    const to = Math.min(conversations, from + perPage);
    const rows = [];
    for (let id = from; id < to; id++) rows.push({ id: String(id), updated_at: start });
    return {
      conversations: rows,
      pages: { next: to < conversations ? { starting_after: String(to) } : null },
    };
  };
  const transport: Transport = {
    async send(request) {
      most = Math.max(most, ++underWay);
      const ms = latency();
      await clock.sleep(ms / 2);
      const window = Math.floor(clock.now() / 1000 / seconds);
      counts.set(window, (counts.get(window) ?? 0) + 1);
      const { headers, exceeded } = rate.count(clock.now());
      if (exceeded) refused++;
      await clock.sleep(ms / 2);
      underWay--;
      return testResponse({ status: exceeded ? 429 : 200, headers, body: bodyOf(request) });
    },
    async close() {},
  };
  return {
    transport,
    seen: () => ({ refused, most, full: [...counts.values()].slice(1, -1) }),
  };
}

async function read(
  latency: () => number,
  { limit = few, ...config }: { readonly limit?: number; readonly concurrency?: number } = {},
) {
  const clock = eventClock();
  const conversations = 3.1 * limit;
  const { transport, seen } = api(clock, latency, limit, conversations);
  const connector = await connectIntercom(
    { access_token: 'x', start_date: '2025-06-01T00:00:00Z', ...config },
    { clock, transport },
  );
  let parts = 0;
  for await (const event of connector.read({ streams: [{ name: 'conversation_parts' }] })) {
    if (event.kind === 'error') throw event.error;
    if (event.kind === 'records') parts += event.records.length;
  }
  expect(parts).toBe(Math.ceil(conversations));
  return seen();
}

describe('the rate limit', () => {
  it.each([
    [0, few],
    [20, few],
    [300, few],
    [300, usual],
  ])('is used up when answers take %i ms, of %i requests in ten seconds', async (ms, limit) => {
    const { refused, full } = await read(() => ms, { limit });
    expect(refused).toBe(0);
    expect(full.length).toBeGreaterThanOrEqual(2);
    for (const count of full) expect(count).toBeGreaterThanOrEqual(0.95 * limit);
  });

  it('is used up when answers take now longer, now shorter', async () => {
    let turn = 0;
    const { refused, full } = await read(() => [80, 120, 900, 200, 100][turn++ % 5] ?? 0);
    expect(refused).toBe(0);
    expect(full.length).toBeGreaterThanOrEqual(2);
    for (const count of full) expect(count).toBeGreaterThanOrEqual(0.95 * few);
  });

  it('is not used up with fewer requests at once than that takes', async () => {
    const { most, refused } = await read(() => 300, { concurrency: 4 });
    // One more: the page of conversations after the one whose parts are read.
    expect(most).toBeGreaterThanOrEqual(4);
    expect(most).toBeLessThanOrEqual(5);
    expect(refused).toBe(0);
  });
});
