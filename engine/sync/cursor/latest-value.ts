import type { CursorValues } from './cursor-values.ts';

/** The highest of the raw values seen so far. */
export interface LatestValue<V> {
  /** False when the value cannot be read, and so does not count. */
  see(raw: unknown): boolean;
  /** Undefined before the first. */
  get(): V | undefined;
  /** True as long as no value was lower than one before it. */
  readonly isAscending: () => boolean;
  /** The value before the latest, which a later record has proved to be in order; undefined before the second. */
  confirmed(): V | undefined;
}

/** Sees every record, so it parses only what it must: ranks decide where they can, and repeated values cost nothing. */
export function createLatestValue<V, G>(values: CursorValues<V, G>): LatestValue<V> {
  let last: unknown;
  let raw: unknown;
  let rank: string | number | undefined;
  let parsed: V | undefined;
  let isAscending = true;
  let confirmedRaw: unknown;
  let confirmed: V | undefined;

  function get(): V | undefined {
    if (parsed === undefined && raw !== undefined) parsed = values.parse(raw);
    return parsed;
  }

  function getConfirmed(): V | undefined {
    if (confirmed === undefined && confirmedRaw !== undefined) confirmed = values.parse(confirmedRaw);
    return confirmed;
  }

  function take(value: unknown, valueRank: string | number | undefined, valueParsed: V | undefined): void {
    confirmedRaw = raw;
    confirmed = parsed;
    raw = value;
    rank = valueRank;
    parsed = valueParsed;
  }

  function see(value: unknown): boolean {
    if (value === last && value !== undefined) return true;
    const valueRank = values.rank(value);
    if (valueRank !== undefined && isComparable(valueRank, rank)) {
      if (valueRank > (rank as typeof valueRank)) take(value, valueRank, undefined);
      else if (valueRank < (rank as typeof valueRank)) isAscending = false;
    } else if (valueRank !== undefined && raw === undefined) {
      take(value, valueRank, undefined);
    } else {
      let valueParsed: V;
      try {
        valueParsed = values.parse(value);
      } catch {
        return false;
      }
      const known = get();
      const order = known === undefined ? 1 : values.compare(valueParsed, known);
      if (order > 0) take(value, valueRank, valueParsed);
      else if (order < 0) isAscending = false;
    }
    last = value;
    return true;
  }

  return { see, get, isAscending: () => isAscending, confirmed: getConfirmed };
}

function isComparable(a: string | number, b: string | number | undefined): boolean {
  return typeof a === 'string' ? typeof b === 'string' && a.length === b.length : typeof b === 'number';
}
