import type { PyDuration } from '../../time/duration.ts';
import { PyTimedelta } from '../../time/timedelta.ts';

const second = 1_000_000n;

/** Directives of a datetime format, each with the microseconds it can tell apart; the finest one counts. */
const finestFirst: readonly (readonly [directive: string, microseconds: bigint])[] = [
  ['%epoch_microseconds', 1n],
  ['%s_as_float', 1n],
  ['%f', 1n],
  ['%_ms', 1000n],
  ['%ms', 1000n],
  ['%S', second],
  ['%s', second],
  ['%M', 60n * second],
  ['%H', 3600n * second],
  ['%I', 3600n * second],
  ['%d', 86_400n * second],
];

/** Why windows of a cursor cannot be split; undefined when they can. */
export function splitRefusal(
  granularity: PyTimedelta | PyDuration | undefined,
  format: string,
  isClientSide: boolean,
): string | undefined {
  if (granularity === undefined)
    return 'the cursor has no "cursor_granularity", the smallest window there is';
  if (isClientSide) return 'with "is_client_side_incremental", the API is not told of the window';
  if (!(granularity instanceof PyTimedelta)) return '"cursor_granularity" has no fixed length';
  if (granularity.microseconds <= 0n) return '"cursor_granularity" is nothing';
  const finest = finestFirst.find(([directive]) => format.includes(directive));
  if (finest === undefined || granularity.microseconds >= finest[1]) return undefined;
  return `the datetime format "${format}" cannot write what "cursor_granularity" tells apart`;
}
