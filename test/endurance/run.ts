/**
 * `npm run endure -- [--of slow-reader,serve,months] [--records 1000000] [--requests 10000] [--days 60]
 * [--syncs-per-day 24]`: what only shows after a long time. Nothing that is held may grow.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { syncForMonths } from './months.ts';
import { serveMany } from './serve-load.ts';
import { readSlowly } from './slow-reader.ts';

const { values } = parseArgs({
  options: {
    of: { type: 'string' },
    records: { type: 'string', default: '1000000' },
    requests: { type: 'string', default: '10000' },
    days: { type: 'string', default: '60' },
    'syncs-per-day': { type: 'string', default: '24' },
  },
});
// dist/test/endurance/run.js
const dist = join(dirname(fileURLToPath(import.meta.url)), '../..');
const manifold = join(dist, 'bin/manifold.js');
const say = (text: string) => void process.stdout.write(text);

const kinds: Readonly<Record<string, () => Promise<readonly string[]>>> = {
  'slow-reader': () =>
    readSlowly({ manifold, server: join(dist, 'bench/server.js'), records: Number(values.records), say }),
  serve: () => serveMany({ manifold, requests: Number(values.requests), say }),
  months: () =>
    syncForMonths({ days: Number(values.days), syncsPerDay: Number(values['syncs-per-day']), say }),
};

for (const name of values.of?.split(',') ?? Object.keys(kinds)) {
  const endure = kinds[name];
  if (endure === undefined) throw new Error(`--of takes ${Object.keys(kinds).join(', ')}.`);
  say(`${name}\n`);
  const problems = await endure();
  say(problems.length === 0 ? `${name}: nothing grows.\n` : `${name}:\n  ${problems.join('\n  ')}\n`);
  if (problems.length > 0) process.exitCode = 1;
}
