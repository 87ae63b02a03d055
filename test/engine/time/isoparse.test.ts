import { isoparse } from '../../../engine/time/isoparse.ts';

describe('isoparse', () => {
  it.each([
    ['2024', '2024-01-01T00:00:00'],
    ['2024-02', '2024-02-01T00:00:00'],
    ['20240203', '2024-02-03T00:00:00'],
    ['2024-02-03T04:05:06,7Z', '2024-02-03T04:05:06.700000+00:00'],
    ['2024-02-03 24:00', '2024-02-04T00:00:00'],
    ['2024-W05-6', '2024-02-03T00:00:00'],
    ['2024W05', '2024-01-29T00:00:00'],
    ['2024-034', '2024-02-03T00:00:00'],
    ['2024034', '2024-02-03T00:00:00'],
    ['2024-02-03T0405-0130', '2024-02-03T04:05:00-01:30'],
    ['2024-02-03T04z', '2024-02-03T04:00:00+00:00'],
    ['2024-02-03T04+00:00', '2024-02-03T04:00:00+00:00'],
    ['2024-02-03T04-00', '2024-02-03T04:00:00+00:00'],
    ['2024-02-03T04+00:59', '2024-02-03T04:00:00+00:59'],
    ['2024-02-03T04-23:59', '2024-02-03T04:00:00-23:59'],
    ['2024-02-03T04+05', '2024-02-03T04:00:00+05:00'],
    ['20240203T040506.000001', '2024-02-03T04:05:06.000001'],
    ['2024-W53-7', '2025-01-05T00:00:00'],
    ['2020W537', '2021-01-03T00:00:00'],
    ['2024-W05', '2024-01-29T00:00:00'],
    ['2024-366', '2024-12-31T00:00:00'],
    ['2023365', '2023-12-31T00:00:00'],
    ['2024001', '2024-01-01T00:00:00'],
    ['2024-12-31T24:00:00.000', '2025-01-01T00:00:00'],
  ])('reads %s', (text, expected) => {
    expect(isoparse(text).isoformat()).toBe(expected);
  });

  // The layout of a calendar date is tried first; a date that has it is never taken for one of another layout.
  it.each([
    ['2024-13-01', 'month must be in 1..12'],
    ['2024-02-30', 'day is out of range for month'],
    ['0000-01-01', 'year 0 is out of range'],
    ['2024-13-01T', 'ISO time too short'],
    ['2023-366', 'Invalid ordinal day 366 for year 2023'],
    ['2024-W54-1', 'Invalid week: 54'],
    ['2024-W01-8', 'Invalid weekday: 8'],
    ['202402', 'Invalid ordinal day'],
    ['2024-02-03T', 'ISO time too short'],
    ['2024-02-03T04:05:06.7x', 'Unused components in ISO string'],
    ['2024-02-03T24:01', 'Hour may only be 24 at 24:00:00.000'],
    ['2024-02-03T04:0506', 'Inconsistent use of colon separator'],
    ['2024-02-03T04+2400', 'Invalid hours in time zone offset'],
    ['202', 'ISO string too short'],
    ['', 'ISO string too short'],
    ['2024-1', 'Invalid ordinal day'],
    ['20x4', "invalid literal for int() with base 10: b'20x4'"],
    ['2024-W00-1', 'Invalid week: 0'],
    ['2024-W01-0', 'Invalid weekday: 0'],
    ['2024W01-1', 'Inconsistent use of dash separator'],
    ['2024-W011', 'Inconsistent use of dash separator'],
    ['2024-000', 'Invalid ordinal day 0 for year 2024'],
    ['2024-367', 'Invalid ordinal day 367 for year 2024'],
    ['2024-02-03T24:00:01', 'Hour may only be 24'],
    ['2024-02-03T24:00:00.000001', 'Hour may only be 24'],
    ['2024-02-03T04+5', 'Time zone offset must be 1, 3, 5 or 6 characters'],
    ['2024-02-03T04Zulu', 'Time zone offset must be'],
    ['2024-02-03T04Zul', 'Time zone offset requires sign'],
    ['2024-02-03T04+05:60', 'Invalid minutes in time zone offset'],
    ['2024-02-03T04:05:06:07', 'Unused components in ISO string'],
    ['2024-02-03T04:05:06.', 'Unused components in ISO string'],
    ['２０２４', 'ISO-8601 strings should contain only ASCII characters'],
  ])('refuses %s: %s', (text, message) => {
    expect(() => isoparse(text)).toThrow(message);
  });
});
