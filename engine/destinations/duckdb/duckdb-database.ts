import type { JsonObject } from '../../util/json/json.ts';
import { messageOf } from '../../util/text/message-of.ts';
import type { Column } from '../columns/columns.ts';
import type { SpooledFile } from '../spool/spool.ts';
import { changedByHand, type Database, type Session, StatementError } from '../tables/database.ts';
import { quoteName, quoteText } from '../tables/dialect.ts';
import { duckDbDialect } from './dialect.ts';
import { directMerge } from './direct-merge.ts';
import { type DuckDb, type DuckDbConnection, loadDuckDb } from './driver.ts';
import { broken, openError } from './errors.ts';

/**
 * A DuckDB file. It is open during transactions only, so that others can look at it while a sync goes on: DuckDB lets no
 * process read what another one has open for writing. When `giveUp` aborts, the statement that runs ends with an error, and nothing of its
 * transaction is kept: the threads that work on it would keep the process from ending.
 */
export async function openDuckDb(path: string, giveUp?: AbortSignal): Promise<Database> {
  const duckDb = await loadDuckDb(path);
  let memory = usualMemory;
  async function transaction<T>(work: (session: Session) => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await inTransaction(duckDb, path, { memory, giveUp }, work);
      } catch (error) {
        if (memory >= mostMemory || !/Out of Memory Error/.test(messageOf(error))) throw error;
        memory *= 4;
      }
    }
  }
  return {
    name: path,
    dataset: 'main',
    dialect: duckDbDialect,
    loadsEarly: true,
    transaction,
    async close() {},
  };
}

/**
 * Megabytes, enough for most commits: what does not fit goes to a temporary file. Very wide tables and very long records
 * cannot, and get more.
 */
const usualMemory = 128;
const mostMemory = 8192;

/**
 * DuckDB writes rows in groups while they come, but the last group once it is committed, and anew with each commit that adds
 * to it. With the usual 122,880 rows to a group that is most of the work, and at the end of a sync. Groups of another size
 * are read by all versions.
 */
const rowGroup = 30_720;

/** A database that is opened by itself has groups of the usual size. */
function attach(path: string): string {
  return `ATTACH ${quoteText(path)} AS file (TYPE duckdb, ROW_GROUP_SIZE ${rowGroup})`;
}

async function inTransaction<T>(
  duckDb: DuckDb,
  path: string,
  { memory, giveUp }: { readonly memory: number; readonly giveUp: AbortSignal | undefined },
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const instance = await duckDb.DuckDBInstance.create(':memory:', {
    memory_limit: `${memory}MB`,
    temp_directory: `${path}.tmp`,
    // A second thread would take twice the CPU for the same rows, from the reading that goes on meanwhile.
    threads: '1',
  });
  try {
    const connection = await instance.connect();
    await connection.run(attach(path)).catch(async (error) => {
      throw await openError(error, path);
    });
    await connection.run('USE file');
    const stopInterrupting = interruptOn(giveUp, connection);
    try {
      giveUp?.throwIfAborted();
      await connection.run('BEGIN');
      const session = sessionOf(connection, path);
      const result = await work(session);
      giveUp?.throwIfAborted();
      await session.run('COMMIT');
      // Closing would do it too, but keep this thread waiting. Without it the rows are safe all the same.
      await connection.run('CHECKPOINT').catch(() => {});
      return result;
    } finally {
      stopInterrupting();
      // What was not committed is rolled back.
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
  }
}

/** Again and again, since a statement that is about to begin does not notice. Returns how to stop that. */
function interruptOn(giveUp: AbortSignal | undefined, connection: DuckDbConnection): () => void {
  let timer: NodeJS.Timeout | undefined;
  const interrupt = () => {
    connection.interrupt();
    timer ??= setInterval(interrupt, 50);
  };
  giveUp?.addEventListener('abort', interrupt);
  return () => {
    clearInterval(timer);
    giveUp?.removeEventListener('abort', interrupt);
  };
}

/** What is no fault of a statement: the disk is full, or DuckDB itself is broken. */
const ofTheWhole =
  /^(IO|Internal|INTERNAL|Fatal|FATAL|TransactionContext|Interrupt|Connection|Serialization) Error/i;

/** Rows that break a rule, which came out at the end of their transaction. */
const ofRows = /Failed to commit:.*\b(constraint|duplicate key)/is;

const inTheWay =
  ' Something made of the table, such as a view or an index, stands in the way: drop it, sync, and make it again.';

function sessionOf(connection: DuckDbConnection, path: string): Session {
  async function trying<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (cause) {
      const text = messageOf(cause).trim();
      if (ofTheWhole.test(text) && !ofRows.test(text)) throw broken(path, text, cause);
      const hint = /^Dependency Error/.test(text) ? inTheWay : changedByHand;
      throw new StatementError(`${path} did not take the records: ${text}${hint}`, {
        kind: 'config_error',
        cause,
      });
    }
  }
  async function run(sql: string): Promise<void> {
    await trying(() => connection.run(sql));
  }
  async function rows(sql: string): Promise<readonly JsonObject[]> {
    return (await trying(() => connection.runAndReadAll(sql))).getRowObjectsJson();
  }
  let rowIdColumns: Promise<readonly JsonObject[]> | undefined;
  /** A column of that name hides the numbers of rows. Asked once for all tables: such columns are rare. */
  async function areRowIdsHidden(): Promise<boolean> {
    rowIdColumns ??= rows(
      `SELECT 1 FROM duckdb_columns() WHERE NOT internal AND lower(column_name) = 'rowid'`,
    );
    return (await rowIdColumns).length > 0;
  }
  return {
    run,
    rows,
    load: (name, files, columns) =>
      run(
        `CREATE TEMP TABLE ${name} AS SELECT row_number() OVER () AS _manifold_n, * FROM (${selectFromFiles(files, columns)})`,
      ),
    async merge(into, files) {
      const hides = into.columns.some(({ name }) => name.toLowerCase() === 'rowid');
      if (hides || (!into.isNew && (await areRowIdsHidden()))) return false;
      for (const sql of directMerge(into, selectFromFiles(files, into.columns))) await run(sql);
      return true;
    },
  };
}

/** Reads JSON lines with typed columns, by DuckDB's own threads; with one thread in their order. */
function selectFromFiles(files: readonly SpooledFile[], columns: readonly Column[]): string {
  const types = columns.map(
    (column) =>
      `${quoteName(column.name)}: ${quoteText(isTime(column.type) ? 'VARCHAR' : duckDbDialect.typeOf(column))}`,
  );
  const values = columns.map(({ name, type }) =>
    isTime(type) ? `CAST(${quoteName(name)} AS ${type}) AS ${quoteName(name)}` : quoteName(name),
  );
  const source = `read_json([${files.map(({ path }) => quoteText(path)).join(', ')}], format = 'newline_delimited', auto_detect = false, maximum_object_size = ${Math.max(usualObject, ...files.map(({ longest }) => longest))}, columns = {${types.join(', ')}})`;
  return `SELECT ${values.join(', ')} FROM ${source}`;
}

/** Bytes that a record may have. DuckDB allocates a buffer of twice that for each thread. */
const usualObject = 1024 * 1024;

function isTime(type: string): boolean {
  return type === 'DATE' || type === 'TIMESTAMP' || type === 'TIMESTAMPTZ';
}
