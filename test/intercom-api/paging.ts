import { ApiError, invalid } from './error-list.ts';
import type { Call } from './route.ts';
import type { JsonObject } from './rows.ts';

/** A whole number from a query or a body; `fallback` when absent; 400 outside of `[1, max]`. */
export function wholeNumber(
  value: unknown,
  name: string,
  fallback: number,
  max = Number.MAX_SAFE_INTEGER,
): number {
  if (value === undefined || value === null || value === '') return fallback;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > max) {
    throw invalid(
      max === Number.MAX_SAFE_INTEGER
        ? `${name} must be a positive integer`
        : `${name} must be between 1 and ${max}`,
      name,
    );
  }
  return number;
}

export interface PageOptions {
  readonly perPage: number;
  readonly maxPerPage?: number;
  readonly key?: string;
  readonly type?: string;
  /** How the link to the next page is written: a URL (null at the end), always null, or not at all. */
  readonly next: 'url' | 'null' | 'absent';
  /** `top`: page, per_page and total_pages stand beside the data instead of in `pages`. */
  readonly place?: 'pages' | 'top';
}

/** The list answer of endpoints with `page` and `per_page`. */
export function pageOf<Row>(
  call: Call,
  rows: readonly Row[],
  render: (row: Row) => unknown,
  options: PageOptions,
): JsonObject {
  const page = wholeNumber(call.query.get('page'), 'page', 1);
  const per_page = wholeNumber(call.query.get('per_page'), 'per_page', options.perPage, options.maxPerPage);
  const total_pages = Math.ceil(rows.length / per_page);
  const data = rows.slice((page - 1) * per_page, page * per_page).map(render);
  const shared = { type: options.type ?? 'list', [options.key ?? 'data']: data, total_count: rows.length };
  if (options.place === 'top') return { ...shared, page, per_page, total_pages };
  const next: JsonObject = {};
  if (options.next === 'null') next.next = null;
  if (options.next === 'url') {
    const link = new URL(call.url);
    link.searchParams.set('per_page', String(per_page));
    link.searchParams.set('page', String(page + 1));
    next.next = page < total_pages ? link.href : null;
  }
  return { ...shared, pages: { type: 'pages', ...next, page, per_page, total_pages } };
}

export const encodeCursor = (values: readonly unknown[]): string =>
  Buffer.from(JSON.stringify(values)).toString('base64');

/** The values inside a `starting_after`; 400 when it did not come from an answer of ours. */
export function decodeCursor(text: string): readonly unknown[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(text, 'base64').toString('utf8'));
    if (Array.isArray(values) && values.length >= 2) return values;
  } catch {
    // Not JSON: answered below like any other text that is not a cursor.
  }
  throw new ApiError(
    400,
    'client_error',
    'Invalid starting_after param. Please try again using a starting_after value from a paginated response',
  );
}

/** Pages of records with ISO times, newest first, continued after the last item (`[updated_at, id]`). */
export function cursorPageOf(
  call: Call,
  newestFirst: readonly JsonObject[],
  field: string,
  options: { readonly perPage: number; readonly maxPerPage: number },
): JsonObject {
  const per_page = wholeNumber(call.query.get('per_page'), 'per_page', options.perPage, options.maxPerPage);
  const after = call.query.get('starting_after');
  let from = 0;
  if (after !== null) {
    const [, id] = decodeCursor(after);
    from = newestFirst.findIndex((record) => String(record.id) === String(id)) + 1;
  }
  const data = newestFirst.slice(from, from + per_page);
  const last = data.at(-1);
  const more = from + per_page < newestFirst.length && last;
  const next = more
    ? { starting_after: encodeCursor([Date.parse(String(last[field])) / 1000, String(last.id)]) }
    : null;
  return { type: 'list', data, pages: { type: 'pages', per_page, next } };
}
