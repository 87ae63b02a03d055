import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { ConnectorError } from '../../error/connector-error.ts';
import { messageOf } from '../../util/text/message-of.ts';
import type { Column } from '../columns/columns.ts';
import type { SpooledFile } from '../spool/spool.ts';
import { changedByHand, type Database, type Session, StatementError } from '../tables/database.ts';
import { quoteName, quoteText } from '../tables/dialect.ts';
import { connect } from './connect.ts';
import { createSchema, postgresDialect } from './dialect.ts';
import type { PostgresAddress } from './read-address.ts';

/**
 * A schema of a PostgreSQL database, over one connection, which holds an advisory lock: one sync at a time writes to it.
 * Throws ConnectorError (config_error) when there is no connection, or another sync has the lock.
 */
export async function openPostgres(address: PostgresAddress, dryRun = false): Promise<Database> {
  const { schema, name } = address;
  const client = await connect(address);
  let broken: unknown;
  client.on('error', (error) => {
    broken ??= error;
  });
  const session = sessionOf(client, name);
  try {
    await lock(session, schema, name);
    if (!dryRun) await session.run(createSchema(schema));
  } catch (error) {
    await client.end();
    throw explained(error, name);
  }
  return {
    name,
    dataset: schema,
    dialect: postgresDialect(schema),
    // A table that has deferred constraints cannot get columns after rows in the same transaction.
    isNew: false,
    loadsEarly: false,
    async transaction(work) {
      if (broken !== undefined) throw explained(broken, name);
      try {
        await session.run('BEGIN');
        const result = await work(session);
        await session.run('COMMIT');
        return result;
      } catch (error) {
        await session.run('ROLLBACK').catch(() => {});
        throw explained(error, name);
      }
    },
    close: () => client.end(),
  };
}

async function lock(session: Session, schema: string, name: string): Promise<void> {
  const key = `hashtextextended(${quoteText(`manifold ${schema}`)}, 0)`;
  const [row] = await session.rows(`SELECT pg_try_advisory_lock(${key}) AS held`);
  if (row?.held === true) return;
  throw new ConnectorError(
    `Another sync is writing to ${name}. Wait until it has ended, or write into another schema: ?schema=NAME at the end of the address.`,
    { kind: 'config_error' },
  );
}

const inTheWay =
  ' Something made of the table, such as a view, stands in the way: drop it, sync, and make it again.';

const nextGoesOn = ' What is committed stays: the next sync goes on from there.';
/** The server has gone or goes, PostgreSQL's codes and Node's. */
const isConnection = /^(08|57P|E[A-Z]+$|$)/;

/** What to do, by PostgreSQL's codes of errors. */
const hints: Readonly<Record<string, string>> = {
  '0A000': inTheWay,
  '2BP01': inTheWay,
  '42501':
    ' The user of the address lacks that right. Grant it, or have the schema of the address and "_manifold" made for it: CREATE SCHEMA "_manifold" AUTHORIZATION …',
  '53100': ' The disk of the server is full: nothing of this commit is kept. Make room, and sync again.',
  '54000':
    ' A row of PostgreSQL holds 8 kB beside long texts: leave fields out with --select, or write into a DuckDB file.',
};

/**
 * Classes of PostgreSQL's codes that tell of the rows or tables of a statement: what it does not do, data, constraints,
 * privileges on existing objects, names and types, limits, objects that are in use.
 */
const ofStatements = /^(0A|21|22|23|2B|42|44|54|55)/;

function explained(error: unknown, name: string): unknown {
  if (error instanceof ConnectorError) return error;
  const { code = '', detail } = error as { readonly code?: string; readonly detail?: string };
  const isOfStatement = ofStatements.test(code);
  const hint = hints[code] ?? (isOfStatement ? changedByHand : isConnection.test(code) ? nextGoesOn : '');
  const message = `${name} did not take the records: ${messageOf(error)}.${detail === undefined ? '' : ` ${detail.replace(/\.?$/, '.')}`}${hint}`;
  return isOfStatement
    ? new StatementError(message, { kind: 'config_error', cause: error })
    : new ConnectorError(message, { cause: error });
}

function sessionOf(client: Client, name: string): Session {
  async function trying<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw explained(error, name);
    }
  }
  return {
    run: (sql) =>
      trying(async () => {
        await client.query(sql);
      }),
    rows: (sql) => trying(async () => (await client.query(sql)).rows),
    load: (table, files, columns) =>
      trying(async () => {
        const lines = `${table}_lines`;
        await client.query(
          `CREATE TEMP TABLE ${lines} (n bigint GENERATED ALWAYS AS IDENTITY, line jsonb) ON COMMIT DROP`,
        );
        for (const file of files) await copyLines(client, lines, file);
        await client.query(`CREATE TEMP TABLE ${table} ON COMMIT DROP AS ${selectFromLines(lines, columns)}`);
        await client.query(`DROP TABLE ${lines}`);
        // Without it the planner takes a table of a million rows for a small one.
        await client.query(`ANALYZE ${table}`);
      }),
  };
}

/** JSON has no control characters outside of escapes, so these two never meet: a line is one value as it stands. */
const verbatim = `FORMAT csv, QUOTE e'\\x01', DELIMITER e'\\x02'`;

async function copyLines(client: Client, table: string, { path }: SpooledFile): Promise<void> {
  await pipeline(
    createReadStream(path, { highWaterMark: 256 * 1024 }),
    client.query(copyFrom(`COPY ${table} (line) FROM STDIN WITH (${verbatim})`)),
  );
}

function selectFromLines(lines: string, columns: readonly Column[]): string {
  const { types } = postgresDialect('');
  const typed = columns.map(({ name, type }) => `${quoteName(name)} ${types[type]}`).join(', ');
  return `SELECT l.n AS _manifold_n, r.* FROM ${lines} l, jsonb_to_record(l.line) AS r(${typed})`;
}
