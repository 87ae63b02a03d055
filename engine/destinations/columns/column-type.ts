import { kinds } from './kinds.ts';

/** The types of columns, in the words of DuckDB; each dialect has its own for them. */
export type ColumnType =
  | 'BOOLEAN'
  | 'BIGINT'
  | 'HUGEINT'
  | 'DOUBLE'
  | 'DATE'
  | 'TIMESTAMP'
  | 'TIMESTAMPTZ'
  | 'VARCHAR'
  | 'JSON';

const numbers = kinds.integer | kinds.long | kinds.huge | kinds.endless | kinds.double;

/**
 * The narrowest type that holds all of these kinds without losing any of it; undefined for none. Whole numbers and
 * fractions share a DOUBLE only where it holds each of the whole ones exactly.
 */
export function typeFor(set: number): ColumnType | undefined {
  if (set === 0) return undefined;
  if ((set & kinds.nested) !== 0) return 'JSON';
  if (set === kinds.boolean) return 'BOOLEAN';
  if (set === kinds.date) return 'DATE';
  if (set === kinds.datetime) return 'TIMESTAMP';
  if (set === kinds.instant) return 'TIMESTAMPTZ';
  if ((set & ~numbers) !== 0) return 'VARCHAR';
  if ((set & kinds.endless) !== 0) return 'VARCHAR';
  if ((set & kinds.double) !== 0) return (set & (kinds.long | kinds.huge)) === 0 ? 'DOUBLE' : 'VARCHAR';
  return (set & kinds.huge) !== 0 ? 'HUGEINT' : 'BIGINT';
}
