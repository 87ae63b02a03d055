import type { JsonObject } from '../../util/json/json.ts';
import { messageOf } from '../../util/text/message-of.ts';
import type { Column } from '../columns/columns.ts';
import { isThere } from '../is-there.ts';
import type { SpooledFile } from '../spool/spool.ts';
import {
  changedByHand,
  type Database,
  type DirectRows,
  type Session,
  StatementError,
} from '../tables/database.ts';
import { quoteName, quoteText } from '../tables/dialect.ts';
import { appendStatement, lastRowQuery, removeFormerStatements } from './append-rows.ts';
import { duckDbDialect } from './dialect.ts';
import { type DuckDb, type DuckDbConnection, type DuckDbInstance, loadDuckDb } from './driver.ts';
import { broken, openError } from './errors.ts';

/**
 * A DuckDB file. It is open during transactions only, so that others can look at it while a sync goes on: DuckDB lets no
 * process read what another one has open for writing. When `giveUp` aborts, the statement that runs ends with an error, and nothing of its
 * transaction is kept: the threads that work on it would keep the process from ending.
 */
export async function openDuckDb(path: string, giveUp?: AbortSignal): Promise<Database> {
  const duckDb = await loadDuckDb(path);
  const isNew = !(await isThere(path));
  const instances = createInstances(duckDb, path);
  let memory = usualMemory;
  // What is not there need not be read, so this goes on beside the first requests.
  if (isNew) instances.prepare(memory);
  async function transaction<T>(work: (session: Session) => Promise<T>): Promise<T> {
    for (;;) {
      const instance = await instances.take(memory);
      try {
        const { result, isFree } = await inTransaction(instance, path, giveUp, work);
        if (isFree) instances.giveBack(instance);
        else instance.closeSync();
        return result;
      } catch (error) {
        instance.closeSync();
        if (memory >= mostMemory || !/Out of Memory Error/.test(messageOf(error))) throw error;
        memory *= 4;
      }
    }
  }
  return {
    name: path,
    dataset: 'main',
    dialect: duckDbDialect,
    isNew,
    loadsEarly: true,
    transaction,
    close: instances.close,
  };
}

/**
 * Megabytes, enough for most commits: what does not fit goes to a temporary file. Very wide tables and very long records
 * cannot, and get more.
 */
const usualMemory = 128;
const mostMemory = 8192;

/** DuckDBs without a file: one transaction after the other opens it in the same one, which is made in 15 ms. */
interface Instances {
  /** Makes one for the first who takes it. */
  prepare(memory: number): void;
  /** With so many megabytes. It is given back, or closed. */
  take(memory: number): Promise<DuckDbInstance>;
  giveBack(instance: DuckDbInstance): void;
  close(): Promise<void>;
}

function createInstances(duckDb: DuckDb, path: string): Instances {
  let next: Promise<DuckDbInstance> | undefined;
  /** A folder for what does not fit into memory, which goes when the instance is closed. */
  const putAside = `${path}.tmp`;
  const create = (memory: number) =>
    duckDb.DuckDBInstance.create(':memory:', {
      memory_limit: `${memory}MB`,
      temp_directory: putAside,
      // A second thread would take twice the CPU for the same rows, from the reading that goes on meanwhile.
      threads: '1',
    });
  return {
    prepare(memory) {
      next = create(memory);
      // It is told to who takes it.
      next.catch(() => {});
    },
    async take(memory) {
      const taken = next ?? create(memory);
      next = undefined;
      return taken;
    },
    giveBack(instance) {
      next = Promise.resolve(instance);
    },
    async close() {
      const last = await next?.catch(() => undefined);
      next = undefined;
      if (last === undefined) return;
      if (await isThere(putAside)) last.closeSync();
      // That takes 25 ms after much was written, and mostly the process ends before.
      else setTimeout(() => last.closeSync(), 1000).unref();
    },
  };
}

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

interface Committed<T> {
  readonly result: T;
  /** Whether the instance has let go of the file. */
  readonly isFree: boolean;
}

/** After an error the instance has to be closed, which rolls back what was not committed. */
async function inTransaction<T>(
  instance: DuckDbInstance,
  path: string,
  giveUp: AbortSignal | undefined,
  work: (session: Session) => Promise<T>,
): Promise<Committed<T>> {
  const connection = await instance.connect();
  const stopInterrupting = interruptOn(giveUp, connection);
  try {
    await connection.run(attach(path)).catch(async (error) => {
      throw await openError(error, path);
    });
    await connection.run('USE file');
    giveUp?.throwIfAborted();
    await connection.run('BEGIN');
    const session = sessionOf(connection, path);
    const result = await work(session);
    giveUp?.throwIfAborted();
    await session.run('COMMIT');
    return { result, isFree: await letGo(connection) };
  } finally {
    stopInterrupting();
    connection.closeSync();
  }
}

/** False where that did not go well: closing the instance does it too, but keeps this thread waiting. The rows are safe all the same. */
async function letGo(connection: DuckDbConnection): Promise<boolean> {
  try {
    for (const sql of ['CHECKPOINT', 'USE memory', 'DETACH file']) await connection.run(sql);
    return true;
  } catch {
    return false;
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
  /** Of the tables that rows were added to, what came last, and the last row from before. */
  const appended = new Map<string, { readonly rows: DirectRows; readonly after: string | undefined }>();
  return {
    run,
    rows,
    load: (name, files, columns) =>
      run(
        `CREATE TEMP TABLE ${name} AS SELECT row_number() OVER () AS _manifold_n, * FROM (${selectFromFiles(files, columns)})`,
      ),
    async append(into, files) {
      const { target, columns, isNew } = into;
      const known = appended.get(target);
      if (columns.some(({ name }) => name.toLowerCase() === 'rowid')) return false;
      if (known === undefined && !isNew && (await areRowIdsHidden())) return false;
      const [row] = known === undefined && !isNew ? await rows(lastRowQuery(target)) : [];
      appended.set(target, {
        rows: into,
        after: known === undefined ? row && String(row.last) : known.after,
      });
      await run(appendStatement(into, selectFromFiles(files, columns)));
      return true;
    },
    async removeFormer(target) {
      const known = appended.get(target);
      if (known === undefined) return;
      appended.delete(target);
      for (const sql of removeFormerStatements(known.rows, known.after)) await run(sql);
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
