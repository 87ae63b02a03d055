import { access } from 'node:fs/promises';
import { loadDuckDb } from '../destinations/duckdb/driver.ts';
import { openError } from '../destinations/duckdb/errors.ts';
import { Busy } from '../destinations/tables/database.ts';
import { ConnectorError, isConnectorError } from '../error/connector-error.ts';
import { isObject, type JsonObject } from '../util/json/json.ts';
import { toJsonText } from '../util/json/to-json-text.ts';
import { messageOf } from '../util/text/message-of.ts';
import type { Environment } from './environment.ts';
import { textTable } from './text-table.ts';

export interface QueryOptions {
  /** A line of JSON for each row. */
  readonly json?: boolean;
}

/** `query`: what an SQL statement finds in a DuckDB file, which stays as it is. */
export async function query(
  path: string,
  sql: string,
  { json }: QueryOptions,
  { write, isReadByPerson }: Environment,
): Promise<number> {
  const rows = await queryRows(path, sql);
  const asLines = json === true || (json === undefined && isReadByPerson === false);
  await write(asLines ? rows.map((row) => `${toJsonText(row)}\n`).join('') : rowsTable(rows));
  return 0;
}

/** Throws ConnectorError (config_error) when there is no such file, or the statement is refused. */
export async function queryRows(path: string, sql: string): Promise<readonly JsonObject[]> {
  await access(path).catch((cause) => {
    throw new ConnectorError(`There is no file ${path}. "manifold sync --to ${path}" makes it.`, {
      kind: 'config_error',
      cause,
    });
  });
  const { DuckDBInstance } = await loadDuckDb(path);
  try {
    const instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' }).catch(async (error) => {
      throw await openError(error, path);
    });
    try {
      const connection = await instance.connect();
      try {
        return (await connection.runAndReadAll(sql)).getRowObjectsJson();
      } finally {
        connection.closeSync();
      }
    } finally {
      instance.closeSync();
    }
  } catch (cause) {
    if (isConnectorError(cause)) throw cause;
    const hint = cause instanceof Busy ? ' A sync has it open only while it commits: try again.' : '';
    throw new ConnectorError(`${messageOf(cause)}${hint}`, { kind: 'config_error', cause });
  }
}

/** Rows as people read them. */
export function rowsTable(rows: readonly JsonObject[]): string {
  const [first] = rows;
  if (first === undefined) return 'No rows.\n';
  const head = Object.keys(first);
  return textTable({
    head,
    rows: rows.map((row) => head.map((name) => cell(row[name]))),
    // DuckDB gives whole numbers as texts, so that they keep their digits.
    isRight: head.map((name) =>
      rows.every((row) => row[name] === null || /^-?[\d.]+$/.test(String(row[name]))),
    ),
  });
}

const longest = 80;

function cell(value: unknown): string {
  if (value === null) return '';
  const text = isObject(value) || Array.isArray(value) ? toJsonText(value) : String(value);
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}
