import type { PyTimedelta } from '../../time/timedelta.ts';

/**
 * What a cursor has to know about its values. Moments and counts follow the same rules; only reading, writing, ordering
 * and moving them differs. `V` is a value, `G` the distance between two.
 */
export interface CursorValues<V, G> {
  /** Parses the value of a record or a state. Throws when it cannot be read. */
  parse(value: unknown): V;
  /** Its form in slices and states. */
  format(value: V): unknown;
  compare(a: V, b: V): number;
  /** Undefined beyond the last representable value. */
  add(value: V, gap: G): V | undefined;
  subtract(value: V, gap: G): V;
  /**
   * Where the first half of a range ends and the second one starts, one unit later; undefined when the range is not
   * longer than `minimum`, or than a unit. Absent for values whose ranges are never split.
   */
  middle?(
    start: V,
    end: V,
    minimum: PyTimedelta | undefined,
  ): { readonly end: V; readonly start: V } | undefined;
  /** The next value: ranges that touch it are one range. */
  next(value: V): V;
  /** A count of zero is not a bound, as in the states of the Python CDK. */
  isNothing(value: V): boolean;
  /**
   * A cheap substitute that orders raw values as `compare` orders parsed ones, as long as both have the same type and
   * length. Undefined when the value must be parsed; a value that has a rank can be parsed.
   */
  rank(value: unknown): string | number | undefined;
  /** The written forms of ranked values, compared as texts, are in the order of the values. */
  readonly textOrdersLikeValue: boolean;
  /** The value before which there is none. */
  readonly zero: V;
}

/** Of two equal values the first, here and everywhere below: they may be written differently (offsets of moments). */
export function larger<V>(values: Pick<CursorValues<V, never>, 'compare'>, a: V, b: V): V {
  return values.compare(b, a) > 0 ? b : a;
}

export function smaller<V>(values: Pick<CursorValues<V, never>, 'compare'>, a: V, b: V): V {
  return values.compare(b, a) < 0 ? b : a;
}
