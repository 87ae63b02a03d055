import type { ColumnType } from '../columns/column-type.ts';
import type { Column } from '../columns/columns.ts';
import type { Structure } from '../columns/shape.ts';
import { type Dialect, quoteName, quoteText } from '../tables/dialect.ts';
import { restructured, structureType } from './structures.ts';

const types: Readonly<Record<ColumnType, string>> = {
  BOOLEAN: 'BOOLEAN',
  BIGINT: 'BIGINT',
  HUGEINT: 'HUGEINT',
  DOUBLE: 'DOUBLE',
  DATE: 'DATE',
  TIMESTAMP: 'TIMESTAMP',
  TIMESTAMPTZ: 'TIMESTAMPTZ',
  VARCHAR: 'VARCHAR',
  JSON: 'JSON',
};

/** The SQL of DuckDB. No primary keys: they slow every write down, and forbid to widen their columns. */
export const duckDbDialect: Dialect = {
  types,
  nameLimit: 255,
  columnLimit: Number.POSITIVE_INFINITY,
  systemNames: [],
  nul: true,
  // The file is open here, and nowhere else.
  exclusive: undefined,
  createSchema: (name) => `CREATE SCHEMA IF NOT EXISTS ${quoteName(name)}`,
  table: (name) => `main.${quoteName(name)}`,
  inside: (column, path) =>
    `json_extract_string(${column}, ${quoteText(`$${path.map((part) => `.${JSON.stringify(part)}`).join('')}`)})`,
  hasStructures: true,
  typeOf: ({ type, structure }) => (structure === undefined ? types[type] : structureType(structure)),
  widened: (name, from, to) => restructured(name, structureOfColumn(from), structureOfColumn(to), widened),
  swap: ({ filled, seen }) => [
    `DROP TABLE IF EXISTS main.${quoteName(seen)}`,
    `ALTER TABLE main.${quoteName(filled)} RENAME TO ${quoteName(seen)}`,
  ],
  index: () => [],
};

function structureOfColumn({ type, structure }: Column): Structure {
  return structure ?? { kind: 'scalar', type };
}

function widened(value: string, from: ColumnType, to: ColumnType): string {
  if (to === 'VARCHAR') return asText(value, from);
  if (to !== 'JSON') return `CAST(${value} AS ${to})`;
  return isQuoted(from) ? `to_json(${asText(value, from)})` : `CAST(${asText(value, from)} AS JSON)`;
}

/** As JSON, and so the records that come later, would write it. */
function asText(column: string, type: ColumnType): string {
  switch (type) {
    case 'DOUBLE':
      return `regexp_replace(CAST(${column} AS VARCHAR), '\\.0$', '')`;
    case 'TIMESTAMP':
      return `strftime(${column}, '%Y-%m-%dT%H:%M:%S.%f')`;
    case 'TIMESTAMPTZ':
      return `strftime(${column} AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%S.%fZ')`;
    default:
      return `CAST(${column} AS VARCHAR)`;
  }
}

function isQuoted(type: ColumnType): boolean {
  return ['VARCHAR', 'DATE', 'TIMESTAMP', 'TIMESTAMPTZ'].includes(type);
}
