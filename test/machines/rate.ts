import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { defaultAccessToken, type RequestLog } from '../intercom-api/intercom-handlers.ts';
import { startIntercomApi } from '../intercom-api/server.ts';
import { hasRedis, startRedis } from '../kit/redis.ts';

const manifold = resolve('dist/bin/manifold.js');
const period = 10_000;
const rateLimit = 166;

/** A simulated Intercom, a Redis server, and syncs as processes of their own. */
async function setUp(
  sizes: { readonly contacts: number; readonly companies: number },
  limit: number | false,
) {
  const requests: RequestLog[] = [];
  const api = await startIntercomApi({
    log: false,
    sizes,
    rateLimit: limit,
    scrollPageSize: 20,
    onRequest: (request) => void requests.push(request),
  });
  const redis = await startRedis();
  const folder = await mkdtemp(join(tmpdir(), 'manifold-machines-'));
  const config = join(folder, 'config.json');
  await writeFile(
    config,
    JSON.stringify({
      access_token: defaultAccessToken,
      start_date: '2020-01-01T00:00:00Z',
      base_url: api.url,
    }),
  );
  const children: ChildProcess[] = [];
  const said: string[] = [];
  function sync(streams: string): { readonly child: ChildProcess; readonly ended: Promise<unknown> } {
    const to = join(folder, String(children.length));
    const argv = [manifold, 'sync', '--config', config, '--to', to, '--streams', streams];
    const child = spawn(process.execPath, argv, {
      env: { ...process.env, MANIFOLD_RATE_LIMIT_STORE: redis.address, MANIFOLD_RATE_LIMIT_SHARE: '1/4' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr?.on('data', (chunk) => void said.push(String(chunk)));
    children.push(child);
    return {
      child,
      ended: new Promise((end) => child.once('exit', (code, signal) => end(signal ?? code))),
    };
  }
  return {
    requests,
    redis,
    said,
    sync,
    async tearDown() {
      for (const child of children) if (child.exitCode === null) child.kill('SIGKILL');
      await redis.stop();
      await api.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const windowOf = (at: number) => Math.floor(at / period);
/** The beginning of the window after this one. */
async function nextWindow(): Promise<number> {
  const next = windowOf(Date.now()) + 1;
  await wait(next * period - Date.now() + 1);
  return next;
}

(hasRedis ? test : test.skip)(
  'four processes on one budget use every full window up and are never refused, also after one was killed and Redis stopped',
  async () => {
    const { requests, redis, said, sync, tearDown } = await setUp(
      { contacts: 3000, companies: 1 },
      rateLimit,
    );
    const used = (window: number) => requests.filter(({ at }) => windowOf(at) === window).length;
    const refused = () => requests.filter(({ status }) => status === 429).length;
    try {
      const running = [1, 2, 3, 4].map(() => sync('contact_notes'));
      // They are starting.
      await nextWindow();
      const first = await nextWindow();
      await nextWindow();
      const second = await nextWindow();
      const together = [first, second - 1].map(used);
      const refusedTogether = refused();
      // In the middle of a window, with requests under way.
      await wait(300);
      running[0]?.child.kill('SIGKILL');
      await nextWindow();
      const afterKill = await nextWindow();
      const three = [second, afterKill - 1].map(used);
      const refusedThree = refused();
      await redis.stop();
      const alone = await nextWindow();
      const withoutRedis = (await nextWindow()) && used(alone);
      const refusedAlone = refused();
      await redis.start();
      await nextWindow();
      const again = await nextWindow();
      const withRedis = (await nextWindow()) && used(again);
      console.log(
        JSON.stringify({
          together,
          refusedTogether,
          three,
          refusedThree,
          withoutRedis,
          refusedAlone,
          withRedis,
          refused: refused(),
        }),
      );
      for (const count of [...together, ...three, withRedis])
        expect(count).toBeGreaterThanOrEqual(0.95 * rateLimit);
      expect(refusedThree).toBe(0);
      // Three that are left use their quarters.
      expect(withoutRedis).toBeGreaterThanOrEqual(0.95 * Math.floor(rateLimit / 4) * 3);
      expect(withoutRedis).toBeLessThanOrEqual((rateLimit / 4) * 3);
      expect(refused()).toBe(0);
      expect(said.join('')).toMatch(
        /WARN The rate limit store redis:.* does not answer[\s\S]*answers again\./,
      );
    } finally {
      await tearDown();
    }
  },
);

(hasRedis ? test : test.skip)('processes scroll through the companies one after the other', async () => {
  const { requests, said, sync, tearDown } = await setUp({ contacts: 10, companies: 400 }, false);
  try {
    const running = [1, 2, 3].map(() => sync('companies'));
    expect(await Promise.all(running.map(({ ended }) => ended))).toEqual([0, 0, 0]);
    const scrolls = requests.filter(({ path }) => path === '/companies/scroll');
    expect(scrolls.filter(({ status }) => status !== 200)).toEqual([]);
    expect(scrolls.filter(({ query }) => query.scroll_param === undefined)).toHaveLength(3);
    expect(said.join('')).toContain('Another process scrolls through the companies; this one waits for it.');
  } finally {
    await tearDown();
  }
});
