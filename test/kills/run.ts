/**
 * `npm run kills -- [--of read,SIGTERM,SIGINT,folder,parquet,duckdb,nested,postgres,nested-postgres,folder-SIGTERM,duckdb-SIGINT]
 * [--times 100]`: ends reads and syncs at random moments, each of these kinds so many times (reads twice as often).
 * `--to postgres://…` kills syncs into a database that is there.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { hasDuckDb } from '../kit/duckdb.ts';
import { hasPostgres } from '../kit/postgres.ts';
import { killReads } from './kill-reads.ts';
import { killSyncs } from './kill-syncs.ts';
import { openPlace, type PlaceName, placeNames, postgresAt } from './places.ts';
import type { StopSignal } from './run-and-stop.ts';

const { values } = parseArgs({
  options: { of: { type: 'string' }, to: { type: 'string' }, times: { type: 'string', default: '100' } },
});
const times = Number(values.times);
// dist/test/kills/run.js
const manifold = join(dirname(fileURLToPath(import.meta.url)), '../../bin/manifold.js');
const say = (text: string) => void process.stdout.write(text);

const syncsInto = (name: PlaceName, signal?: StopSignal) => async () => {
  const place = await openPlace[name]();
  try {
    return await killSyncs({ manifold, place, times, ...(signal && { signal }), say });
  } finally {
    await place.close();
  }
};

const kinds: Readonly<Record<string, () => Promise<readonly string[]>>> = {
  read: () => killReads({ manifold, times: 2 * times, signal: 'SIGKILL', say }),
  SIGTERM: () => killReads({ manifold, times, signal: 'SIGTERM', say }),
  SIGINT: () => killReads({ manifold, times, signal: 'SIGINT', say }),
  ...Object.fromEntries(placeNames.map((name) => [name, syncsInto(name)])),
  ...Object.fromEntries(
    (['folder', 'duckdb'] as const).flatMap((name) =>
      (['SIGTERM', 'SIGINT'] as const).map((signal) => [`${name}-${signal}`, syncsInto(name, signal)]),
    ),
  ),
};

const { to } = values;
const chosen: Readonly<Record<string, () => Promise<readonly string[]>>> =
  to === undefined
    ? Object.fromEntries(
        (values.of?.split(',') ?? Object.keys(kinds)).map((name) => {
          const kind = kinds[name];
          if (kind === undefined) throw new Error(`--of takes ${Object.keys(kinds).join(', ')}.`);
          return [name, kind];
        }),
      )
    : { [to]: () => killSyncs({ manifold, place: postgresAt(to), times, say }) };

for (const [name, kill] of Object.entries(chosen)) {
  const isMissing =
    (/^(duckdb\b|nested$)/.test(name) && !hasDuckDb) || (/postgres$/.test(name) && !hasPostgres);
  if (isMissing) {
    say(`${name}: not installed here.\n`);
    continue;
  }
  const problems = await kill();
  say(
    problems.length === 0
      ? `${name}: nothing differs.\n`
      : `${name}:\n${problems.map((each) => `  ${each}\n`).join('')}`,
  );
  if (problems.length > 0) process.exitCode = 1;
}
