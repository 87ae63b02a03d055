import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { startIntercomApi } from '../intercom-api/server.ts';
import { hasPostgres, startPostgres } from '../kit/postgres.ts';
import { hasRedis, startRedis } from '../kit/redis.ts';
import { isFull } from './is-full.ts';

const count = isFull ? 200 : 40;
const example = resolve('examples/queue');
const canRun = hasRedis && hasPostgres && existsSync('node_modules/bullmq');

(canRun ? test : test.skip)(
  `two workers of the queue example, of which one dies, do all of ${count} connections, and none twice at the same time`,
  async () => {
    const names = Array.from({ length: count }, (_, index) => `customer_${index + 1}`);
    const api = await startIntercomApi({
      log: false,
      accessTokens: names,
      sizes: { contacts: 10, companies: 2, conversations: 2 },
    });
    const [redis, postgres] = await Promise.all([startRedis(), startPostgres()]);
    const folder = await mkdtemp(join(tmpdir(), 'manifold-queue-'));
    const connections = join(folder, 'connections.json');
    await writeFile(
      connections,
      JSON.stringify(
        names.map((name) => ({
          name,
          config: { access_token: name, start_date: '2020-01-01T00:00:00Z', base_url: api.url },
          to: `${postgres.address}&schema=${name}`,
          streams: ['tags'],
        })),
      ),
    );
    const env = {
      ...process.env,
      REDIS_URL: redis.address,
      MANIFOLD: `${process.execPath} ${resolve('dist/bin/manifold.js')}`,
      CONCURRENCY: '2',
      // A worker that gets no time for so long is taken for dead.
      LOCK_MS: '10000',
    };
    const done = new Set<string>();
    const workers: ChildProcess[] = [];
    let complaints = '';
    function startWorker(): ChildProcess {
      const worker = spawn(process.execPath, ['worker.mjs'], {
        cwd: example,
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      worker.stdout?.on('data', (chunk) => {
        for (const [, name = ''] of String(chunk).matchAll(/^(\S+): \d+ records$/gm)) done.add(name);
      });
      worker.stderr?.on('data', (chunk) => {
        complaints += chunk;
      });
      workers.push(worker);
      return worker;
    }
    const client = new Client({ connectionString: postgres.address });
    try {
      execFileSync(process.execPath, ['enqueue.mjs', connections], { cwd: example, env });
      const first = startWorker();
      startWorker();
      while (done.size < count / 10) await wait(50);
      first.kill('SIGKILL');
      // A job whose sync the dead worker had begun is done again by the other one.
      while (done.size < count) {
        if (workers[1]?.exitCode !== null) throw new Error(complaints);
        await wait(100);
      }
      await client.connect();
      const rows = async (sql: string) => (await client.query<Record<string, string>>(sql)).rows;
      const ended = await rows(`SELECT DISTINCT dataset FROM _manifold.syncs WHERE status = 'ended'`);
      expect(ended.map(({ dataset }) => dataset).sort()).toEqual([...names].sort());
      const overlapping = await rows(
        'SELECT a.dataset FROM _manifold.syncs a JOIN _manifold.syncs b ON a.dataset = b.dataset AND a.id < b.id AND a.started_at < b.ended_at AND b.started_at < a.ended_at',
      );
      expect(overlapping).toEqual([]);
      const union = names.map((name) => `SELECT '${name}' AS name, count(*) AS n FROM ${name}.tags`);
      const tags = await rows(union.join(' UNION ALL '));
      expect(new Set(tags.map(({ n }) => n)).size).toBe(1);
      expect(Number(tags[0]?.n)).toBeGreaterThan(0);
    } finally {
      await client.end();
      for (const worker of workers) worker.kill('SIGTERM');
      await wait(500);
      for (const worker of workers) worker.kill('SIGKILL');
      await redis.stop();
      await postgres.stop();
      await api.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
);
