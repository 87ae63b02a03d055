// `REDIS_URL=redis://… node enqueue.mjs connections.json`: puts connections into the queue, each at most once at a time.
// The file is a list of { name, config, to, streams? }.
import { readFile } from 'node:fs/promises';
import { Queue } from 'bullmq';
import { connectionOf, queueName } from './queue.mjs';

const connections = JSON.parse(await readFile(process.argv[2] ?? 'connections.json', 'utf8'));
const queue = new Queue(queueName, { connection: connectionOf(process.env.REDIS_URL) });
await queue.addBulk(
  connections.map(({ name, ...data }) => ({
    name: 'sync',
    data,
    // While a job of this name waits or runs, another one is not added.
    opts: {
      jobId: name,
      removeOnComplete: true,
      removeOnFail: true,
      attempts: 3,
      backoff: { type: 'exponential', delay: 5000 },
    },
  })),
);
console.log(`${await queue.getWaitingCount()} connections wait, ${await queue.getActiveCount()} are read.`);
await queue.close();
