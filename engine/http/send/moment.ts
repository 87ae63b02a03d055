import { parsePythonFloat } from '../../util/python/python-number.ts';

/** Later than this is a moment, not a length of time: half of 2001 in seconds since the epoch, or thirty years. */
const leastEpoch = 1e9;

/**
 * The moment (ms since the epoch) that the text of a header means: seconds, milli-, micro- or nanoseconds since the
 * epoch, an ISO datetime, or an HTTP date; UTC where they have no zone. Undefined when it means none.
 */
export function momentOf(text: string): number | undefined {
  const number = numberOf(text);
  if (number === undefined) return dateOf(text);
  for (const [from, perMillisecond] of [
    [1e17, 1e6],
    [1e14, 1e3],
    [1e11, 1],
  ] as const) {
    if (number >= from) return number / perMillisecond;
  }
  return number * 1000;
}

/**
 * The seconds from now that the text of a header asks to wait: a number of them, with a unit or without, or a moment.
 * Of several numbers the largest counts. What lies in the past is no wait. Undefined when it means nothing.
 */
export function waitOf(text: string, now: number): number | undefined {
  const [, amount, unit] =
    /^\s*(\d+(?:\.\d*)?|\.\d+)\s*(ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?)\s*$/i.exec(text) ?? [];
  if (amount !== undefined && unit !== undefined) {
    if (/^(?:ms|milli)/i.test(unit)) return Number(amount) / 1000;
    return Number(amount) * (/^m/i.test(unit) ? 60 : 1);
  }
  const number = numberOf(text);
  if (number !== undefined && number < leastEpoch) return number;
  const moment = momentOf(text);
  return moment === undefined ? undefined : Math.max(0, (moment - now) / 1000);
}

function numberOf(text: string): number | undefined {
  const numbers = text.split(',').map((part) => parsePythonFloat(part));
  if (!numbers.every((number) => number !== undefined)) return undefined;
  const largest = Math.max(...numbers);
  return Number.isFinite(largest) ? largest : undefined;
}

function dateOf(text: string): number | undefined {
  const clean = text.trim();
  const isIso = /^\d{4}-\d\d-\d\d/.test(clean);
  if (!isIso && !/^[A-Za-z]{3,9},? /.test(clean)) return undefined;
  const written = isIso ? clean.replace(' ', 'T') : clean;
  // What ends with the time of a day would be taken for one where this machine stands.
  const isWithoutZone = /\d:\d\d(?:\.\d+)?$/.test(written) && !/[+-]\d\d:\d\d$/.test(written);
  const moment = Date.parse(isWithoutZone ? `${written}${isIso ? 'Z' : ' GMT'}` : written);
  return Number.isNaN(moment) ? undefined : moment;
}
