import type { Cursor, PaginationReset } from '../../contract/families.ts';
import type { Slice } from '../../contract/slice.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';

export interface PaginationResets {
  /** Counts the records of a page. True when the slice has given as many as the API allows. */
  isDue(recordCount: number): boolean;
  /** The slice to read again from its first page. Throws ConnectorError when that leads nowhere. */
  next(original: Slice, previous: Slice): Slice;
}

/** Counts records since the last reset, and decides where to continue after one. */
export function createPaginationResets(
  stream: string,
  reset: PaginationReset | undefined,
  cursor: Cursor | undefined,
): PaginationResets {
  const splits = reset?.action === 'SPLIT_USING_CURSOR' ? cursor : undefined;
  const limit = reset?.recordLimit;
  // A cursor always advances, so the same slice twice is a loop. Without one, a reset is a retry, allowed once.
  const attemptsWithSameSlice = splits === undefined ? 2 : 1;
  let records = 0;
  let attempts = 0;
  return {
    isDue(recordCount: number): boolean {
      records += recordCount;
      return limit !== undefined && records >= limit;
    },
    next(original: Slice, previous: Slice): Slice {
      const reduced = splits?.reduceRange?.(original) ?? previous;
      const isSame = toJsonText(reduced) === toJsonText(previous);
      attempts = isSame ? attempts + 1 : 0;
      if (isSame && attempts >= attemptsWithSameSlice) {
        throw new ConnectorError(
          `Pagination of stream "${stream}" had to start again ${attempts === 1 ? 'once' : `${attempts} times`} at the same place, so it cannot go on.`,
          { kind: 'system_error' },
        );
      }
      records = 0;
      return reduced;
    },
  };
}
