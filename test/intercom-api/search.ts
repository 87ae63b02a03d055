import { ApiError } from './error-list.ts';
import { decodeCursor, encodeCursor, wholeNumber } from './paging.ts';
import type { JsonObject } from './rows.ts';
import { compileQuery, type Dialect } from './search-query.ts';
import { compareIds, type Indexed, type Table } from './table.ts';

/** What faults do to search: an index that is behind by some seconds, and results in no order. */
export interface SearchFaults {
  readonly lagSeconds: number;
  /** `created`: only new rows are missing. `some`: what happened to every other row is seen at once. */
  readonly lagOf: 'all' | 'created' | 'some';
  readonly unordered: boolean;
}

export interface SearchRequest<Row extends Indexed> {
  readonly table: Table<Row>;
  readonly dialect: Dialect<Row>;
  /** Names all that the result depends on beside the table and the body: version, time zone. */
  readonly key: string;
  readonly query: unknown;
  /** Rows that can be found at all; what it depends on belongs into `key`. */
  readonly only?: (row: Row) => boolean;
  readonly sort: unknown;
  readonly perPage: unknown;
  readonly startingAfter: unknown;
  readonly defaultPerPage: number;
  readonly maxPerPage: number;
  readonly now: number;
  readonly faults: SearchFaults;
}

export interface SearchResult<Row> {
  readonly rows: readonly Row[];
  readonly total_count: number;
  readonly pages: JsonObject;
}

interface Ordered<Row> {
  readonly rows: readonly Row[];
  readonly value: (row: Row) => number | string;
}

/** Results stay while the table does not change, so that a page costs no more than its rows. */
const remembered = 24;

/** A number that has nothing to do with time, for results in no order. */
const scramble = (id: string): number => {
  let hash = 7;
  for (let index = 0; index < id.length; index++) hash = (Math.imul(hash, 31) + id.charCodeAt(index)) | 0;
  return Math.imul(hash, 0x9e3779b1) >>> 0;
};

/** The rows as an index saw them `lagSeconds` ago: new ones are not there, changed ones stand at their old time. */
const lagging = <Row extends Indexed>(
  rows: readonly Row[],
  horizon: number,
  of: SearchFaults['lagOf'],
): Row[] => {
  if (of === 'created') return rows.filter(({ created_at }) => created_at <= horizon);
  const seen: Row[] = [];
  for (const row of rows) {
    const isSeen = row.updated_at <= horizon || (of === 'some' && scramble(row.id) % 2 === 0);
    if (isSeen) seen.push(row);
    else {
      const known = row.history?.filter((time) => time <= horizon).at(-1);
      if (known !== undefined) seen.push({ ...row, updated_at: known });
    }
  }
  return seen;
};

const readSort = (sort: unknown): { readonly field: string; readonly ascending: boolean } => {
  const { field = 'updated_at', order = 'descending' } = (sort ?? {}) as { field?: string; order?: string };
  if (order !== 'ascending' && order !== 'descending') {
    const message = `Invalid sort order '${order}'. Must be one of: ascending, descending`;
    throw new ApiError(400, 'invalid_sort_order', message);
  }
  return { field, ascending: order === 'ascending' };
};

export interface Search {
  run<Row extends Indexed>(request: SearchRequest<Row>): SearchResult<Row>;
}

export function createSearch(): Search {
  const cache = new Map<string, { readonly table: unknown; readonly ordered: Ordered<unknown> }>();

  const order = <Row extends Indexed>(request: SearchRequest<Row>): Ordered<Row> => {
    const { table, dialect, faults } = request;
    const sort = readSort(request.sort);
    const query =
      request.query === 'everything'
        ? { matches: () => true, from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }
        : compileQuery(request.query, dialect);
    const field = dialect.field(sort.field);
    if (!field)
      throw new ApiError(400, 'invalid_field', `${sort.field} is not a valid sort field`, { field: 'sort' });
    const candidates =
      faults.lagSeconds > 0
        ? lagging(table.rows(), request.now - faults.lagSeconds, faults.lagOf)
        : table.between(query.from, query.to);
    const rows = candidates.filter((row) => query.matches(row) && (request.only?.(row) ?? true));
    if (faults.unordered) {
      const value = (row: Row): number => scramble(row.id);
      return { rows: rows.sort((a, b) => value(a) - value(b) || compareIds(a.id, b.id)), value };
    }
    const value = (row: Row): number | string => {
      const have = field.read(row);
      return typeof have === 'number' || typeof have === 'string' ? have : 0;
    };
    if (sort.field !== 'updated_at' || faults.lagSeconds > 0) {
      rows.sort((a, b) => {
        const [left, right] = [value(a), value(b)];
        return left < right ? -1 : left > right ? 1 : compareIds(a.id, b.id);
      });
    }
    return { rows: sort.ascending ? rows : rows.reverse(), value };
  };

  return Object.freeze({
    run<Row extends Indexed>(request: SearchRequest<Row>): SearchResult<Row> {
      const { table, faults } = request;
      const perPage = wholeNumber(request.perPage, 'per_page', request.defaultPerPage, request.maxPerPage);
      const key = JSON.stringify([
        ...[request.key, table.revision, request.query, request.sort, faults.unordered, faults.lagOf],
        faults.lagSeconds > 0 ? request.now - faults.lagSeconds : 0,
      ]);
      const known = cache.get(key);
      const ordered = known?.table === table ? (known.ordered as Ordered<Row>) : order(request);
      cache.delete(key);
      cache.set(key, { table, ordered: ordered as Ordered<unknown> });
      const oldest = cache.keys().next().value;
      if (cache.size > remembered && oldest !== undefined) cache.delete(oldest);

      let from = 0;
      let page = 1;
      if (request.startingAfter !== undefined && request.startingAfter !== null) {
        const [lastValue, lastId, lastPage] = decodeCursor(String(request.startingAfter));
        page = Number(lastPage ?? 1) + 1;
        from = after(
          ordered,
          lastValue as number | string,
          String(lastId),
          faults.unordered || readSort(request.sort).ascending,
        );
      }
      const rows = ordered.rows.slice(from, from + perPage);
      const last = rows.at(-1);
      const more = last !== undefined && from + perPage < ordered.rows.length;
      const next = more
        ? { next: { page: page + 1, starting_after: encodeCursor([ordered.value(last), last.id, page]) } }
        : {};
      const total_pages = Math.ceil(ordered.rows.length / perPage);
      return {
        rows,
        total_count: ordered.rows.length,
        pages: { type: 'pages', ...next, page, per_page: perPage, total_pages },
      };
    },
  });
}

/** The first position behind (value, id): a cursor names a place in the order, not a row, so rows may come and go. */
function after<Row extends Indexed>(
  { rows, value }: Ordered<Row>,
  lastValue: number | string,
  lastId: string,
  ascending: boolean,
): number {
  const direction = ascending ? 1 : -1;
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const row = rows[middle];
    const have = row === undefined ? 0 : value(row);
    const side = have < lastValue ? -1 : have > lastValue ? 1 : compareIds(row?.id ?? '', lastId);
    if (side * direction <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
