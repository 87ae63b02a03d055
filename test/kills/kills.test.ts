import { resolve } from 'node:path';
import { hasDuckDb } from '../kit/duckdb.ts';
import { hasPostgres } from '../kit/postgres.ts';
import { killReads } from './kill-reads.ts';
import { killSyncs } from './kill-syncs.ts';
import { openPlace, type PlaceName } from './places.ts';

// A sample; `npm run kills` does each a hundred times, and more.
const times = 1;
const sizes = { contacts: 20, conversations: 5, months: 6 };
const manifold = resolve('dist/bin/manifold.js');

/** The others are left to `npm run kills`. */
const isThere: Readonly<Record<Exclude<PlaceName, 'parquet' | 'nested' | 'nested-postgres'>, boolean>> = {
  folder: true,
  duckdb: hasDuckDb,
  postgres: hasPostgres,
};

for (const [name, has] of Object.entries(isThere))
  (has ? test : test.skip)(`${name} holds the workspace after syncs that were killed`, async () => {
    const place = await openPlace[name as PlaceName]();
    try {
      expect(await killSyncs({ manifold, place, times, sizes })).toEqual([]);
    } finally {
      await place.close();
    }
  });

test.each(['SIGKILL', 'SIGTERM'] as const)('reads that %s ends are gone on with', async (signal) => {
  expect(await killReads({ manifold, times, signal, sizes })).toEqual([]);
});
