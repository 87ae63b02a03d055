import type { ColumnType } from '../columns/column-type.ts';
import { type Dialect, quoteName, quoteText } from '../tables/dialect.ts';

const types: Readonly<Record<ColumnType, string>> = {
  BOOLEAN: 'boolean',
  BIGINT: 'bigint',
  HUGEINT: 'numeric',
  DOUBLE: 'double precision',
  DATE: 'date',
  TIMESTAMP: 'timestamp',
  TIMESTAMPTZ: 'timestamptz',
  VARCHAR: 'text',
  JSON: 'jsonb',
};

/** IF NOT EXISTS asks for the right to make schemas even where there is one already, which somebody else may have made. */
export function createSchema(name: string): string {
  return `DO $do$ BEGIN IF NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = ${quoteText(name)}) THEN CREATE SCHEMA IF NOT EXISTS ${quoteName(name)}; END IF; END $do$`;
}

/** The SQL of PostgreSQL, for the tables of one schema. */
export function postgresDialect(schema: string): Dialect {
  const table = (name: string) => `${quoteName(schema)}.${quoteName(name)}`;
  return {
    types,
    nameLimit: 63,
    // One less for each column that only the tables have in which rows wait.
    columnLimit: 1597,
    systemNames: ['ctid', 'tableoid', 'xmin', 'xmax', 'cmin', 'cmax'],
    nul: false,
    // Until the transaction ends: two that make a table at once fail, also with IF NOT EXISTS.
    createSchema,
    exclusive: 'SELECT pg_advisory_xact_lock(7265676973)',
    table,
    inside: (column, path) => `(${column} #>> ARRAY[${path.map(quoteText).join(', ')}])`,
    hasStructures: false,
    typeOf: ({ type }) => types[type],
    widened(column, { type: from }, { type: to }) {
      if (to === 'VARCHAR') return asText(column, from);
      if (to === 'JSON') return `to_jsonb(${isTime(from) ? asText(column, from) : column})`;
      return `CAST(${column} AS ${types[to]})`;
    },
    /** Views, grants and indexes belong to the table that readers see, so it stays, and its rows go. */
    swap({ filled, seen, columns, reshape }) {
      if (reshape === undefined) return [`ALTER TABLE ${table(filled)} RENAME TO ${quoteName(seen)}`];
      const names = columns.map(quoteName).join(', ');
      return [
        ...reshape,
        `TRUNCATE ${table(seen)}`,
        `INSERT INTO ${table(seen)} (${names}) SELECT ${names} FROM ${table(filled)}`,
        `DROP TABLE ${table(filled)}`,
      ];
    },
    index: (name, key) =>
      key.length === 0
        ? []
        : [
            `CREATE INDEX ON ${table(name)} (${key.map((part) => (part.startsWith('"') ? part : `(${part})`)).join(', ')})`,
          ],
  };
}

/** As JSON, and so the records that come later, would write it. */
function asText(column: string, type: ColumnType): string {
  switch (type) {
    case 'TIMESTAMP':
      return `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.US')`;
    case 'TIMESTAMPTZ':
      return `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
    default:
      return `CAST(${column} AS text)`;
  }
}

function isTime(type: ColumnType): boolean {
  return type === 'DATE' || type === 'TIMESTAMP' || type === 'TIMESTAMPTZ';
}
