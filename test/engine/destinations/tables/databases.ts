import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { findDuckDb } from '../../../../engine/destinations/duckdb/driver.ts';
import { hasDuckDb, queryDuckDb } from '../../../kit/duckdb.ts';
import { hasPostgres, type PostgresServer, startPostgres } from '../../../kit/postgres.ts';

/** A kind of database, with a place of its own for each test. */
export interface DatabaseKind {
  readonly name: string;
  readonly isThere: boolean;
  place(): string;
  /** The schema of the place. */
  dataset(): string;
  rows(sql: string): Promise<readonly Record<string, unknown>[]>;
  /** What somebody else does to it. */
  change(sql: string): Promise<void>;
  /** What the kind calls types. */
  readonly types: Readonly<Record<string, string>>;
}

/** For the tests of the file that calls it, with a server where there is one. */
export function openDatabases(): { readonly duckDb: DatabaseKind; readonly postgres: DatabaseKind } {
  let folder: string;
  let server: PostgresServer | undefined;
  let place = 0;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tables-'));
    if (hasPostgres) server = await startPostgres();
  });
  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true });
  });
  beforeEach(() => {
    place += 1;
  });

  const duckDb: DatabaseKind = {
    name: 'DuckDB',
    isThere: hasDuckDb,
    place: () => join(folder, `${place}.duckdb`),
    dataset: () => 'main',
    rows: (sql) => queryDuckDb(duckDb.place(), sql),
    async change(sql) {
      const instance = await (await findDuckDb())?.DuckDBInstance.create(duckDb.place());
      const connection = await instance?.connect();
      await connection?.run(sql);
      connection?.closeSync();
      instance?.closeSync();
    },
    types: {},
  };

  const postgres: DatabaseKind = {
    name: 'PostgreSQL',
    isThere: hasPostgres,
    place: () => `${server?.address}&schema=t${place}`,
    dataset: () => `t${place}`,
    async rows(sql) {
      const client = new Client({ connectionString: `${server?.address}` });
      await client.connect();
      try {
        await client.query(`SET search_path TO t${place}`);
        return (await client.query(sql)).rows;
      } finally {
        await client.end();
      }
    },
    async change(sql) {
      await postgres.rows(sql);
    },
    types: {
      HUGEINT: 'numeric',
      VARCHAR: 'text',
      DOUBLE: 'double precision',
      JSON: 'jsonb',
      'TIMESTAMP WITH TIME ZONE': 'timestamp with time zone',
      TIMESTAMP: 'timestamp without time zone',
    },
  };
  return { duckDb, postgres };
}
