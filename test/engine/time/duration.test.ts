import { dateOf, PyDate, type PyDateTime } from '../../../engine/time/datetime.ts';
import {
  addDuration,
  addDurations,
  multiplyDuration,
  negateDuration,
  PyDuration,
  parseDuration,
  shiftDate,
  subtractDuration,
} from '../../../engine/time/duration.ts';
import { isoparse } from '../../../engine/time/isoparse.ts';
import type { PyTimedelta } from '../../../engine/time/timedelta.ts';

const moved = (shift: (datetime: PyDateTime, by: PyTimedelta | PyDuration) => PyDateTime) =>
  ((from, by) => shift(isoparse(from), parseDuration(by)).isoformat()) as (
    from: string,
    by: string,
  ) => string;

describe('a duration added to a moment and taken from it', () => {
  it.each([
    // At the end of a month.
    ['2024-01-31', 'P1M', '2024-02-29T00:00:00', '2023-12-31T00:00:00'],
    ['2023-03-31', 'P1M', '2023-04-30T00:00:00', '2023-02-28T00:00:00'],
    ['2024-02-29', 'P1Y', '2025-02-28T00:00:00', '2023-02-28T00:00:00'],
    ['2024-02-29', 'P4Y', '2028-02-29T00:00:00', '2020-02-29T00:00:00'],
    // Over the turn of a year, and over several.
    ['2024-12-15', 'P1M', '2025-01-15T00:00:00', '2024-11-15T00:00:00'],
    ['2024-01-15', 'P1M', '2024-02-15T00:00:00', '2023-12-15T00:00:00'],
    ['2024-06-15', 'P30M', '2026-12-15T00:00:00', '2021-12-15T00:00:00'],
    // Months first, then what has a fixed length.
    ['2024-01-31', 'P1M1D', '2024-03-01T00:00:00', '2023-12-30T00:00:00'],
    ['2024-03-10T02:30:00-05:00', 'P1DT1H', '2024-03-11T03:30:00-05:00', '2024-03-09T01:30:00-05:00'],
    ['2024-01-01', 'P1W', '2024-01-08T00:00:00', '2023-12-25T00:00:00'],
    ['2024-01-01', 'PT1M', '2024-01-01T00:01:00', '2023-12-31T23:59:00'],
    ['2024-01-01', 'PT1,5H', '2024-01-01T01:30:00', '2023-12-31T22:30:00'],
    ['2024-01-01', 'P0.5D', '2024-01-01T12:00:00', '2023-12-31T12:00:00'],
    ['2024-01-31', '-P1M', '2023-12-31T00:00:00', '2024-02-29T00:00:00'],
    ['2024-01-31', '+P1DT2S', '2024-02-01T00:00:02', '2024-01-29T23:59:58'],
    ['2024-01-31', 'P0001-02-03T04:05:06', '2025-04-03T04:05:06', '2022-11-26T19:54:54'],
  ])('%s and %s', (from, by, after, before) => {
    expect([moved(addDuration)(from, by), moved(subtractDuration)(from, by)]).toEqual([after, before]);
  });

  it('of a date counts whole days only', () => {
    const shifted = (by: string, sign: 1 | -1) =>
      String(shiftDate(dateOf(2024, 1, 31), parseDuration(by), sign));
    expect([shifted('P1M', 1), shifted('P1M', -1)]).toEqual(['2024-02-29', '2023-12-31']);
    expect([shifted('P1DT23H', 1), shifted('P1DT23H', -1)]).toEqual(['2024-02-01', '2024-01-30']);
    expect(shifted('P1Y2M3D', 1)).toBe('2025-04-03');
  });

  it('has no half months in the calendar', () => {
    for (const half of ['P0.5M', 'P1.5Y']) {
      expect(() => moved(addDuration)('2024-01-31', half)).toThrow('fractional years or months');
    }
  });

  it('ends where the calendar does', () => {
    expect(() => moved(addDuration)('9999-12-31', 'P1D')).toThrow('date value out of range');
    expect(() => moved(addDuration)('9999-12-31', 'P1M')).toThrow('year 10000 is out of range');
    expect(() => moved(subtractDuration)('0001-01-01', 'P1M')).toThrow('year 0 is out of range');
    expect(() => new PyDate(dateOf(9999, 12, 31).days + 1)).toThrow('date value out of range');
    expect(() => new PyDate(dateOf(1, 1, 1).days - 1)).toThrow('date value out of range');
  });
});

describe('durations with each other', () => {
  const year = parseDuration('P1Y2M3DT4S') as PyDuration;

  it('are added part by part', () => {
    expect(String(addDurations(year, parseDuration('P2Y1M1D'), 1))).toBe(
      '3 years, 3 months, 4 days, 0:00:04',
    );
    expect(String(addDurations(year, parseDuration('P2Y1M1D'), -1))).toBe(
      '-1 years, 1 month, 2 days, 0:00:04',
    );
    expect(String(addDurations(year, parseDuration('P1D'), -1))).toBe('1 years, 2 months, 2 days, 0:00:04');
  });

  it('are turned around and multiplied', () => {
    expect(negateDuration(year).repr()).toBe('isodate.duration.Duration(-4, 86396, 0, years=-1, months=-2)');
    expect(multiplyDuration(year, 3).repr()).toBe('isodate.duration.Duration(9, 12, 0, years=3, months=6)');
    expect(() => multiplyDuration(year, 1.5)).toThrow('by integers only');
    expect(Object.is(negateDuration(parseDuration('P1Y') as PyDuration).months, 0)).toBe(true);
  });

  it.each([
    ['P1Y', '1 years, 0:00:00'],
    ['P1M', '1 month, 0:00:00'],
    ['P2M', '2 months, 0:00:00'],
    ['-P3M', '-3 month, 0:00:00'],
    ['P1.5Y', '1 years, 0:00:00'],
    ['PT36H', '1 day, 12:00:00'],
    ['PT0.25S', '0:00:00.250000'],
    ['P0Y', '0:00:00'],
  ])('%s prints as %s', (text, printed) => {
    expect(String(parseDuration(text))).toBe(printed);
  });
});

describe('a duration written as a date', () => {
  it.each([
    ['P0003-06-04T12:30:05', [3, 6, '4 days, 12:30:05']],
    ['P0003-00-04T12:30:05', [3, 1, '4 days, 12:30:05']],
    ['P00030604T123005.5', [3, 6, '4 days, 12:30:05.500000']],
    ['P0003-W02-3T12:30', [3, 1, '8 days, 12:30:00']],
    ['P0004W011T12:30.5', [3, 12, '29 days, 12:30:30']],
    ['P0003-032T0630', [3, 2, '1 day, 6:30:00']],
    ['P2024366T06', [2024, 12, '31 days, 6:00:00']],
    ['P0003W02T06,5', [3, 1, '6 days, 6:30:00']],
    ['P0003-06T06', [3, 6, '1 day, 6:00:00']],
    ['P0003T06', [3, 1, '1 day, 6:00:00']],
    ['P19T06', [1901, 1, '1 day, 6:00:00']],
  ])('%s', (text, [years, months, rest]) => {
    const duration = parseDuration(text as string);
    expect(duration).toBeInstanceOf(PyDuration);
    const parts = duration as PyDuration;
    expect([parts.years, parts.months, String(parts.rest)]).toEqual([years, months, rest]);
  });

  it.each([
    ['0003-06-04T12:30:05', 'Unable to parse duration string'],
    ['P0003-06-04', "time designator 'T' missing"],
    ['P0003-06-04T12T30', "time designator 'T' missing"],
    ['PxT12', 'Unrecognised ISO 8601 date format'],
    ['P0003-06-04Tx', 'Unrecognised ISO 8601 time format'],
    ['P0003-06-04T24', 'hour must be in 0..23'],
    ['P0003-06-04T23:60', 'minute must be in 0..59'],
    ['P0003-06-04T23:59:60', 'second must be in 0..59'],
    ['P0003-13-04T12', 'month must be in 1..12'],
  ])('%s is refused: %s', (text, message) => {
    expect(() => parseDuration(text)).toThrow(message);
  });
});
