import { parseDatetime } from '../../../engine/time/datetime-format.ts';
import { checkFormat, strptime } from '../../../engine/time/strptime.ts';

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

  // As Python's datetime.strptime does.
  it.each([
    ['5%', '%d%%', '1900-01-05T00:00:00'],
    ['Thu Feb 29 13:05:07 2024', '%c', '2024-02-29T13:05:07'],
    ['02/29/24', '%x', '2024-02-29T00:00:00'],
    ['13:05:07', '%X', '1900-01-01T13:05:07'],
    ['2024 -08:00', '%Y %z', '2024-01-01T00:00:00-08:00'],
    ['2024 +0530', '%Y %z', '2024-01-01T00:00:00+05:30'],
    ['2024 +01:02:03', '%Y %z', '2024-01-01T00:00:00+01:02:03'],
    ['2024 +010203', '%Y %z', '2024-01-01T00:00:00+01:02:03'],
    ['2024 -23:59', '%Y %z', '2024-01-01T00:00:00-23:59'],
    ['2024 +23:59:59', '%Y %z', '2024-01-01T00:00:00+23:59:59'],
    ['2024 Z', '%Y %z', '2024-01-01T00:00:00+00:00'],
    ['+0000 GMT', '%z %Z', '1900-01-01T00:00:00+00:00'],
    ['+0000 utc', '%z %Z', '1900-01-01T00:00:00+00:00'],
    ['+0100 UTC', '%z %Z', '1900-01-01T00:00:00+01:00'],
    ['GMT', '%Z', '1900-01-01T00:00:00'],
    ['12 AM', '%I %p', '1900-01-01T00:00:00'],
    ['12 PM', '%I %p', '1900-01-01T12:00:00'],
    ['12 am', '%I %p', '1900-01-01T00:00:00'],
    ['1 pm', '%I %p', '1900-01-01T13:00:00'],
    ['11 PM', '%I %p', '1900-01-01T23:00:00'],
    ['7', '%I', '1900-01-01T07:00:00'],
    ['PM', '%p', '1900-01-01T00:00:00'],
    ['13', '%H', '1900-01-01T13:00:00'],
    ['060', '%j', '1900-03-01T00:00:00'],
    ['366 2024', '%j %Y', '2024-12-31T00:00:00'],
    ['366 2023', '%j %Y', '2024-01-01T00:00:00'],
    ['1', '%j', '1900-01-01T00:00:00'],
    ['2024 05 3', '%G %V %u', '2024-01-31T00:00:00'],
    ['2024 53 7', '%G %V %u', '2025-01-05T00:00:00'],
    ['68', '%y', '2068-01-01T00:00:00'],
    ['69', '%y', '1969-01-01T00:00:00'],
    ['00', '%y', '2000-01-01T00:00:00'],
    ['99', '%y', '1999-01-01T00:00:00'],
    ['Wednesday', '%A', '1900-01-01T00:00:00'],
    ['wed', '%a', '1900-01-01T00:00:00'],
    ['september 2024', '%B %Y', '2024-09-01T00:00:00'],
    ['SEP 2024', '%b %Y', '2024-09-01T00:00:00'],
    ['2024 0 1', '%Y %U %w', '2024-01-01T00:00:00'],
    ['2024 0 0', '%Y %U %w', '2023-12-31T00:00:00'],
    ['2024 1 0', '%Y %U %w', '2024-01-07T00:00:00'],
    ['2024 0 1', '%Y %W %w', '2024-01-01T00:00:00'],
    ['2024 1 1', '%Y %W %w', '2024-01-01T00:00:00'],
    ['2023 0 0', '%Y %W %w', '2023-01-01T00:00:00'],
    ['2023 53 0', '%Y %U %w', '2023-12-31T00:00:00'],
    ['2024 10', '%Y %U', '2024-01-01T00:00:00'],
    ['2024 10 Monday', '%Y %U %A', '2024-03-11T00:00:00'],
    ['2024 52 6', '%Y %W %w', '2024-12-28T00:00:00'],
    ['2024  01', '%Y %m', '2024-01-01T00:00:00'],
    ['2024\t01', '%Y   %m', '2024-01-01T00:00:00'],
    ['2024-02-29', '%Y-%m-%d', '2024-02-29T00:00:00'],
    ['.5', '.%f', '1900-01-01T00:00:00.500000'],
    ['.000001', '.%f', '1900-01-01T00:00:00.000001'],
    ['(2024)', '(%Y)', '2024-01-01T00:00:00'],
    ['[2024]+', '[%Y]+', '2024-01-01T00:00:00'],
    ['a.b', 'a.b', '1900-01-01T00:00:00'],
  ])('reads %j by %j', (text, format, iso) => {
    expect(strptime(text, format).isoformat()).toBe(iso);
  });

  it.each([
    ['2024 +01:0203', '%Y %z', 'Inconsistent use of : in +01:0203'],
    [
      '2024 +24:00',
      '%Y %z',
      'offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not datetime.timedelta(days=1).',
    ],
    ['2024 z', '%Y %z', "time data '2024 z' does not match format '%Y %z'"],
    [
      '2024',
      '%G',
      "ISO year directive '%G' must be used with the ISO week directive '%V' and a weekday directive ('%A', '%a', '%w', or '%u').",
    ],
    [
      '2024 05',
      '%G %V',
      "ISO year directive '%G' must be used with the ISO week directive '%V' and a weekday directive ('%A', '%a', '%w', or '%u').",
    ],
    [
      '2024 3',
      '%G %u',
      "ISO year directive '%G' must be used with the ISO week directive '%V' and a weekday directive ('%A', '%a', '%w', or '%u').",
    ],
    [
      '2024 05 3 060',
      '%G %V %u %j',
      "Day of the year directive '%j' is not compatible with ISO year directive '%G'. Use '%Y' instead.",
    ],
    [
      '05',
      '%V',
      "ISO week directive '%V' must be used with the ISO year directive '%G' and a weekday directive ('%A', '%a', '%w', or '%u').",
    ],
    [
      '05 3',
      '%V %u',
      "ISO week directive '%V' is incompatible with the year directive '%Y'. Use the ISO year '%G' instead.",
    ],
    [
      '2024 05 3',
      '%Y %V %u',
      "ISO week directive '%V' is incompatible with the year directive '%Y'. Use the ISO year '%G' instead.",
    ],
    ['202401', '%Y %m', "time data '202401' does not match format '%Y %m'"],
    ['x', '%', "stray % in format '%'"],
    ['2024', '%Y-%', "stray % in format '%Y-%'"],
    ['x', '%Q', "'Q' is a bad directive in format '%Q'"],
    ['x', '%\\', "'%' is a bad directive in format '%\\'"],
    ['x', '%5', "'5' is a bad directive in format '%5'"],
    ['a', '%\n', "'%' is a bad directive in format '%\n'"],
    ['2023-02-29', '%Y-%m-%d', 'day is out of range for month'],
    ['2023-04-31', '%Y-%m-%d', 'day is out of range for month'],
    ['00', '%d', "time data '00' does not match format '%d'"],
    ['32', '%d', 'unconverted data remains: 2'],
    ['0', '%m', "time data '0' does not match format '%m'"],
    ['60', '%M', 'unconverted data remains: 0'],
    ['61', '%S', 'second must be in 0..59'],
    ['60', '%S', 'second must be in 0..59'],
    ['24', '%H', 'unconverted data remains: 4'],
    ['.', '.%f', "time data '.' does not match format '.%f'"],
    ['axb', 'a.b', "time data 'axb' does not match format 'a.b'"],
    ['29 2', '%d %m', 'day is out of range for month'],
    ['29 2 2023', '%d %m %Y', 'day is out of range for month'],
    ['2024-01-01 ', '%Y-%m-%d', 'unconverted data remains:  '],
    [' 2024', '%Y', "time data ' 2024' does not match format '%Y'"],
  ])('refuses %j by %j', (text, format, message) => {
    expect(() => strptime(text, format)).toThrow(message);
  });

  it('names a zone as the text does', () => {
    const labels = [
      ['+0000 GMT', '%z %Z'],
      ['+0100 utc', '%z %Z'],
      ['+0100', '%z'],
    ].map(([text = '', format = '']) => strptime(text, format).zone?.label);
    expect(labels).toEqual(['GMT', 'utc', 'UTC+01:00']);
    expect(strptime('GMT', '%Z').zone).toBeNull();
  });

  it('reads by many formats, and by the first of them again', () => {
    for (let count = 0; count <= 1001; count++) strptime(`2024x${count}`, `%Yx${count}`);
    expect(strptime('2024x0', '%Yx0').fields.year).toBe(2024);
  });

  it('knows formats that no text can be read by', () => {
    expect(() => checkFormat('%Y %Q')).toThrow("'Q' is a bad directive in format '%Y %Q'");
    expect(() => checkFormat('%Y %Y')).toThrow(expect.objectContaining({ pythonClass: 'error' }));
    checkFormat('%Y-%m');
  });
});
