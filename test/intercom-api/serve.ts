/**
 * Serves a simulated Intercom to programs outside of this process: on the loopback interface, until stdin ends.
 * `--config FILE` is written once it listens: a config that reads this workspace. Each line on stdin is answered with
 * one line on stdout once it is done: `live on` changes the workspace as its people do, `slow MS` makes every answer
 * wait from now on.
 */
import { writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { defaultAccessToken } from './intercom.ts';
import { liveOn } from './live-on.ts';
import { startIntercomApi } from './server.ts';

const { values: given } = parseArgs({
  options: {
    config: { type: 'string' },
    port: { type: 'string', default: '0' },
    contacts: { type: 'string' },
    conversations: { type: 'string' },
  },
});

const sizes = {
  ...(given.contacts !== undefined && { contacts: Number(given.contacts) }),
  ...(given.conversations !== undefined && { conversations: Number(given.conversations) }),
};

let delay = 0;
const api = await startIntercomApi({
  sizes,
  port: Number(given.port),
  log: false,
  exportSeconds: 0,
  faults: [{ kind: 'slow', ms: 0, match: {} }],
  sleep: async () => {
    if (delay > 0) await wait(delay);
  },
});

if (given.config !== undefined) {
  const config = {
    access_token: defaultAccessToken,
    start_date: '2020-01-01T00:00:00Z',
    base_url: api.url,
  };
  await writeFile(given.config, JSON.stringify(config));
}
process.stdout.write(`${api.url}\n`);

let round = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const [command, argument] = line.split(' ');
  if (line === 'live on') liveOn(api.workspace, ++round);
  else if (command === 'slow') delay = Number(argument);
  else throw new Error(`Neither "live on" nor "slow MS": ${line}`);
  process.stdout.write('done\n');
}
await api.close();
