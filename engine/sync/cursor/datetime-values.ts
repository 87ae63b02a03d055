import { compareDatetimes, datetimeFromMs, datetimeOf, type PyDateTime, utc } from '../../time/datetime.ts';
import { formatDatetime, parseDatetime } from '../../time/datetime-format.ts';
import { addDuration, type PyDuration, subtractDuration } from '../../time/duration.ts';
import { PyArithmeticError, PyValueError } from '../../time/python-error.ts';
import { PyTimedelta } from '../../time/timedelta.ts';
import type { CursorValues } from './cursor-values.ts';

/** A length of time; months and years have none of their own. */
export type Duration = PyTimedelta | PyDuration;

export interface DatetimeFormats {
  /** Of slices and states. */
  readonly output: string;
  /** Of records and states, tried in order before `output`. */
  readonly input: readonly string[];
}

const millisecond = new PyTimedelta(1000n);

/** Cursor values that are moments. Ranges touch when they are one granularity apart, a millisecond by default. */
export function datetimeValues(
  { output, input }: DatetimeFormats,
  granularity: Duration | undefined,
): CursorValues<PyDateTime, Duration> {
  const formats = [...input, output];
  const rank = rankOf(formats[0] as string);
  const unit = granularity ?? millisecond;
  return Object.freeze({
    parse(value: unknown) {
      for (const format of formats) {
        try {
          return parseDatetime(isReadable(value) ? value : String(value), format);
        } catch (error) {
          if (!(error instanceof PyValueError)) throw error;
        }
      }
      throw new PyValueError(
        `No format in [${formats.map((format) => `'${format}'`).join(', ')}] matching ${value}`,
      );
    },
    format: (value: PyDateTime) => formatDatetime(value, output),
    compare: compareDatetimes,
    add: (value: PyDateTime, gap: Duration) => {
      try {
        return addDuration(value, gap);
      } catch (error) {
        if (error instanceof PyArithmeticError) return undefined;
        throw error;
      }
    },
    subtract: subtractDuration,
    next: (value: PyDateTime) => addDuration(value, unit),
    isNothing: () => false,
    rank,
    textOrdersLikeValue: isDescending(output) && !output.includes('%z'),
    zero: datetimeOf({ year: 1, month: 1, day: 1, hour: 0, minute: 0, second: 0, microsecond: 0 }, utc),
  });
}

function isReadable(value: unknown): value is string | number | bigint {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint';
}

/** The current time to the millisecond. */
export function nowFrom(clock: { now(): number }): PyDateTime {
  return datetimeFromMs(clock.now());
}

/** What a directive looks like where it cannot fail to parse. Days beyond the 28th depend on the month. */
const directives: Readonly<Record<string, string>> = {
  '%Y': '(?!0000)\\d{4}',
  '%m': '(?:0[1-9]|1[0-2])',
  '%d': '(?:0[1-9]|1\\d|2[0-8])',
  '%H': '(?:[01]\\d|2[0-3])',
  '%M': '[0-5]\\d',
  '%S': '[0-5]\\d',
  '%f': '\\d{6}',
  '%_ms': '\\d{3}',
  '%z': '(?:Z|\\+00:?00)',
};

/** From large to small units, so that texts of one length are in the order of their times. */
const descending =
  /^%Y(?:[^%]*%m(?:[^%]*%d(?:[^%]*%H(?:[^%]*%M(?:[^%]*%S(?:[^%]*(?:%f|%_ms))?)?)?)?)?)?[^%]*(?:%z)?$/;

function isDescending(format: string): boolean {
  return descending.test(format);
}

function rankOf(format: string): (value: unknown) => string | number | undefined {
  if (format === '%s' || format === '%ms') return rankNumber;
  if (!isDescending(format)) return () => undefined;
  const pattern = format.replace(/%_ms|%.|[\\^$.*+?()[\]{}|/-]/g, (part) => directives[part] ?? `\\${part}`);
  const shape = new RegExp(`^${pattern}$`);
  return (value) => (typeof value === 'string' && shape.test(value) ? value : undefined);
}

const digits = /^\d{1,13}$/;

function rankNumber(value: unknown): number | undefined {
  if (typeof value === 'number')
    return Number.isInteger(value) && value >= 0 && value < 1e11 ? value : undefined;
  return typeof value === 'string' && digits.test(value) ? rankNumber(Number(value)) : undefined;
}
