import type { Slice } from '../../contract/slice.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import type { PyTimedelta } from '../../time/timedelta.ts';
import type { JsonObject } from '../../util/json/json.ts';
import type { CursorValues } from './cursor-values.ts';

/** How the windows of a cursor are written into its slices. */
export interface SliceWindows<V, G> {
  readonly stream: string;
  readonly values: CursorValues<V, G>;
  /** Names of a window's start and end in a slice. */
  readonly boundaries: { readonly start: string; readonly end: string };
}

/** Start or end of the slice's window. */
export function boundaryOf<V, G>(
  { stream, values, boundaries }: SliceWindows<V, G>,
  slice: Slice,
  side: 'start' | 'end',
): V {
  const name = boundaries[side];
  if (!Object.hasOwn(slice.cursor, name)) {
    throw new ConnectorError(`A slice of stream "${stream}" has no "${name}", so its state cannot be kept.`);
  }
  return values.parse(slice.cursor[name]);
}

/** The `cursor` part of a slice. */
export function windowOf<V, G>(
  { values, boundaries }: SliceWindows<V, G>,
  window: { readonly start: V; readonly end: V },
): JsonObject {
  return Object.freeze({
    [boundaries.start]: values.format(window.start),
    [boundaries.end]: values.format(window.end),
  });
}

/** The two halves of the slice's window, or undefined when it cannot be split. */
export function splitWindow<V, G>(
  settings: SliceWindows<V, G>,
  slice: Slice,
  minimum: PyTimedelta | undefined,
): readonly [Slice, Slice] | undefined {
  const start = boundaryOf(settings, slice, 'start');
  const end = boundaryOf(settings, slice, 'end');
  const middle = settings.values.middle?.(start, end, minimum);
  if (middle === undefined) return undefined;
  const half = (from: V, to: V): Slice =>
    Object.freeze({ ...slice, cursor: windowOf(settings, { start: from, end: to }) });
  return [half(start, middle.end), half(middle.start, end)];
}
