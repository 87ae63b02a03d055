import { ApiError, notFound } from './error-list.ts';

/** A scroll that nobody asks for this long is gone. */
const idleMs = 60_000;

export interface ScrollPage<Row> {
  readonly rows: readonly Row[];
  readonly param: string;
}

/** The one scroll an app may have open at a time. */
export interface Scroll<Row> {
  /** The first page without a parameter, the next with the one of the last answer; an empty page ends the scroll. */
  read(param: string | undefined, now: number, all: () => readonly Row[]): ScrollPage<Row>;
  /** Throws the open scroll away, as a network failure inside Intercom does. */
  drop(): void;
}

export const scrollFailure = (): ApiError =>
  new ApiError(
    500,
    'internal_error',
    'Request failed due to an internal network error. Please restart the scroll operation.',
  );

export function createScroll<Row>(pageSize: number, nextParam: () => string): Scroll<Row> {
  let open:
    | { readonly param: string; readonly rows: readonly Row[]; from: number; usedAt: number }
    | undefined;

  return Object.freeze({
    read(param: string | undefined, now: number, all: () => readonly Row[]) {
      if (open && now - open.usedAt >= idleMs) open = undefined;
      if (param === undefined) {
        if (open) throw new ApiError(400, 'scroll_exists', 'scroll already exists for this workspace');
        open = { param: nextParam(), rows: all(), from: 0, usedAt: now };
      }
      if (!open || (param !== undefined && open.param !== param))
        throw notFound('scroll parameter not found');
      const page = { rows: open.rows.slice(open.from, open.from + pageSize), param: open.param };
      open.from += pageSize;
      open.usedAt = now;
      if (page.rows.length === 0) open = undefined;
      return page;
    },
    drop() {
      open = undefined;
    },
  });
}
