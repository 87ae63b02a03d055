/**
 * What a cursor must know of its values. Moments and counts are kept by the same rules; only reading, writing, ordering
 * and moving them differs. `V` is a value, `G` the distance between two.
 */
export interface CursorValues<V, G> {
  /** Of a record or a state. Throws when the value cannot be read. */
  parse(value: unknown): V;
  /** As it stands in slices and states. */
  format(value: V): unknown;
  compare(a: V, b: V): number;
  /** Undefined beyond the last representable value. */
  add(value: V, gap: G): V | undefined;
  subtract(value: V, gap: G): V;
  /** The next value: ranges that touch it are one range. */
  next(value: V): V;
  /** Counts of zero do not bound anything, as the states of the Python CDK have it. */
  isNothing(value: V): boolean;
  /**
   * A cheap stand-in that orders raw values as `compare` orders parsed ones, where two of them have the same type and
   * length; undefined when the value must be parsed. Having one means that it can be parsed.
   */
  rank(value: unknown): string | number | undefined;
  /** Written values of ranked raw ones are, as texts, in the order of the values. */
  readonly textOrdersLikeValue: boolean;
  /** The value before which there is none. */
  readonly zero: V;
}

/** Of two equal values the first, as everywhere below: they may be written differently (offsets of moments). */
export function larger<V>(values: Pick<CursorValues<V, never>, 'compare'>, a: V, b: V): V {
  return values.compare(b, a) > 0 ? b : a;
}

export function smaller<V>(values: Pick<CursorValues<V, never>, 'compare'>, a: V, b: V): V {
  return values.compare(b, a) < 0 ? b : a;
}
