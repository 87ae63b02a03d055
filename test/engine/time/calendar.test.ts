import {
  civilFromDays,
  dayOfYear,
  daysFromCivil,
  daysInMonth,
  isLeap,
  isoCalendar,
  isoWeekOne,
  pad,
  weekday,
} from '../../../engine/time/calendar.ts';

const dayMs = 86_400_000;
const first = daysFromCivil(1, 1, 1);
const last = daysFromCivil(9999, 12, 31);

describe('the calendar', () => {
  it('is that of JavaScript from the first year to the last', () => {
    expect([first, last]).toEqual([-719_162, 2_932_896]);
    const wrong: number[] = [];
    // A step that is prime to weeks, months and years meets every day of each of them.
    for (let days = first; days <= last; days += 97) {
      const date = new Date(days * dayMs);
      const { year, month, day } = civilFromDays(days);
      const isSame =
        year === date.getUTCFullYear() && month === date.getUTCMonth() + 1 && day === date.getUTCDate();
      const isBack = daysFromCivil(year, month, day) === days && (weekday(days) + 1) % 7 === date.getUTCDay();
      if (!isSame || !isBack) wrong.push(days);
    }
    expect(wrong).toEqual([]);
  });

  it.each([
    ['1970-01-01', 0],
    ['1969-12-31', -1],
    ['1900-03-01', -25_508],
    ['2000-02-29', 11_016],
    ['2000-03-01', 11_017],
    ['2000-12-31', 11_322],
    ['2001-01-01', 11_323],
    ['2400-02-29', 157_113],
  ])('counts %s as day %d', (text, days) => {
    const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
    expect(daysFromCivil(year, month, day)).toBe(days);
    expect(civilFromDays(days)).toEqual({ year, month, day });
  });

  it('has leap years by the Gregorian rule', () => {
    expect([1900, 2000, 2023, 2024, 2100, 2400].filter(isLeap)).toEqual([2000, 2024, 2400]);
    expect([1, 2, 3, 4, 12, 13, 0].map((month) => daysInMonth(2024, month))).toEqual([
      31, 29, 31, 30, 31, 0, 0,
    ]);
    expect([daysInMonth(2023, 2), daysInMonth(2100, 2)]).toEqual([28, 28]);
  });

  it.each([
    ['2018-12-31', 2019, 1, 1],
    ['2020-12-31', 2020, 53, 4],
    ['2021-01-03', 2020, 53, 7],
    ['2021-01-04', 2021, 1, 1],
    ['2024-12-29', 2024, 52, 7],
    ['2024-12-30', 2025, 1, 1],
    ['1969-12-29', 1970, 1, 1],
  ])('has the ISO week of %s', (text, year, week, day) => {
    const days = Date.parse(text) / dayMs;
    expect(isoCalendar(days)).toEqual({ year, week, weekday: day });
  });

  it('starts each ISO year with the Monday of the week that has January 4', () => {
    const starts = [2018, 2020, 2021, 2024].map((year) => civilFromDays(isoWeekOne(year)));
    expect(starts).toEqual([
      { year: 2018, month: 1, day: 1 },
      { year: 2019, month: 12, day: 30 },
      { year: 2021, month: 1, day: 4 },
      { year: 2024, month: 1, day: 1 },
    ]);
  });

  it('counts the days of a year', () => {
    const ofYear = (text: string) => dayOfYear(Date.parse(text) / dayMs);
    expect(['2023-01-01', '2023-12-31', '2024-03-01', '2024-12-31'].map(ofYear)).toEqual([1, 365, 61, 366]);
  });

  it('pads after the sign', () => {
    expect([pad(7, 2), pad(-7, 3), pad(123, 2), pad(0, 2), pad(-12, 2)]).toEqual([
      '07',
      '-07',
      '123',
      '00',
      '-12',
    ]);
  });
});
