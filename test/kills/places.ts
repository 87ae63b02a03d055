import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { Client } from 'pg';
import { readAddress } from '../../engine/destinations/postgres/read-address.ts';
import { queryDuckDb } from '../kit/duckdb.ts';
import { startPostgres } from '../kit/postgres.ts';
import { type KilledStream, killedStreams, lookback, type Row, rowOf } from './killed-streams.ts';

/** A destination that syncs are killed on their way to. */
export interface Place {
  readonly to: string;
  readonly flags: readonly string[];
  /** What the table of a stream holds. */
  rows(stream: string): Promise<readonly Row[]>;
  /** What is wrong after a kill, where others may look at it before the next sync. */
  problems?(): Promise<readonly string[]>;
  close(): Promise<void>;
}

export const placeNames = ['folder', 'parquet', 'duckdb', 'nested', 'postgres', 'nested-postgres'] as const;
export type PlaceName = (typeof placeNames)[number];

const temporary = () => mkdtemp(join(tmpdir(), 'manifold-place-'));
const remove = (folder: string) => rm(folder, { recursive: true, force: true });

/** Each in a place of its own, which is gone when it is closed. */
export const openPlace: Readonly<Record<PlaceName, () => Promise<Place>>> = {
  async folder() {
    const to = await temporary();
    const before = new Map<string, Covered>();
    return {
      to,
      flags: [],
      rows: async (stream) =>
        latest((await recordsIn(join(to, `${stream}.jsonl`))).map((each) => rowOf(stream, each))),
      problems: () => problemsIn(to, before),
      close: () => remove(to),
    };
  },
  async parquet() {
    const to = await temporary();
    const rows = async (stream: string) => {
      const file = await asyncBufferFromFile(join(to, `${stream}.parquet`));
      return (await parquetReadObjects({ file })).map((record) => rowOf(stream, record));
    };
    return {
      to,
      flags: ['--format', 'parquet'],
      rows,
      async problems() {
        const names = (await readdir(to)).filter((name) => name.endsWith('.parquet'));
        const read = await Promise.allSettled(names.map((name) => rows(name.slice(0, -'.parquet'.length))));
        return read.flatMap((result, index) =>
          result.status === 'rejected' ? [`${names[index]} cannot be read: ${result.reason}`] : [],
        );
      },
      close: () => remove(to),
    };
  },
  async duckdb() {
    const folder = await temporary();
    const to = join(folder, 'x.duckdb');
    const rows = async (stream: string) => (await queryDuckDb(to, rowsQuery(stream))) as unknown as Row[];
    return {
      to,
      flags: [],
      rows,
      async problems() {
        const twice = Object.keys(killedStreams).map(
          (stream) =>
            `SELECT '${stream}' AS stream, key FROM (${rowsQuery(stream)}) GROUP BY key HAVING count(*) > 1`,
        );
        const found = await queryDuckDb(to, twice.join(' UNION ALL '));
        return found.map(({ stream, key }) => `${stream} has ${key} twice`);
      },
      close: () => remove(folder),
    };
  },
  async nested() {
    const place = await openPlace.duckdb();
    return { ...place, ...inTables((sql) => queryDuckDb(place.to, sql)) };
  },
  async postgres() {
    const server = await startPostgres();
    return { ...postgresAt(server.address), close: () => server.stop() };
  },
  async 'nested-postgres'() {
    const place = await openPlace.postgres();
    return { ...place, ...inTables((sql) => queryPostgres(place.to, sql)) };
  },
};

type Query = (sql: string) => Promise<readonly Record<string, unknown>[]>;

/** What makes tables of lists, and looks at them. */
function inTables(query: Query): Pick<Place, 'flags' | 'problems'> {
  return {
    flags: ['--nested', 'tables'],
    async problems() {
      const found = await query(
        'SELECT DISTINCT stream, list, table_name FROM _manifold.columns WHERE list IS NOT NULL',
      ).catch(() => []);
      const lists = found.filter(({ stream }) => killedStreams[`${stream}`]?.key.length === 1);
      const odd = await Promise.all(lists.map((list) => oddItems(query, list)));
      return odd.flat();
    },
  };
}

/** Items are there once, without gaps, and with their record. */
async function oddItems(
  query: Query,
  { stream, table_name: table }: Record<string, unknown>,
): Promise<readonly string[]> {
  const key = `_${stream}_id`;
  const [outer] = await query(
    `SELECT count(*) AS lists FROM information_schema.columns WHERE table_name = '${table}' AND column_name LIKE '_position_%' ESCAPE ''`,
  );
  const around = Array.from({ length: Number(outer?.lists) }, (_, index) => `_position_${index + 1}`);
  const list = [key, ...around].join(', ');
  const odd = await query(
    `SELECT ${key} AS id FROM "${table}" GROUP BY ${list} HAVING count(*) <> max(_position) + 1 OR count(DISTINCT _position) <> count(*)
     UNION SELECT ${key} FROM "${table}" WHERE ${key} NOT IN (SELECT id FROM "${stream}")`,
  );
  return odd.map(({ id }) => `the items of ${stream} ${id} in ${table} are not those of one record`);
}

export function postgresAt(to: string): Omit<Place, 'close'> {
  return {
    to,
    flags: [],
    rows: async (stream) => (await queryPostgres(to, rowsQuery(stream))) as unknown as Row[],
  };
}

async function queryPostgres(to: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const { connectionString, schema } = readAddress(to);
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query(`SET search_path TO "${schema}"`);
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

function rowsQuery(stream: string): string {
  const { key, version } = killedStreams[stream] as KilledStream;
  return `SELECT ${key.map((field) => `CAST(${field} AS VARCHAR)`).join(" || '/' || ")} AS key, CAST(${version} AS VARCHAR) AS version FROM ${stream}`;
}

async function recordsIn(path: string): Promise<readonly Record<string, unknown>[]> {
  const lines = (await readFile(path, 'utf8')).split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line));
}

/** Files hold each version; of a key the last one counts. */
function latest(rows: readonly Row[]): Row[] {
  return [...new Map(rows.map((row) => [row.key, row])).values()];
}

/** What a state covered of a file when it was last looked at. */
interface Covered {
  readonly bytes: Buffer;
  readonly cursor: number;
}

/**
 * What the state covers is there, in whole lines, and what was added since the last time is nothing that was there already
 * and that a sync did not have to read again.
 */
async function problemsIn(folder: string, before: Map<string, Covered>): Promise<readonly string[]> {
  const problems: string[] = [];
  const text = await readFile(join(folder, 'state.json'), 'utf8').catch(() => '[]');
  for (const { stream, bytes } of JSON.parse(text)) {
    const { name } = stream.stream_descriptor;
    if (typeof bytes !== 'number') continue;
    const covered = (await readFile(join(folder, `${name}.jsonl`))).subarray(0, bytes);
    if (covered.length < bytes)
      problems.push(`${name} has ${covered.length} of the ${bytes} bytes that its state covers`);
    const last = before.get(name);
    const isAddedTo = last !== undefined && covered.subarray(0, last.bytes.length).equals(last.bytes);
    const [old, added] = [
      isAddedTo ? last.bytes : Buffer.alloc(0),
      covered.subarray(isAddedTo ? last.bytes.length : 0),
    ];
    const [known, news] = [old, added].map((part) => linesOf(part, `${name}.jsonl`, problems)) as [
      string[],
      string[],
    ];
    const there = new Set(known.map((line) => textOf(name, line)));
    const least = (last?.cursor ?? 0) - lookback;
    for (const line of killedStreams[name]?.isSearched ? news : []) {
      const { key, version } = rowOf(name, JSON.parse(line));
      if (there.has(textOf(name, line)) && Number(version) < least)
        problems.push(`${name} ${key} is there twice`);
    }
    before.set(name, { bytes: Buffer.from(covered), cursor: Number(stream.stream_state?.updated_at ?? 0) });
  }
  return problems;
}

const textOf = (stream: string, line: string): string => JSON.stringify(rowOf(stream, JSON.parse(line)));

function linesOf(part: Buffer, name: string, problems: string[]): string[] {
  const lines = part.toString().split('\n');
  if (lines.pop() !== '') problems.push(`what the state covers of ${name} ends inside of a line`);
  return lines;
}
