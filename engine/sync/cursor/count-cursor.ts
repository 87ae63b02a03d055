import type { Cursor, CursorOptions } from '../../contract/families.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { countValues } from './count-values.ts';
import { openSingleCursor } from './single-cursor.ts';

export interface CountCursorOptions extends Omit<CursorOptions, 'cursorField'> {
  readonly cursorField: string;
  readonly start: number | bigint;
  /** Puts the number to start from into requests. */
  readonly addTo: Cursor['addTo'];
  readonly warn: (message: string) => void;
}

/** A cursor over numbers: one slice from the last number on, without an end. */
export function openCountCursor({ router, state, addTo, clock: _, ...rest }: CountCursorOptions): Cursor {
  if (router !== undefined) {
    throw new ConnectorError(
      `Stream "${rest.stream}" has both a partition router and an IncrementingCountCursor; only one of them is possible.`,
      { kind: 'config_error' },
    );
  }
  const settings = Object.freeze({
    ...rest,
    values: countValues,
    boundaries: { start: 'start', end: 'end' },
    end: () => Number.POSITIVE_INFINITY,
    step: undefined,
    granularity: undefined,
    lookback: undefined,
    clamp: (value: number | bigint) => value,
    isCompareStrictly: false,
    isBounded: false,
    isNewestFirst: false,
    isClientSide: false,
    answersSince: undefined,
  });
  return openSingleCursor(settings, state, addTo);
}
