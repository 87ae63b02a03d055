import { DateTime } from 'luxon';
import { ApiError, invalid } from './error-list.ts';

export type FieldType = 'string' | 'words' | 'integer' | 'boolean' | 'date';

/** A field that search knows: its type, its value in a row (an array: any element may match), its operators. */
export interface Field<Row> {
  readonly type: FieldType;
  read(row: Row): unknown;
  /** Narrower than what the type allows. */
  readonly operators?: readonly string[];
}

/** How one kind of object is searched. */
export interface Dialect<Row> {
  field(name: string): Field<Row> | undefined;
  /**
   * `day`: dates are whole days of the time zone and know = < > only.
   * `second`: dates are exact and know = < > <= >=.
   * `orEqual`: dates are exact and > and < include the value.
   */
  readonly dates: 'day' | 'second' | 'orEqual';
  readonly timezone: string;
}

export interface Query<Row> {
  matches(row: Row): boolean;
  /** No row outside of these bounds of `updated_at` (inclusive) matches. */
  readonly from: number;
  readonly to: number;
}

const deepest = 2;
const mostFilters = 15;
const everything = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const operatorsOf = (type: FieldType, dates: Dialect<unknown>['dates']): readonly string[] => {
  switch (type) {
    case 'string':
    case 'words':
      return ['=', '!=', 'IN', 'NIN', '~', '!~', '^', '$'];
    case 'boolean':
      return ['=', '!=', 'IN', 'NIN'];
    case 'integer':
      return ['=', '!=', 'IN', 'NIN', '<', '>', '<=', '>='];
    case 'date':
      if (dates === 'day') return ['=', '<', '>'];
      return dates === 'second' ? ['=', '<', '>', '<=', '>='] : ['=', '!=', 'IN', 'NIN', '<', '>'];
  }
};

/** The value as the field's type wants it; null stays null. */
const typed = (type: FieldType, value: unknown, name: string): string | number | boolean | null => {
  if (value === null) return null;
  if (type === 'boolean') {
    if (value === true || value === 'true') return true;
    if (value === false || value === 'false') return false;
  } else if (type === 'integer' || type === 'date') {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number === 'number' && Number.isFinite(number)) return number;
  } else if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw invalid(`${JSON.stringify(value)} is not a valid value for ${name}`, name);
};

/** Bounds (inclusive) that a date must have, so that every operator on dates is one comparison. */
const dateBounds = (
  operator: string,
  value: number,
  dialect: Pick<Dialect<unknown>, 'dates' | 'timezone'>,
) => {
  if (dialect.dates === 'day') {
    const start = DateTime.fromSeconds(value, { zone: dialect.timezone }).startOf('day');
    const day = start.toUnixInteger();
    const nextDay = start.plus({ days: 1 }).toUnixInteger();
    if (operator === '=') return { from: day, to: nextDay - 1 };
    return operator === '>' ? { ...everything, from: nextDay } : { ...everything, to: day - 1 };
  }
  const orEqual = dialect.dates === 'orEqual' || operator.length === 2;
  if (operator === '=') return { from: value, to: value };
  if (operator.startsWith('>')) return { ...everything, from: orEqual ? value : value + 1 };
  return { ...everything, to: orEqual ? value : value - 1 };
};

const textTests: Record<string, (have: string, want: string) => boolean> = {
  '~': (have, want) => have.toLowerCase().includes(want.toLowerCase()),
  '^': (have, want) => have.toLowerCase().startsWith(want.toLowerCase()),
  $: (have, want) => have.toLowerCase().endsWith(want.toLowerCase()),
};

const compileFilter = <Row>(filter: Record<string, unknown>, dialect: Dialect<Row>): Query<Row> => {
  const name = String(filter.field);
  const operator = String(filter.operator);
  const field = dialect.field(name);
  if (!field)
    throw new ApiError(400, 'invalid_field', `${name} is not a valid search field`, { field: name });
  const allowed = field.operators ?? operatorsOf(field.type, dialect.dates);
  if (!allowed.includes(operator)) {
    throw new ApiError(400, 'invalid_operator', `${operator} is not a valid operator for ${name}`, {
      field: name,
    });
  }
  const has = (row: Row, test: (value: unknown) => boolean): boolean => {
    const value = field.read(row);
    return Array.isArray(value) ? value.some(test) : test(value ?? null);
  };

  if (operator === 'IN' || operator === 'NIN') {
    if (!Array.isArray(filter.value)) throw invalid(`${operator} needs an array of values`, name);
    const wanted = new Set<unknown>(filter.value.map((value) => typed(field.type, value, name)));
    const included = operator === 'IN';
    return { ...everything, matches: (row) => has(row, (value) => wanted.has(value)) === included };
  }
  const wanted = typed(field.type, filter.value, name);
  if (field.type === 'date' && typeof wanted === 'number' && operator !== '!=') {
    const { from, to } = dateBounds(operator, wanted, dialect);
    const matches = (row: Row): boolean =>
      has(row, (value) => typeof value === 'number' && value >= from && value <= to);
    return name === 'updated_at' ? { matches, from, to } : { ...everything, matches };
  }
  if (operator === '=' || operator === '!=') {
    const equal = operator === '=';
    return { ...everything, matches: (row) => has(row, (value) => value === wanted) === equal };
  }
  if (field.type === 'integer') {
    if (wanted === null) throw invalid(`${operator} needs a number`, name);
    const compare: Record<string, (value: number) => boolean> =
      dialect.dates === 'orEqual'
        ? { '>': (value) => value >= Number(wanted), '<': (value) => value <= Number(wanted) }
        : { '>': (value) => value > Number(wanted), '<': (value) => value < Number(wanted) };
    compare['>='] = (value) => value >= Number(wanted);
    compare['<='] = (value) => value <= Number(wanted);
    const test = compare[operator];
    return {
      ...everything,
      matches: (row) => has(row, (value) => typeof value === 'number' && test?.(value) === true),
    };
  }
  const negated = operator === '!~';
  const test = textTests[negated ? '~' : operator];
  const text = String(wanted ?? '');
  return {
    ...everything,
    matches: (row) =>
      has(row, (value) => typeof value === 'string' && test?.(value, text) === true) !== negated,
  };
};

const compile = <Row>(node: unknown, dialect: Dialect<Row>, depth: number): Query<Row> => {
  if (!isObject(node))
    throw invalid('a query is an object with field, operator and value, or with operator and value');
  if (node.field !== undefined) return compileFilter(node, dialect);
  if (node.operator !== 'AND' && node.operator !== 'OR')
    throw invalid(`${String(node.operator)} is not AND or OR`);
  if (depth >= deepest) throw invalid(`Filters can be nested ${deepest} deep at most`);
  if (!Array.isArray(node.value) || node.value.length === 0)
    throw invalid(`${node.operator} needs an array of filters`);
  if (node.value.length > mostFilters) throw invalid(`A group has ${mostFilters} filters at most`);
  const parts = node.value.map((part) => compile(part, dialect, depth + 1));
  const froms = parts.map((part) => part.from);
  const tos = parts.map((part) => part.to);
  return node.operator === 'AND'
    ? {
        matches: (row) => parts.every((part) => part.matches(row)),
        from: Math.max(...froms),
        to: Math.min(...tos),
      }
    : {
        matches: (row) => parts.some((part) => part.matches(row)),
        from: Math.min(...froms),
        to: Math.max(...tos),
      };
};

/** Reads the `query` of a search body; throws the 400 that Intercom answers when it is not one. */
export function compileQuery<Row>(query: unknown, dialect: Dialect<Row>): Query<Row> {
  if (query === undefined || query === null) {
    throw new ApiError(400, 'parameter_not_found', 'query is a required parameter', { field: 'query' });
  }
  return compile(query, dialect, 0);
}
