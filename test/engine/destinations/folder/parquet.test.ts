import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
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

/** A sync of a stream that is read whole each time; it ends before its end where `isComplete` is not said. */
async function replace(records: readonly JsonObject[], isComplete = false): Promise<void> {
  const destination = await openDestination(folder, { identity, log: () => {}, format: 'parquet' });
  await destination.open('users', { schema: {}, key: [['id']], mode: 'replace' });
  await destination.write('users', records);
  if (isComplete) await destination.complete('users');
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

test('a stream that is replaced, and ends early, neither loses rows nor mixes them', async () => {
  await replace([{ id: 1 }]);
  expect(await readdir(folder)).toEqual(['.lines']);
  await replace([{ id: 1 }, { id: 2 }], true);
  for (const more of [3, 4]) await replace([{ id: more }]);
  expect(await rows()).toEqual([{ id: 1n }, { id: 2n }]);
  await replace([{ id: 5, name: 'Eve' }], true);
  expect(await rows()).toEqual([{ id: 5n, name: 'Eve' }]);
  await replace([], true);
  expect(await rows()).toEqual([]);
});

(existsSync('/dev/full') ? test : test.skip)('a full disk is told, and not what came of it', async () => {
  await mkdir(join(folder, '.lines'));
  await symlink('/dev/full', join(folder, '.lines', 'users.jsonl'));
  const output = await openDestination(folder, { identity, log: () => {}, format: 'parquet' });
  await output.open('users', { schema: {}, key: [['id']], mode: 'merge' });
  await expect(output.write('users', [{ id: 1 }])).rejects.toThrow(
    /users\.jsonl cannot be written to: the disk is full\. Make room, and sync again\.$/,
  );
  // The lines are half there at most.
  await output.close();
  expect(await readdir(folder)).toEqual(['.lines']);
});

test('a full refresh of a stream with a cursor leaves the file of before until it is complete', async () => {
  await sync([{ id: 1 }, { id: 2 }]);
  const early = await openDestination(folder, {
    identity,
    log: () => {},
    format: 'parquet',
    fullRefresh: true,
  });
  await early.open('users', { schema: {}, key: [['id']], mode: 'merge' });
  await early.write('users', [{ id: 2, name: 'new' }]);
  await early.checkpoint('users', { at: 1 });
  await early.close();
  expect((await rows()).map(({ id, name }) => [id, name])).toEqual([
    [1n, undefined],
    [2n, undefined],
  ]);
  await sync([{ id: 3 }]);
  expect((await rows()).map(({ id }) => id)).toEqual([1n, 2n, 3n]);
});
