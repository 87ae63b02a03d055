import type { CursorValues } from './cursor-values.ts';
import { larger, smaller } from './cursor-values.ts';
import type { Range } from './ranges.ts';

/** From where to where a cursor reads, and in what pieces. */
export interface WindowPlan<V, G> {
  /** Nothing before it is read. */
  readonly start: V | undefined;
  /** Evaluated every time: "now" moves on. */
  readonly end: () => V;
  /** The longest window; undefined makes one window of everything. */
  readonly step: G | undefined;
  /** The distance between the end of a window and the start of the next; undefined makes them share the boundary. */
  readonly granularity: G | undefined;
  /** Records may turn up late: how much of what was read is read again. */
  readonly lookback: G | undefined;
  /** Moves boundaries to the start of a day, week or month. */
  readonly clamp: (value: V) => V;
  /** The API refuses windows that end where they start. */
  readonly isCompareStrictly: boolean;
}

export interface Window<V> {
  readonly start: V;
  readonly end: V;
}

/** What is left to read besides the merged `ranges`: before the first one, in the gaps, and after the last one. */
export function* windows<V, G>(
  values: CursorValues<V, G>,
  plan: WindowPlan<V, G>,
  ranges: readonly Range<V>[],
): Generator<Window<V>> {
  const { start, granularity, lookback } = plan;
  const first = ranges[0] as Range<V>;
  if (start !== undefined && values.compare(start, first.start) < 0) {
    yield* split(values, plan, { from: start, upper: first.start, isLast: false });
  }
  for (let index = 0; index + 1 < ranges.length; index++) {
    const { end } = ranges[index] as Range<V>;
    const from = granularity === undefined ? end : addWithin(values, plan, end, granularity);
    yield* split(values, plan, { from, upper: (ranges[index + 1] as Range<V>).start, isLast: false });
  }
  const { end } = ranges.at(-1) as Range<V>;
  const from = lookback === undefined ? end : values.subtract(end, lookback);
  yield* split(values, plan, { from, upper: plan.end(), isLast: true });
}

/** A stretch to be read; `isLast` when no range that was read comes after it. */
interface Stretch<V> {
  readonly from: V;
  readonly upper: V;
  readonly isLast: boolean;
}

/**
 * Cuts a stretch into windows of at most a step. Before a range that was read the last window ends one unit earlier: the
 * unit at `upper` has been read.
 */
function* split<V, G>(
  values: CursorValues<V, G>,
  plan: WindowPlan<V, G>,
  { from, upper, isLast }: Stretch<V>,
): Generator<Window<V>> {
  const { start, step, granularity, clamp, isCompareStrictly } = plan;
  const order = values.compare(from, upper);
  if (order > 0 || (order === 0 && granularity === undefined)) return;
  const bound = start === undefined || values.isNothing(start) ? undefined : start;
  if (bound !== undefined && values.compare(upper, bound) < 0) return;
  const lower = clamp(bound === undefined ? from : larger(values, from, bound));
  const clampedOrder = values.compare(lower, upper);
  if (clampedOrder > 0 || (clampedOrder === 0 && (isCompareStrictly || !isLast))) return;
  const endOf = (end: V, isReached: boolean): V =>
    granularity !== undefined && !(isLast && isReached) ? values.subtract(end, granularity) : end;

  const reach = (value: V): V => (step === undefined ? plan.end() : addWithin(values, plan, value, step));

  if (values.compare(reach(lower), upper) >= 0) {
    const end = isLast && granularity !== undefined ? upper : clamp(upper);
    yield { start: lower, end: endOf(end, true) };
    return;
  }
  for (let current = lower; ; ) {
    const limit = smaller(values, reach(current), upper);
    const end = values.compare(limit, upper) === 0 ? limit : clamp(limit);
    const isReached = values.compare(end, upper) === 0;
    const windowStart = clamp(current);
    // Clamping moved both to the same boundary: nothing is left.
    if (values.compare(windowStart, end) >= 0) return;
    yield { start: windowStart, end: endOf(end, isReached) };
    // Without a step, the only window ends now, before a range that is in the future.
    if (isReached || step === undefined) return;
    current = end;
  }
}

/** Beyond the last representable value there is only the end. */
function addWithin<V, G>(values: CursorValues<V, G>, { end }: WindowPlan<V, G>, value: V, gap: G): V {
  return values.add(value, gap) ?? end();
}
