import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { defaultAccessToken, type RequestLog } from '../intercom-api/intercom.ts';
import { startIntercomApi } from '../intercom-api/server.ts';
import { hasRedis, startRedis } from '../kit/redis.ts';
import { isFull } from './is-full.ts';

const manifold = resolve('dist/bin/manifold.js');
const period = 10_000;
const rateLimit = 166;

interface Sync {
  readonly child: ChildProcess;
  readonly ended: Promise<unknown>;
  /** How many lines it has written of a stream. */
  lines(stream: string): Promise<number>;
}

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
  function sync(streams: string): Sync {
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
      lines: async (stream) => (await readFile(join(to, `${stream}.jsonl`), 'utf8')).split('\n').length - 1,
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

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await wait(20);
}

(hasRedis ? test : test.skip)(
  'processes on one budget go on to their end when one of them is killed and Redis stops',
  async () => {
    const { requests, redis, said, sync, tearDown } = await setUp({ contacts: 120, companies: 1 }, rateLimit);
    try {
      const [killed, ...others] = [1, 2, 3, 4].map(() => sync('contact_notes'));
      await until(() => requests.length >= 40);
      killed?.child.kill('SIGKILL');
      await until(() => requests.length >= 80);
      await redis.stop();
      await until(() => said.join('').includes('does not answer'));
      await redis.start();
      expect(await Promise.all(others.map(({ ended }) => ended))).toEqual([0, 0, 0]);
      const lines = await Promise.all(others.map((one) => one.lines('contact_notes')));
      expect(new Set(lines).size).toBe(1);
      expect(lines[0]).toBeGreaterThan(0);
      expect(said.join('')).toMatch(/WARN The rate limit store redis:/);
      console.log(`${requests.filter(({ status }) => status === 429).length} of ${requests.length} refused`);
    } finally {
      await tearDown();
    }
  },
);

(hasRedis && isFull ? test : test.skip)(
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

(hasRedis ? test : test.skip)(
  'a process goes on that waits for a scroll whose process is killed',
  async () => {
    const { requests, said, sync, tearDown } = await setUp({ contacts: 10, companies: 4000 }, 20);
    const scrolls = () => requests.filter(({ path }) => path === '/companies/scroll');
    try {
      const first = sync('companies');
      await until(() => scrolls().length >= 5);
      const second = sync('companies');
      await until(() => said.join('').includes('Another process scrolls'));
      first.child.kill('SIGKILL');
      await first.ended;
      const before = scrolls().length;
      // The lock of a process that is gone is free after ten seconds.
      await until(() => scrolls().length > before);
      expect(scrolls()[before]?.query.scroll_param).toBeUndefined();
      second.child.kill('SIGTERM');
      await second.ended;
    } finally {
      await tearDown();
    }
  },
);

(hasRedis ? test : test.skip)('processes share the windows that a manifest declares', async () => {
  const redis = await startRedis();
  const times: number[] = [];
  const server = createServer((_request, response) => {
    times.push(Date.now());
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify([{ id: times.length }]));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const folder = await mkdtemp(join(tmpdir(), 'manifold-declared-'));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const manifest = {
    version: '7.0.0',
    check: { stream_names: ['items'] },
    concurrency_level: { default_concurrency: 8 },
    api_budget: {
      type: 'HTTPAPIBudget',
      policies: [
        { type: 'MovingWindowCallRatePolicy', rates: [{ limit: 40, interval: 'PT2S' }], matchers: [] },
      ],
    },
    streams: [
      {
        name: 'items',
        retriever: {
          requester: { url },
          record_selector: { extractor: { field_path: [] } },
          partition_router: {
            type: 'ListPartitionRouter',
            values: Array.from({ length: 90 }, (_, index) => String(index)),
            cursor_field: 'part',
          },
        },
      },
    ],
  };
  try {
    const path = join(folder, 'manifest.json');
    await writeFile(path, JSON.stringify(manifest));
    await writeFile(join(folder, 'config.json'), '{}');
    const ended = await Promise.all(
      [1, 2, 3].map((number) => {
        const inputs = ['--manifest-path', path, '--config', join(folder, 'config.json')];
        const to = ['--to', join(folder, String(number)), '--rate-limit-store', redis.address];
        const child = spawn(process.execPath, [manifold, 'sync', ...inputs, ...to], { stdio: 'ignore' });
        return new Promise((end) => child.once('exit', end));
      }),
    );
    expect(ended).toEqual([0, 0, 0]);
    expect(times).toHaveLength(3 * 90);
    // By themselves they would be done after the second interval; calls arrive a little later than they were allowed.
    const took = (times.at(-1) ?? 0) - (times[0] ?? 0);
    console.log(`270 calls, 40 of them in each two seconds, took ${took / 1000} s`);
    if (!isFull) return;
    expect(took).toBeGreaterThan(5.5 * 2000);
    expect(took).toBeLessThan(3 * 7 * 2000);
  } finally {
    server.close();
    await redis.stop();
    await rm(folder, { recursive: true, force: true });
  }
});

(hasRedis ? test : test.skip)('processes scroll through the companies one after the other', async () => {
  const { requests, sync, tearDown } = await setUp({ contacts: 10, companies: 400 }, false);
  try {
    const running = [1, 2, 3].map(() => sync('companies'));
    expect(await Promise.all(running.map(({ ended }) => ended))).toEqual([0, 0, 0]);
    const scrolls = requests.filter(({ path }) => path === '/companies/scroll');
    expect(scrolls.filter(({ status }) => status !== 200)).toEqual([]);
    expect(scrolls.filter(({ query }) => query.scroll_param === undefined)).toHaveLength(3);
  } finally {
    await tearDown();
  }
});
