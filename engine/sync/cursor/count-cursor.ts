import type { Cursor, CursorOptions } from '../../contract/families.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { countValues } from './count-values.ts';
import { openSingleCursor } from './single-cursor.ts';
import type { WindowCursorSettings } from './window-cursor.ts';

type Count = number | bigint;

export interface CountCursorSettings
  extends Pick<WindowCursorSettings<Count, Count>, 'stream' | 'cursorField' | 'addTo' | 'warn'> {
  readonly start: Count;
}

/** A cursor over numbers: one slice from the last number on, without an end. */
export function openCountCursor(
  { start, ...settings }: CountCursorSettings,
  { router, ...options }: Pick<CursorOptions, 'router' | 'state' | 'onSkip'>,
): Cursor {
  if (router !== undefined) {
    throw new ConnectorError(
      `Stream "${settings.stream}" has both a partition router and an IncrementingCountCursor; only one of them is possible.`,
      { kind: 'config_error' },
    );
  }
  const counts: WindowCursorSettings<Count, Count> = {
    ...settings,
    values: countValues,
    boundaries: { start: 'start', end: 'end' },
    plan: {
      start,
      end: () => Number.POSITIVE_INFINITY,
      step: undefined,
      granularity: undefined,
      lookback: undefined,
      clamp: (value) => value,
      isCompareStrictly: false,
    },
    answers: { areBounded: false, areNewestFirst: false, areOfEverything: false, since: undefined },
  };
  return openSingleCursor(counts, options);
}
