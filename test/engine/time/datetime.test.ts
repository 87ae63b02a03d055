import {
  compareDatetimes,
  dateOf,
  datetimeFromMicroseconds,
  datetimeFromMs,
  datetimeOf,
  isoOffset,
  PyTimezone,
  pytzUtc,
  subtractDatetimes,
  utc,
} from '../../../engine/time/datetime.ts';
import { isoparse } from '../../../engine/time/isoparse.ts';
import { combine, PyTime } from '../../../engine/time/time-of-day.ts';
import { timedeltaOf } from '../../../engine/time/timedelta.ts';

const india = new PyTimezone(19_800);

describe('a datetime', () => {
  it.each([
    [
      '2024-02-29T23:59:59.999999+05:30',
      'datetime.datetime(2024, 2, 29, 23, 59, 59, 999999, tzinfo=datetime.timezone(datetime.timedelta(seconds=19800)))',
    ],
    ['2024-02-29T23:59:00', 'datetime.datetime(2024, 2, 29, 23, 59)'],
    ['2024-02-29T23:59:01', 'datetime.datetime(2024, 2, 29, 23, 59, 1)'],
    ['2024-02-29T23:59:00.000001', 'datetime.datetime(2024, 2, 29, 23, 59, 0, 1)'],
    [
      '1969-12-31T23:59:59.999+00:00',
      'datetime.datetime(1969, 12, 31, 23, 59, 59, 999000, tzinfo=datetime.timezone.utc)',
    ],
  ])('%s is shown as Python shows it', (text, repr) => {
    expect([isoparse(text).isoformat().replace('.999000', '.999'), isoparse(text).repr()]).toEqual([
      text,
      repr,
    ]);
  });

  it('is written with a space as a text', () => {
    expect(String(isoparse('2024-02-29T01:02:03Z'))).toBe('2024-02-29 01:02:03+00:00');
  });

  it.each([
    ['auto', '2024-01-02T03:04:05.678900'],
    ['hours', '2024-01-02T03'],
    ['minutes', '2024-01-02T03:04'],
    ['seconds', '2024-01-02T03:04:05'],
    ['milliseconds', '2024-01-02T03:04:05.678'],
    ['microseconds', '2024-01-02T03:04:05.678900'],
  ])('is as exact as is asked for: %s', (timespec, text) => {
    expect(isoparse('2024-01-02T03:04:05.6789').isoformat('T', timespec)).toBe(text);
  });

  it('knows no other exactness', () => {
    expect(() => isoparse('2024-01-02').isoformat('T', 'days')).toThrow('Unknown timespec value');
  });

  it.each([
    ['0000-01-01', 'year 0 is out of range'],
    ['2024-00-01', 'month must be in 1..12'],
    ['2024-01-00', 'day is out of range for month'],
    ['2023-02-29', 'day is out of range for month'],
    ['2024-01-01T25', 'hour must be in 0..23'],
    ['2024-01-01T23:60', 'minute must be in 0..59'],
    ['2024-01-01T23:59:60', 'second must be in 0..59'],
  ])('%s does not exist: %s', (text, message) => {
    expect(() => isoparse(text)).toThrow(message);
  });

  it('has its fields in their ranges', () => {
    const noon = { year: 2024, month: 1, day: 1, hour: 12, minute: 0, second: 0, microsecond: 0 };
    for (const [field, most] of [
      ['hour', 23],
      ['minute', 59],
      ['second', 59],
      ['microsecond', 999_999],
    ] as const) {
      expect(datetimeOf({ ...noon, [field]: most }, null).fields[field]).toBe(most);
      for (const wrong of [-1, most + 1]) {
        expect(() => datetimeOf({ ...noon, [field]: wrong }, null)).toThrow(`${field} must be in 0..${most}`);
      }
    }
    expect(() => dateOf(10_000, 1, 1)).toThrow('year 10000 is out of range');
    expect(String(dateOf(9999, 12, 31))).toBe('9999-12-31');
    expect(dateOf(2024, 2, 9).repr()).toBe('datetime.date(2024, 2, 9)');
  });

  it('moves to another offset as the same moment, or keeps its wall time', () => {
    const moment = isoparse('2024-01-01T20:00:00.000007Z');
    expect(moment.inZone(india).isoformat()).toBe('2024-01-02T01:30:00.000007+05:30');
    expect(moment.withZone(india).isoformat()).toBe('2024-01-01T20:00:00.000007+05:30');
    expect(moment.withZone(null).isoformat()).toBe('2024-01-01T20:00:00.000007');
    expect([moment.inZone(india).timestamp(), isoparse('2024-01-01T20:00').timestamp()]).toEqual([
      1_704_139_200.000007, 1_704_139_200,
    ]);
  });

  it('is moved by microseconds over milliseconds, days and the epoch', () => {
    const moved = (text: string, microseconds: number) =>
      isoparse(text).add(timedeltaOf({ microseconds })).isoformat();
    expect(moved('2023-12-31T23:59:59.999999', 1)).toBe('2024-01-01T00:00:00');
    expect(moved('2024-01-01T00:00:00', -1)).toBe('2023-12-31T23:59:59.999999');
    expect(moved('1970-01-01T00:00:00.000500', -1501)).toBe('1969-12-31T23:59:59.998999');
  });

  it('comes from counts since the epoch', () => {
    expect(datetimeFromMs(1500.9, india).isoformat()).toBe('1970-01-01T05:30:01.500000+05:30');
    expect(datetimeFromMicroseconds(-1n).isoformat()).toBe('1969-12-31T23:59:59.999999+00:00');
    expect(datetimeFromMicroseconds(1_000_001n, india).isoformat()).toBe('1970-01-01T05:30:01.000001+05:30');
    expect(() => datetimeFromMs(253_402_300_800_000)).toThrow('date value out of range');
    expect(datetimeFromMs(253_402_300_799_999).isoformat()).toBe('9999-12-31T23:59:59.999000+00:00');
    expect(datetimeFromMs(-62_135_596_800_000).isoformat()).toBe('0001-01-01T00:00:00+00:00');
    expect(() => datetimeFromMs(-62_135_596_800_001)).toThrow('date value out of range');
  });

  it('is ordered by moments, to the microsecond', () => {
    const order = (a: string, b: string) => Math.sign(compareDatetimes(isoparse(a), isoparse(b)));
    expect(order('2024-01-01T01:00+01:00', '2024-01-01T00:00:00.000001Z')).toBe(-1);
    expect(order('2024-01-01T00:00:00.001Z', '2024-01-01T00:00:00.000999Z')).toBe(1);
    expect(order('2024-01-01', '2024-01-01')).toBe(0);
    expect(() => order('2024-01-01T00:00Z', '2024-01-01')).toThrow("can't compare offset-naive");
    const difference = subtractDatetimes(isoparse('2024-03-01T00:00Z'), isoparse('2024-02-28T23:00-01:00'));
    expect(String(difference)).toBe('1 day, 0:00:00');
    expect(() => subtractDatetimes(isoparse('2024-03-01'), isoparse('2024-03-01T00:00Z'))).toThrow(
      "can't subtract offset-naive",
    );
  });
});

describe('an offset', () => {
  it.each([
    [0, '+00:00', 'UTC', 'datetime.timezone.utc'],
    [19_800, '+05:30', 'UTC+05:30', 'datetime.timezone(datetime.timedelta(seconds=19800))'],
    [-12_600, '-03:30', 'UTC-03:30', 'datetime.timezone(datetime.timedelta(days=-1, seconds=73800))'],
    [3661, '+01:01:01', 'UTC+01:01:01', 'datetime.timezone(datetime.timedelta(seconds=3661))'],
  ])('of %d seconds', (seconds, text, label, repr) => {
    const zone = new PyTimezone(seconds);
    expect([isoOffset(seconds), zone.label, zone.repr]).toEqual([text, label, repr]);
  });

  it('is written without colons where they are not wanted', () => {
    expect([isoOffset(-12_600, ''), isoOffset(3661, '')]).toEqual(['-0330', '+010101']);
    expect([utc.label, pytzUtc.label, pytzUtc.repr]).toEqual(['UTC', 'UTC', '<UTC>']);
  });
});

describe('a time of day', () => {
  const time = new PyTime(isoparse('2024-02-29T13:05:07.5+05:30'));

  it('has no day', () => {
    expect(String(time)).toBe('13:05:07.500000+05:30');
    expect(time.isoformat('minutes')).toBe('13:05+05:30');
    expect(new PyTime(isoparse('1850-06-01T13:05')).repr()).toBe('datetime.time(13, 5)');
    expect([time.fields.hour, time.fields.microsecond, time.zone?.offsetSeconds]).toEqual([
      13, 500_000, 19_800,
    ]);
  });

  it('is put together with one', () => {
    expect(combine(dateOf(2024, 12, 31), time).isoformat()).toBe('2024-12-31T13:05:07.500000+05:30');
    expect(combine(isoparse('1850-06-01T23:59'), time).isoformat()).toBe('1850-06-01T13:05:07.500000+05:30');
  });
});
