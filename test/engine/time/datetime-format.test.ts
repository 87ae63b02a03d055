import { compareDatetimes } from '../../../engine/time/datetime.ts';
import {
  formatDatetime,
  formatProblem,
  parseDatetime,
  type TimeInput,
} from '../../../engine/time/datetime-format.ts';
import { addDuration, parseDuration, subtractDuration } from '../../../engine/time/duration.ts';
import { isoparse } from '../../../engine/time/isoparse.ts';
import { strftime } from '../../../engine/time/strftime.ts';

describe('parseDatetime', () => {
  it.each<readonly [string | number, string, string]>([
    ['2024-02-29T13:05:07.123456Z', '%Y-%m-%dT%H:%M:%S.%f%z', '2024-02-29T13:05:07.123456+00:00'],
    ['2024-2-9', '%Y-%m-%d', '2024-02-09T00:00:00+00:00'],
    ['1709211907', '%s', '2024-02-29T13:05:07+00:00'],
    [1709211907123, '%ms', '2024-02-29T13:05:07.123000+00:00'],
    ['1709211907.5', '%s_as_float', '2024-02-29T13:05:07.500000+00:00'],
    ['1709211907000001', '%epoch_microseconds', '2024-02-29T13:05:07.000001+00:00'],
    ['2024-02-29T13:05:07.5', '%Y-%m-%dT%H:%M:%S.%_ms', '2024-02-29T13:05:07.500000+00:00'],
    ['Thu, 29 Feb 2024 13:05:07 +0530', '%a, %d %b %Y %H:%M:%S %z', '2024-02-29T13:05:07+05:30'],
    ['02/29/24 01:05 PM', '%m/%d/%y %I:%M %p', '2024-02-29T13:05:00+00:00'],
  ])('%s by %s', (text, format, expected) => {
    expect(parseDatetime(text, format).isoformat()).toBe(expected);
  });

  it.each([
    ['2024-02-30', '%Y-%m-%d'],
    ['2024-02-29T00', '%Y-%m-%d'],
    ['24-02-29', '%Y-%m-%d'],
    ['1.5', '%s'],
    ['2024', '%e'],
  ])('refuses %s by %s', (text, format) => {
    expect(() => parseDatetime(text, format)).toThrow(expect.objectContaining({ pythonClass: 'ValueError' }));
  });
});

describe('what may be found where a time should be', () => {
  const reads = (value: TimeInput, format: string) => {
    try {
      return parseDatetime(value, format).isoformat();
    } catch (error) {
      const { pythonClass, message } = Object(error);
      return `${pythonClass}: ${message}`;
    }
  };

  it.each<[TimeInput, string, string]>([
    [true, '%s', '1970-01-01T00:00:01+00:00'],
    [false, '%s', '1970-01-01T00:00:00+00:00'],
    [1.9, '%s', '1970-01-01T00:00:01+00:00'],
    [-1.9, '%s', '1969-12-31T23:59:59+00:00'],
    [' 12 ', '%s', '1970-01-01T00:00:12+00:00'],
    [12n, '%ms', '1970-01-01T00:00:00.012000+00:00'],
    [0.0000005, '%s_as_float', '1970-01-01T00:00:00+00:00'],
    [-0.5, '%s_as_float', '1969-12-31T23:59:59.500000+00:00'],
    ['1e3', '%s_as_float', '1970-01-01T00:16:40+00:00'],
    [true, '%s_as_float', '1970-01-01T00:00:01+00:00'],
    [5n, '%s_as_float', '1970-01-01T00:00:05+00:00'],
    [2024, '%Y', '2024-01-01T00:00:00+00:00'],
    [null, '%s', "TypeError: int() argument must be a string or a real number, not 'NoneType'"],
    [null, '%s_as_float', "TypeError: float() argument must be a string or a real number, not 'NoneType'"],
    [null, '%Y', "ValueError: time data 'None' does not match format '%Y'"],
    [true, '%Y', "ValueError: time data 'True' does not match format '%Y'"],
    [false, '%Y', "ValueError: time data 'False' does not match format '%Y'"],
    ['x', '%s', "ValueError: invalid literal for int() with base 10: 'x'"],
    ['x', '%s_as_float', "ValueError: could not convert string to float: 'x'"],
    [Number.NaN, '%s', 'ValueError: cannot convert float NaN to integer'],
    [Number.NaN, '%s_as_float', 'ValueError: cannot convert float NaN to integer'],
    [Number.POSITIVE_INFINITY, '%s', 'OverflowError: cannot convert float infinity to integer'],
    [Number.NEGATIVE_INFINITY, '%s_as_float', 'OverflowError: cannot convert float infinity to integer'],
    [253_402_300_800, '%s', 'ValueError: year is out of range: 253402300800'],
    [253_402_300_800, '%s_as_float', 'ValueError: year is out of range: 253402300800'],
    [10n ** 20n, '%s', 'OverflowError: timestamp out of range for platform time_t'],
    [253_402_300_800_000, '%ms', 'OverflowError: date value out of range'],
    [253_402_300_800_000_000n, '%epoch_microseconds', 'OverflowError: date value out of range'],
  ])('%p by %s', (value, format, expected) => {
    expect(reads(value, format)).toBe(expected);
  });

  it.each([
    ['%s', undefined],
    ['%s_as_float', undefined],
    ['%Y-%m-%dT%H:%M:%S.%_msZ', undefined],
    ['%Y %Q', "'Q' is a bad directive in format '%Y %Q'"],
    ['%Y %Y', "redefinition of group name 'Y'"],
    ['YYYY-MM-DD', 'it has no directive such as %Y'],
    ['constructor', 'it has no directive such as %Y'],
  ])('what is wrong with the format %j: %s', (format, problem) => {
    expect(formatProblem(format)).toBe(problem);
  });
});

describe('formatDatetime', () => {
  const at = isoparse('2024-03-05T07:08:09.012345+05:30');
  it.each([
    ['%s', '1709602689'],
    ['%ms', '1709602689012'],
    ['%s_as_float', '1709602689.012345'],
    ['%Y-%m-%dT%H:%M:%S.%_ms%z', '2024-03-05T07:08:09.012+0530'],
    ['%-d %e %j %U %G-W%V %P', '5  5 065 09 2024-W10 am'],
    ['100%', '100%'],
    ['%epoch_microseconds', '1709602689012345'],
    ['%_ms and %f', '012 and 012'],
    ['no directive', 'no directive'],
  ])('%s', (format, expected) => {
    expect(formatDatetime(at, format)).toBe(expected);
  });

  it('writes whole seconds as a float', () => {
    expect(formatDatetime(isoparse('2024-03-05T00:00:00Z'), '%s_as_float')).toBe('1709596800.0');
    expect(formatDatetime(isoparse('1969-12-31T23:59:59.5Z'), '%s')).toBe('0');
    expect(formatDatetime(isoparse('1969-12-31T23:59:58.5Z'), '%ms')).toBe('-1500');
  });

  it('does not pad years below 1000', () => {
    expect(strftime(isoparse('0987-06-05'), '%Y-%m-%d')).toBe('987-06-05');
  });
});

describe('durations', () => {
  it('clamps months to their end', () => {
    const base = isoparse('2026-01-31T00:00:00Z');
    expect(addDuration(base, parseDuration('P1M')).isoformat()).toBe('2026-02-28T00:00:00+00:00');
    expect(subtractDuration(base, parseDuration('P1Y2M')).isoformat()).toBe('2024-11-30T00:00:00+00:00');
    expect(addDuration(base, parseDuration('PT0.000001S')).isoformat()).toBe(
      '2026-01-31T00:00:00.000001+00:00',
    );
  });

  it.each(['P', '1D', 'P1d', 'P-1D', ''])('refuses %j', (text) => {
    expect(() => parseDuration(text)).toThrow(expect.objectContaining({ pythonClass: 'ISO8601Error' }));
  });

  it('prints as Python does', () => {
    expect(String(parseDuration('-P732DT1H39M30S'))).toBe('-733 days, 22:20:30');
    expect(String(parseDuration('P1Y2M3DT4H'))).toBe('1 years, 2 months, 3 days, 4:00:00');
  });
});

describe('isoparse', () => {
  it.each([
    ['2024', '2024-01-01T00:00:00'],
    ['2024-W05-3', '2024-01-31T00:00:00'],
    ['2024-060', '2024-02-29T00:00:00'],
    ['20240601T1020Z', '2024-06-01T10:20:00+00:00'],
    ['2024-06-01 24:00', '2024-06-02T00:00:00'],
    ['2024-06-01x10:20:30,1234567+02', '2024-06-01T10:20:30.123456+02:00'],
  ])('%s', (text, expected) => {
    expect(isoparse(text).isoformat()).toBe(expected);
  });

  it.each(['202406', '2024-1-1', '2024-13-01', '2024-01-01T', '2024-01-01T10:2030', ' 2024-01-01'])(
    'refuses %j',
    (text) => {
      expect(() => isoparse(text)).toThrow(expect.objectContaining({ pythonClass: 'ValueError' }));
    },
  );
});

it('compares instants, not wall times', () => {
  expect(compareDatetimes(isoparse('2024-01-01T02:00+02:00'), isoparse('2024-01-01T00:00Z'))).toBe(0);
  expect(() => compareDatetimes(isoparse('2024-01-01'), isoparse('2024-01-01T00:00Z'))).toThrow(
    "can't compare",
  );
});
