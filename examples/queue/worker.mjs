// A worker: `REDIS_URL=redis://… node worker.mjs`. Start as many as you like, on as many machines as you like. A job is one
// connection: { config: {...}, to: 'postgres://…?schema=customer_7', streams: ['contacts'] }.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Worker } from 'bullmq';
import { connectionOf, queueName } from './queue.mjs';

/** A sync is a process of its own: what it does to memory, and how it ends, is nobody else's concern. */
async function sync({ data, updateProgress }, signal) {
  const streams = data.streams === undefined ? [] : ['--streams', data.streams.join(',')];
  const [command, ...first] = (process.env.MANIFOLD ?? 'manifold').split(' ');
  const child = spawn(command, [...first, 'sync', '--json', ...streams], {
    // Neither the config nor the address of the database is for everybody who lists processes.
    env: { ...process.env, MANIFOLD_CONFIG: JSON.stringify(data.config), MANIFOLD_TO: data.to },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  // What was read is committed before it ends; the next sync goes on from there.
  const stop = () => child.kill('SIGTERM');
  signal?.addEventListener('abort', stop);
  if (signal?.aborted) stop();
  let said = '';
  child.stderr.on('data', (chunk) => {
    said = (said + chunk).slice(-2000);
  });
  let end;
  for await (const line of createInterface({ input: child.stdout })) {
    const event = JSON.parse(line);
    if (event.event === 'end') end = event;
    else if (event.event === 'stream') await updateProgress(event);
  }
  const [code] = await exited;
  if (code !== 0)
    throw new Error(end?.problems?.[0]?.message || said.trim() || `The sync ended with ${code}.`);
  return end.streams.reduce((total, { records }) => total + records, 0);
}

const worker = new Worker(
  queueName,
  (job, _token, signal) =>
    sync({ data: job.data, updateProgress: (event) => job.updateProgress(event) }, signal),
  {
    connection: connectionOf(process.env.REDIS_URL),
    // Waiting for an API is most of the work, so one machine reads several connections at once.
    concurrency: Number(process.env.CONCURRENCY ?? 4),
    // The job of a worker that died is given to another one after this many milliseconds.
    lockDuration: Number(process.env.LOCK_MS ?? 30_000),
    stalledInterval: Number(process.env.LOCK_MS ?? 30_000),
    maxStalledCount: 3,
  },
);
worker.on('completed', (job, records) => console.log(`${job.id}: ${records} records`));
worker.on('failed', (job, error) => console.error(`${job?.id}: ${error.message}`));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => worker.close());
