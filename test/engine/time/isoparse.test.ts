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
    ['２０２４', 'ISO-8601 strings should contain only ASCII characters'],
  ])('refuses %s: %s', (text, message) => {
    expect(() => isoparse(text)).toThrow(message);
  });
});
