import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDestination } from '../../../../engine/destinations/open-destination.ts';
import type { JsonObject } from '../../../../engine/util/json/json.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parquet-'));
});
afterEach(() => rm(folder, { recursive: true }));

const identity = { connector: 'shop', config: 'a1b2', start: {} };
const schema = {
  properties: { at: { type: 'string', format: 'date-time' }, day: { type: 'string', format: 'date' } },
};

async function sync(...batches: readonly (readonly JsonObject[])[]): Promise<void> {
  const destination = await openDestination(folder, { identity, log: () => {}, format: 'parquet' });
  await destination.open('users', { schema, key: [['id']], mode: 'merge' });
  for (const batch of batches) {
    await destination.write('users', batch);
    await destination.checkpoint('users', {});
  }
  await destination.complete('users');
  await destination.close();
}

async function rows(): Promise<readonly JsonObject[]> {
  const { parquetReadObjects } = await import('hyparquet');
  const bytes = await readFile(join(folder, 'users.parquet'));
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  return parquetReadObjects({ file });
}

test('a file holds one row per key, with types that lose nothing', async () => {
  await sync(
    [
      {
        id: 1,
        at: '2024-01-01T12:00:00.123456+02:00',
        day: '2024-02-29',
        n: 9007199254740993n,
        more: { a: [2n ** 60n] },
      },
      { id: 2, name: 'Bob' },
      { id: 3 },
    ],
    [{ id: 3, _ab_cdc_deleted_at: '2024-05-01T00:00:00Z' }],
  );
  await sync([{ id: 2, name: 'Bo', big: 2n ** 70n }]);
  expect(await rows()).toMatchObject([
    {
      id: 1n,
      at: new Date('2024-01-01T10:00:00.123Z'),
      day: new Date('2024-02-29'),
      n: 9007199254740993n,
      more: '{"a":[1152921504606846976]}',
    },
    { id: 2n, name: 'Bo', big: '1180591620717411303424', at: null, more: null },
  ]);
  expect((await readdir(folder)).sort()).toEqual(['.lines', 'users.parquet']);
});
