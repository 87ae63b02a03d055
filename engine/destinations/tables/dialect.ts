import type { ColumnType } from '../columns/column-type.ts';
import type { Column } from '../columns/columns.ts';

/** What differs between the SQL of databases. */
export interface Dialect {
  /** What this database calls a type. */
  readonly types: Readonly<Record<ColumnType, string>>;
  /** The longest name, in bytes. */
  readonly nameLimit: number;
  /** The most columns of a table. */
  readonly columnLimit: number;
  /** Names that no column may have. */
  readonly systemNames: readonly string[];
  /** Whether texts may hold the character 0. */
  readonly nul: boolean;
  /** The statement that keeps others from making the same tables just now; undefined where nobody else can. */
  readonly exclusive: string | undefined;
  /** The statement that makes a schema where there is none of that name. */
  createSchema(name: string): string;
  /** A table by its name, with the schema that it lies in. */
  table(name: string): string;
  /** The text at a path inside a JSON column. */
  inside(column: string, path: readonly string[]): string;
  /** The type of a column. */
  typeOf(column: Column): string;
  /** The value of a column as one of the wider type that it will have, nothing lost. */
  widened(name: string, from: Column, to: Column): string;
  /** Whether columns may have the types of what is nested in them. */
  readonly hasStructures: boolean;
  /** The statements that put a filled table in the place of the one that readers see. */
  swap(swap: Swap): readonly string[];
  /** The statements after a table was made, for rows to be found by these parts of its key. */
  index(table: string, key: readonly string[]): readonly string[];
}

export interface Swap {
  /** Names of tables. */
  readonly filled: string;
  readonly seen: string;
  /** Names of the columns of both. */
  readonly columns: readonly string[];
  /** What makes the columns of the one those of the other; undefined when there is no table to be seen yet. */
  readonly reshape: readonly string[] | undefined;
}

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
