import { maxYear } from '../../time/calendar.ts';
import {
  compareDatetimes,
  datetimeOf,
  type PyDateTime,
  subtractDatetimes,
  utc,
} from '../../time/datetime.ts';
import { formatDatetime, parseDatetime } from '../../time/datetime-format.ts';
import { addDuration, PyDuration, subtractDuration } from '../../time/duration.ts';
import { PyArithmeticError, PyValueError } from '../../time/python-error.ts';
import { PyTimedelta } from '../../time/timedelta.ts';
import { quotedList } from '../../util/text/quoted-list.ts';
import type { CursorValues } from './cursor-values.ts';
import { type NumericFormat, numericFormat } from './numeric-format.ts';

/** A length of time. Months and years have no fixed one. */
export type Duration = PyTimedelta | PyDuration;

export interface DatetimeFormats {
  /** Of slices and states. */
  readonly output: string;
  /** Of records and states, tried in order before `output`. */
  readonly input: readonly string[];
}

const millisecond = new PyTimedelta(1000n);

/** Cursor values that are moments. Ranges touch when they are one granularity apart (by default a millisecond). */
export function datetimeValues(
  { output, input }: DatetimeFormats,
  granularity: Duration | undefined,
): CursorValues<PyDateTime, Duration> {
  const formats = [...input, output];
  const first = formats[0] as string;
  // Only the first format may go the short way, or it would take precedence over an earlier one.
  const short = numericFormat(first);
  const written = first === output ? short : numericFormat(output);
  const unit = granularity ?? millisecond;
  return Object.freeze({
    parse(value: unknown) {
      const moment = typeof value === 'string' ? short?.parse(value) : undefined;
      if (moment !== undefined) return moment;
      for (const format of formats) {
        try {
          return parseDatetime(isReadable(value) ? value : String(value), format);
        } catch (error) {
          if (!(error instanceof PyValueError)) throw error;
        }
      }
      throw new PyValueError(`not a datetime of ${formatsText(formats)}`);
    },
    format: (value: PyDateTime) => written?.format(value) ?? formatDatetime(value, output),
    compare: compareDatetimes,
    add: (value: PyDateTime, gap: Duration) => {
      if (isBeyondCalendar(value, gap)) return undefined;
      try {
        return addDuration(value, gap);
      } catch (error) {
        if (error instanceof PyArithmeticError) return undefined;
        throw error;
      }
    },
    subtract: subtractDuration,
    next: (value: PyDateTime) => addDuration(value, unit),
    middle: (start: PyDateTime, end: PyDateTime, minimum: PyTimedelta | undefined) =>
      granularity instanceof PyTimedelta ? middleOf(start, end, granularity, minimum) : undefined,
    isNothing: () => false,
    rank: rankOf(first, short),
    textOrdersLikeValue: written?.hasOffset === false,
    zero: datetimeOf({ year: 1, month: 1, day: 1, hour: 0, minute: 0, second: 0, microsecond: 0 }, utc),
  });
}

/** Of years and months Python says so with the error that it has for fractions, too. */
function isBeyondCalendar({ fields: { year, month } }: PyDateTime, gap: Duration): boolean {
  return gap instanceof PyDuration && (year + gap.years - maxYear - 1) * 12 + month - 1 + gap.months >= 0;
}

/** Both halves are whole units long, and the second one is the longer one. */
function middleOf(
  start: PyDateTime,
  end: PyDateTime,
  { microseconds: unit }: PyTimedelta,
  minimum: PyTimedelta | undefined,
): { readonly end: PyDateTime; readonly start: PyDateTime } | undefined {
  const length = subtractDatetimes(end, start).microseconds;
  if (length <= 0n || unit <= 0n || (minimum !== undefined && length <= minimum.microseconds))
    return undefined;
  const half = (length / unit + 1n) / 2n;
  if (half === 0n) return undefined;
  const after = (units: bigint) => addDuration(start, new PyTimedelta(units * unit));
  return { end: after(half - 1n), start: after(half) };
}

function formatsText(formats: readonly string[]): string {
  const distinct = new Set(formats);
  return distinct.size === 1 ? `the format ${quotedList(distinct)}` : `any format of ${quotedList(distinct)}`;
}

function isReadable(value: unknown): value is string | number | bigint {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint';
}

function rankOf(
  format: string,
  numeric: NumericFormat | undefined,
): (value: unknown) => string | number | undefined {
  if (format === '%s' || format === '%ms') return rankNumber;
  return (value) => (typeof value === 'string' && numeric?.isOrdered(value) ? value : undefined);
}

const digits = /^\d{1,13}$/;

function rankNumber(value: unknown): number | undefined {
  if (typeof value === 'number')
    return Number.isInteger(value) && value >= 0 && value < 1e11 ? value : undefined;
  return typeof value === 'string' && digits.test(value) ? rankNumber(Number(value)) : undefined;
}
