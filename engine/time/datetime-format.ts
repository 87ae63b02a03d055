import { parsePythonFloat, parsePythonInteger } from '../util/python/python-number.ts';
import { messageOf } from '../util/text/message-of.ts';
import { datetimeFromMicroseconds, PyDateTime, utc } from './datetime.ts';
import { PyArithmeticError, PyTypeError, PyValueError } from './python-error.ts';
import { strftime } from './strftime.ts';
import { checkFormat, strptime } from './strptime.ts';
import { roundHalfEven } from './timedelta.ts';

/** What may be found where a record or a state should have a time. */
export type TimeInput = string | number | bigint | boolean | null;

function inputText(value: TimeInput): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return value === null ? 'None' : String(value);
}

/** What int() makes of a text or a number: a float is truncated. */
function wholeNumber(value: TimeInput): bigint {
  if (value === null)
    throw new PyTypeError("int() argument must be a string or a real number, not 'NoneType'");
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') {
    if (Number.isNaN(value)) throw new PyValueError('cannot convert float NaN to integer');
    if (!Number.isFinite(value)) {
      throw new PyArithmeticError('cannot convert float infinity to integer', 'OverflowError');
    }
    return BigInt(Math.trunc(value));
  }
  const parsed = parsePythonInteger(value);
  if (parsed === undefined) throw new PyValueError(`invalid literal for int() with base 10: '${value}'`);
  return parsed;
}

function decimalNumber(value: TimeInput): number {
  if (value === null)
    throw new PyTypeError("float() argument must be a string or a real number, not 'NoneType'");
  if (typeof value !== 'string') return Number(value);
  const parsed = parsePythonFloat(value);
  if (parsed === undefined) throw new PyValueError(`could not convert string to float: '${value}'`);
  return parsed;
}

function fromMicroseconds(microseconds: bigint, isTimestamp: boolean): PyDateTime {
  try {
    return datetimeFromMicroseconds(microseconds, utc);
  } catch (error) {
    // fromtimestamp() complains about the year, adding a timedelta about the range.
    if (!isTimestamp || !(error instanceof PyArithmeticError)) throw error;
    const seconds = microseconds / 1_000_000n;
    if (BigInt.asIntN(64, seconds) !== seconds)
      throw new PyArithmeticError('timestamp out of range for platform time_t', 'OverflowError');
    throw new PyValueError(`year is out of range: ${seconds}`);
  }
}

/** Seconds as a float, to the nearest microsecond as fromtimestamp() rounds (half even). */
function fromFloatSeconds(seconds: number): PyDateTime {
  if (Number.isNaN(seconds)) throw new PyValueError('cannot convert float NaN to integer');
  if (!Number.isFinite(seconds)) {
    throw new PyArithmeticError('cannot convert float infinity to integer', 'OverflowError');
  }
  const whole = Math.floor(seconds);
  const fraction = roundHalfEven((seconds - whole) * 1e6);
  return fromMicroseconds(BigInt(whole) * 1_000_000n + BigInt(fraction), true);
}

/** Most are counts like `1700000000`, which need no integers of any size; undefined for others. */
function usualSeconds(value: TimeInput): PyDateTime | undefined {
  const isUsual = typeof value === 'number' ? Number.isInteger(value) : isShortCount(value);
  const seconds = isUsual ? Number(value) : -1;
  return seconds >= 0 && seconds < 1e11 ? new PyDateTime(seconds * 1000, 0, utc) : undefined;
}

const isShortCount = (value: TimeInput) => typeof value === 'string' && /^\d{1,11}$/.test(value);

const timestampFormats: Readonly<Record<string, (value: TimeInput) => PyDateTime>> = {
  '%s': (value) => usualSeconds(value) ?? fromMicroseconds(wholeNumber(value) * 1_000_000n, true),
  '%s_as_float': (value) => fromFloatSeconds(decimalNumber(value)),
  '%epoch_microseconds': (value) => fromMicroseconds(wholeNumber(value), false),
  '%ms': (value) => fromMicroseconds(wholeNumber(value) * 1000n, false),
};

/** Whether a format is a count since the epoch, and no pattern. */
export function isTimestampFormat(format: string): boolean {
  return Object.hasOwn(timestampFormats, format);
}

/**
 * Reads a time as the manifest language does: `%s`, `%s_as_float`, `%ms` and `%epoch_microseconds` count from the
 * epoch, `%_ms` is `%f`, everything else is strptime. A time without an offset is UTC. Throws ValueError.
 */
export function parseDatetime(value: TimeInput, format: string): PyDateTime {
  const special = isTimestampFormat(format) ? timestampFormats[format] : undefined;
  if (special !== undefined) return special(value);
  const parsed = strptime(inputText(value), format.replaceAll('%_ms', '%f'));
  return parsed.zone === null ? parsed.withZone(utc) : parsed;
}

/** Why no time can be read by a format; undefined when one can. */
export function formatProblem(format: string): string | undefined {
  if (isTimestampFormat(format)) return undefined;
  try {
    checkFormat(format.replaceAll('%_ms', '%f'));
  } catch (error) {
    return messageOf(error);
  }
  return format.includes('%') ? undefined : 'it has no directive such as %Y';
}

/** Writes a time as the manifest language does. Counts go through a float, as they do in Python. */
export function formatDatetime(datetime: PyDateTime, format: string): string {
  switch (format) {
    case '%s':
      return integerText(datetime.timestamp());
    case '%s_as_float':
      return floatText(datetime.timestamp());
    case '%epoch_microseconds':
      return integerText(datetime.timestamp() * 1_000_000);
    case '%ms':
      return integerText(datetime.timestamp() * 1000);
    default: {
      if (!format.includes('%_ms')) return strftime(datetime, format);
      const micro = strftime(datetime, '%f');
      return strftime(datetime, format.replaceAll('%_ms', '%f')).replaceAll(micro, micro.slice(0, 3));
    }
  }
}

function integerText(value: number): string {
  const whole = Math.trunc(value);
  return Number.isSafeInteger(whole) ? String(whole) : BigInt(whole).toString();
}

function floatText(value: number): string {
  return Number.isInteger(value) ? `${BigInt(value)}.0` : String(value);
}
