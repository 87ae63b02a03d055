import type { StreamState } from '../../contract/families.ts';
import { isObject, type JsonObject } from '../../util/json/json.ts';
import { parseJson } from '../../util/json/parse-json.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import type { ColumnType } from '../columns/column-type.ts';
import type { Column } from '../columns/columns.ts';
import { kindNames, kindSet, kinds } from '../columns/kinds.ts';
import { shapeFromJson, structureOf } from '../columns/shape.ts';
import type { StreamToWrite } from '../destination.ts';
import type { Identity } from '../identity.ts';
import type { Database, Session } from './database.ts';
import { quoteText } from './dialect.ts';

/** What earlier syncs have left of a stream. */
export interface StoredStream {
  readonly table: string;
  readonly state: StreamState | undefined;
  /** The dates from which on it was read. */
  readonly start: JsonObject;
  /** By which its rows are told apart, as `keyText` writes it; undefined when an earlier version has made the table. */
  readonly key: string | undefined;
  /** Of its table; undefined when the table is gone. */
  readonly columns: readonly Column[] | undefined;
  /** Whether what is nested in its records has columns and tables of its own. */
  readonly isSplit: boolean;
  /** The tables of lists in its records. */
  readonly lists: readonly StoredList[];
}

export interface StoredList {
  /** Of the list in records. */
  readonly path: string;
  readonly table: string;
  readonly columns: readonly Column[] | undefined;
}

/** What a database knows of the syncs that filled it. */
export interface Stored {
  /** What it was filled from last. */
  readonly identity: Omit<Identity, 'start'> | undefined;
  readonly streams: ReadonlyMap<string, StoredStream>;
  /** All tables of the dataset, those of other people included. */
  readonly tables: readonly string[];
}

export const nothingStored: Stored = { identity: undefined, streams: new Map(), tables: [] };

/** The schema with the tables about the tables. */
const ownSchema = '_manifold';

const state = `${ownSchema}.state`;
const columns = `${ownSchema}.columns`;
const syncs = `${ownSchema}.syncs`;

export function createOwnTables({ dialect }: Database): readonly string[] {
  const { VARCHAR: text, TIMESTAMPTZ: moment, BIGINT: count } = dialect.types;
  return [
    ...(dialect.exclusive === undefined ? [] : [dialect.exclusive]),
    dialect.createSchema(ownSchema),
    `CREATE TABLE IF NOT EXISTS ${state} (dataset ${text}, stream ${text}, table_name ${text}, state ${text}, start ${text}, updated_at ${moment})`,
    `CREATE TABLE IF NOT EXISTS ${columns} (dataset ${text}, stream ${text}, field ${text}, column_name ${text}, type ${text}, holds ${text}, position ${count})`,
    // Columns that databases of earlier versions do not have.
    `ALTER TABLE ${columns} ADD COLUMN IF NOT EXISTS shape ${text}`,
    `ALTER TABLE ${columns} ADD COLUMN IF NOT EXISTS list ${text}`,
    `ALTER TABLE ${columns} ADD COLUMN IF NOT EXISTS table_name ${text}`,
    `ALTER TABLE ${state} ADD COLUMN IF NOT EXISTS nested ${text}`,
    `ALTER TABLE ${state} ADD COLUMN IF NOT EXISTS primary_key ${text}`,
    `CREATE TABLE IF NOT EXISTS ${syncs} (dataset ${text}, id ${text}, connector ${text}, config ${text}, started_at ${moment}, ended_at ${moment}, records ${count}, status ${text})`,
  ];
}

/** Reads what is there; of a database without these tables, nothing. */
export async function readStored(session: Session, dataset: string): Promise<Stored> {
  const known = await session.rows(
    `SELECT table_schema AS s, table_name AS t, column_name AS c FROM information_schema.columns WHERE table_schema IN (${quoteText(dataset)}, ${quoteText(ownSchema)})`,
  );
  const physical = new Map<string, Set<string>>();
  for (const { s, t, c } of known) {
    if (s !== dataset) continue;
    const table = String(t);
    physical.set(table, (physical.get(table) ?? new Set()).add(String(c)));
  }
  const tables = [...physical.keys()];
  if (!known.some(({ s, t }) => s === ownSchema && t === 'state')) return { ...nothingStored, tables };
  const where = `WHERE dataset = ${quoteText(dataset)}`;
  const columnRows = await session.rows(`SELECT * FROM ${columns} ${where} ORDER BY stream, position`);
  const stateRows = await session.rows(`SELECT * FROM ${state} ${where}`);
  const [last] = await session.rows(
    `SELECT connector, config FROM ${syncs} ${where} ORDER BY started_at DESC LIMIT 1`,
  );
  const streams = stateRows.map((row): [string, StoredStream] => {
    const stream = String(row.stream);
    const mine = columnRows.filter((column) => column.stream === stream);
    const columnsOf = (table: string, path: string) => {
      const there = physical.get(table);
      return there && mine.filter((one) => pathOf(one) === path).flatMap((one) => readColumn(one, there));
    };
    const table = String(row.table_name);
    const tablesOfLists = new Map(mine.map((one) => [pathOf(one), String(one.table_name)]));
    tablesOfLists.delete('');
    const lists = [...tablesOfLists].map(
      ([path, name]): StoredList => ({ path, table: name, columns: columnsOf(name, path) }),
    );
    const isWhole = [table, ...tablesOfLists.values()].every((name) => physical.has(name));
    return [
      stream,
      {
        table,
        // A state without its tables would keep the records away for ever.
        state: isWhole ? readObject(row.state) : undefined,
        start: readObject(row.start) ?? {},
        key: typeof row.primary_key === 'string' ? row.primary_key : undefined,
        columns: columnsOf(table, ''),
        isSplit: row.nested === 'tables',
        lists,
      },
    ];
  });
  return {
    identity: last && { connector: String(last.connector), config: String(last.config) },
    streams: new Map(streams),
    tables,
  };
}

/** Paths of the fields of a key, for its row in the table of states. */
export function keyText(key: StreamToWrite['key']): string {
  return toJsonText((key ?? []).map((path) => path.join('.'))).replaceAll('\0', '\ufffd');
}

/** Of the list whose items have the column; empty where records do. */
function pathOf({ list }: JsonObject): string {
  return typeof list === 'string' ? list : '';
}

function readColumn(row: JsonObject, there: ReadonlySet<string>): readonly Column[] {
  const name = String(row.column_name);
  // Somebody dropped it: it is added again when a record brings it.
  if (!there.has(name)) return [];
  const holds = kindSet(String(row.holds).split(','));
  const type = row.type as ColumnType;
  const shape = readObject(row.shape);
  if (shape === undefined) return [{ field: String(row.field), name, type, holds }];
  const noted = shapeFromJson(shape);
  const structure = holds === kinds.nested && noted.kinds !== 0 ? structureOf(noted) : undefined;
  return [{ field: String(row.field), name, type, holds, shape, structure }];
}

function readObject(text: unknown): JsonObject | undefined {
  const value = typeof text === 'string' ? parseJson(text) : undefined;
  return isObject(value) ? value : undefined;
}

/** A table, and the list in records whose items are its rows; empty where it is the stream's own. */
export interface SavedTable {
  readonly path: string;
  readonly table: string;
  readonly columns: readonly Column[];
}

export function saveColumns(
  dataset: string,
  stream: string,
  tables: readonly SavedTable[],
): readonly string[] {
  const rows = tables.flatMap(({ path, table, columns }) =>
    columns.map(({ field, name, type, holds, shape }, position) => {
      const texts = [
        dataset,
        stream,
        field.replaceAll('\0', '\ufffd'),
        name,
        type,
        kindNames(holds).join(','),
      ];
      const noted = shape === undefined ? 'NULL' : quoteText(toJsonText(shape));
      const list = path === '' ? 'NULL' : quoteText(path.replaceAll('\0', '\ufffd'));
      return `(${texts.map(quoteText).join(', ')}, ${position}, ${noted}, ${list}, ${quoteText(table)})`;
    }),
  );
  const remove = `DELETE FROM ${columns} WHERE dataset = ${quoteText(dataset)} AND stream = ${quoteText(stream)}`;
  return rows.length === 0
    ? [remove]
    : [
        remove,
        `INSERT INTO ${columns} (dataset, stream, field, column_name, type, holds, position, shape, list, table_name) VALUES ${rows.join(', ')}`,
      ];
}

export interface StreamRow {
  readonly stream: string;
  readonly table: string;
  readonly state: StreamState | undefined;
  readonly start: JsonObject;
  readonly key: string;
  readonly isSplit: boolean;
  /** SQL of a moment. */
  readonly now: string;
}

export function saveState(dataset: string, row: StreamRow): readonly string[] {
  const { stream, table, start, key, now, isSplit } = row;
  const text = row.state === undefined ? 'NULL' : quoteText(toJsonText(row.state));
  return [
    `DELETE FROM ${state} WHERE dataset = ${quoteText(dataset)} AND stream = ${quoteText(stream)}`,
    `INSERT INTO ${state} (dataset, stream, table_name, state, start, updated_at, nested, primary_key) VALUES (${[dataset, stream, table].map(quoteText).join(', ')}, ${text}, ${quoteText(toJsonText(start))}, ${now}, ${isSplit ? "'tables'" : 'NULL'}, ${quoteText(key)})`,
  ];
}

export interface SyncRow {
  readonly id: string;
  readonly identity: Identity;
  /** SQL of moments. */
  readonly startedAt: string;
  readonly endedAt: string;
  readonly records: number;
  readonly status: string;
}

export function saveSync(dataset: string, sync: SyncRow): readonly string[] {
  const { id, identity, startedAt, endedAt, records, status } = sync;
  const texts = [dataset, id, identity.connector, identity.config].map(quoteText).join(', ');
  return [
    `DELETE FROM ${syncs} WHERE dataset = ${quoteText(dataset)} AND id = ${quoteText(id)}`,
    `INSERT INTO ${syncs} VALUES (${texts}, ${startedAt}, ${endedAt}, ${records}, ${quoteText(status)})`,
  ];
}
