import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { query } from '../../../../engine/commands/query.ts';
import { openDestination } from '../../../../engine/destinations/open-destination.ts';
import { hasDuckDb } from '../../../kit/duckdb.ts';
import { testEnvironment } from '../../../kit/environment.ts';

const it = hasDuckDb ? test : test.skip;
let folder: string;
let path: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'duckdb-errors-'));
  path = join(folder, 'x.duckdb');
});
afterAll(() => rm(folder, { recursive: true }));

/** What a sync into the file, and a query of it, come to. */
async function bothSay(): Promise<readonly string[]> {
  const told = (work: Promise<unknown>) =>
    work.then(
      () => 'fine',
      (error: Error) => error.message.replaceAll(path, 'x.duckdb'),
    );
  const identity = { connector: 'shop', config: 'a', start: {} };
  return [
    await told(openDestination(path, { identity, log: () => {} }).then((one) => one.close())),
    await told(query(path, 'SELECT 1', {}, testEnvironment({}))),
  ];
}

/** The file as another version of DuckDB would have written it. */
async function writtenByVersion(version: bigint): Promise<void> {
  const bytes = await readFile(path);
  bytes.writeBigUInt64LE(version, 12);
  // DuckDB's checksum of the block that begins with it.
  let checksum = 5381n;
  for (let at = 8; at < 4096; at += 8)
    checksum ^= BigInt.asUintN(64, bytes.readBigUInt64LE(at) * 0xbf58476d1ce4e5b9n);
  bytes.writeBigUInt64LE(checksum, 0);
  await writeFile(path, bytes);
}

it('files that are no DuckDB files, or of another version, are told in a sentence', async () => {
  await writeFile(path, 'notes'.repeat(1000));
  const foreign =
    'x.duckdb cannot be written to: it is no DuckDB file. Give --to another path, or remove it.';
  expect((await bothSay())[0]).toBe(foreign);
  await rm(path);

  expect((await bothSay())[0]).toBe('fine');
  const version = (await readFile(path)).readBigUInt64LE(12);
  await writtenByVersion(version);
  expect(await bothSay()).toEqual(['fine', 'fine']);

  await writtenByVersion(99n);
  const newer =
    /^x\.duckdb has DuckDB's storage version 99, and the DuckDB that is installed here reads \d+ at most\. Update it with "npm install @duckdb\/node-api@latest", or give --to another file\.$/;
  for (const said of await bothSay()) expect(said).toMatch(newer);
  await writtenByVersion(3n);
  for (const said of await bothSay())
    expect(said).toMatch(/storage version 3, and .* reads none before \d+\. Give --to another file\.$/);
});

it('a file that another program has', async () => {
  await rm(path, { force: true });
  const code = `require('@duckdb/node-api').DuckDBInstance.create(${JSON.stringify(path)}).then(() => console.log('open'))
    .then(() => process.stdin.resume())`;
  const other = spawn(process.execPath, ['-e', code], { stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    await once(other.stdout, 'data');
    const who = `x\\.duckdb is open in another program \\(.*node.*, process ${other.pid}\\)\\.`;
    const [sync, queried] = await bothSay();
    expect(sync).toMatch(new RegExp(`^${who} Close it there first\\.$`));
    expect(queried).toMatch(new RegExp(`^${who} A sync has it open only while it commits: try again\\.$`));
  } finally {
    other.stdin.end();
    await once(other, 'exit');
  }
});
