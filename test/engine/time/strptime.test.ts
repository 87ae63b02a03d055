import { parseDatetime } from '../../../engine/time/datetime-format.ts';
import { strptime } from '../../../engine/time/strptime.ts';

describe('strptime', () => {
  const rows: readonly (readonly [string, string, string])[] = [
    ['47 1', '%U %w', '1900-11-26T00:00:00'],
    ['04 Wed', '%U %a', '1900-01-31T00:00:00'],
    ['52 1 2023', '%W %w %Y', '2023-12-25T00:00:00'],
    ['2024-W53-1', '%G-W%V-%u', '2024-12-30T00:00:00'],
    ['8/07 February', '%V/%W %B', '1900-02-01T00:00:00'],
    ['2000 2001', '%Y %G', '2000-01-01T00:00:00'],
    ['11 23', '%I %H', '1900-01-01T23:00:00'],
    ['23 11', '%H %I', '1900-01-01T11:00:00'],
    ['99 2024', '%y %Y', '2024-01-01T00:00:00'],
    ['2024 99', '%Y %y', '1999-01-01T00:00:00'],
    ['Mar 05', '%b %m', '1900-05-01T00:00:00'],
  ];
  it.each(rows)('reads %s by %s, the last directive for a thing winning', (text, format, iso) => {
    expect(strptime(text, format).isoformat()).toBe(iso);
  });

  const long: readonly (readonly [string, string, string])[] = [
    ['2024-02-29T13:05:07.1234567Z', '%Y-%m-%dT%H:%M:%S.%f%z', '2024-02-29T13:05:07.123456+00:00'],
    ['2024-02-29T13:05:07.123456789+02:00', '%Y-%m-%dT%H:%M:%S.%f%z', '2024-02-29T13:05:07.123456+02:00'],
    ['2024-02-29T13:05:07.999999999Z', '%Y-%m-%dT%H:%M:%S.%fZ', '2024-02-29T13:05:07.999999'],
    ['2024-02-29 13:05:07.0000001', '%Y-%m-%d %H:%M:%S.%f', '2024-02-29T13:05:07'],
    ['0.12345678901234567890 2024', '%S.%f %Y', '2024-01-01T00:00:00.123456'],
    // What Python can read is read as it does.
    ['07.1234560', '%S.%f0', '1900-01-01T00:00:07.123456'],
    ['12345611', '%f%H', '1900-01-01T11:00:00.123456'],
  ];
  it.each(long)('reads %s by %s, to the microsecond', (text, format, iso) => {
    expect(strptime(text, format).isoformat()).toBe(iso);
  });

  it.each([
    ['2024-02-29T13:05:07.123456789', '%Y-%m-%dT%H:%M:%S', 'unconverted data remains: .123456789'],
    ['07.123456789Zx', '%S.%fZ', "does not match format '%S.%fZ'"],
    ['07.1234567x', '%S.%f', 'unconverted data remains: 7x'],
  ])('still refuses %s by %s', (text, format, message) => {
    expect(() => strptime(text, format)).toThrow(message);
  });

  it('refuses February 29 without a year', () => {
    expect(() => strptime('02-29', '%m-%d')).toThrow('day is out of range for month');
  });

  it('names a bad directive before a repeated one', () => {
    expect(() => strptime('x', '%d %d %Q')).toThrow("'Q' is a bad directive");
    expect(() => strptime('x', '%d %d')).toThrow("redefinition of group name 'd'");
  });

  it('tells years that are too far from timestamps that are', () => {
    const failure = (value: bigint) => {
      try {
        return parseDatetime(value, '%s').isoformat();
      } catch (error) {
        return Object(error).pythonClass;
      }
    };
    expect(failure(253_402_300_800n)).toBe('ValueError');
    expect(failure(10n ** 20n)).toBe('OverflowError');
  });
});
