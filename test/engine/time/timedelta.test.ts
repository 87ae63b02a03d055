import {
  divideHalfEven,
  floorDivide,
  floorModulo,
  microsecondsToSeconds,
  PyTimedelta,
  roundHalfEven,
  timedeltaOf,
} from '../../../engine/time/timedelta.ts';

describe('a timedelta', () => {
  it.each([
    [{ days: 1 }, '1 day, 0:00:00', 'datetime.timedelta(days=1)'],
    [{ days: -1 }, '-1 day, 0:00:00', 'datetime.timedelta(days=-1)'],
    [{ days: 2, hours: 3 }, '2 days, 3:00:00', 'datetime.timedelta(days=2, seconds=10800)'],
    [{ seconds: -1 }, '-1 day, 23:59:59', 'datetime.timedelta(days=-1, seconds=86399)'],
    [
      { microseconds: -1 },
      '-1 day, 23:59:59.999999',
      'datetime.timedelta(days=-1, seconds=86399, microseconds=999999)',
    ],
    [{ weeks: 1, minutes: 61, seconds: 1 }, '7 days, 1:01:01', 'datetime.timedelta(days=7, seconds=3661)'],
    [{ milliseconds: 1.5 }, '0:00:00.001500', 'datetime.timedelta(microseconds=1500)'],
    [{}, '0:00:00', 'datetime.timedelta(0)'],
    // Halves of a microsecond go to the even one.
    [{ microseconds: 0.5 }, '0:00:00', 'datetime.timedelta(0)'],
    [{ microseconds: 1.5 }, '0:00:00.000002', 'datetime.timedelta(microseconds=2)'],
    [{ microseconds: 2.5 }, '0:00:00.000002', 'datetime.timedelta(microseconds=2)'],
    [
      { microseconds: -1.5 },
      '-1 day, 23:59:59.999998',
      'datetime.timedelta(days=-1, seconds=86399, microseconds=999998)',
    ],
    [{ milliseconds: 0.0005, microseconds: 1 }, '0:00:00.000002', 'datetime.timedelta(microseconds=2)'],
    [{ days: 0.5, hours: 0.5 }, '12:30:00', 'datetime.timedelta(seconds=45000)'],
  ])('of %j', (parts, text, repr) => {
    const delta = timedeltaOf(parts);
    expect([String(delta), delta.repr()]).toEqual([text, repr]);
  });

  it('has its limits where Python has them', () => {
    const most = 86_399_999_999_999_999_999n;
    expect(new PyTimedelta(most).days).toBe(999_999_999);
    expect(() => new PyTimedelta(most + 1n)).toThrow('days out of range');
    const least = -86_399_999_913_600_000_000n;
    expect(new PyTimedelta(least).days).toBe(-999_999_999);
    expect(() => new PyTimedelta(least - 1n)).toThrow('days out of range');
    expect(() => timedeltaOf({ days: Number.NaN })).toThrow('cannot convert float NaN to integer');
    expect(() => timedeltaOf({ days: Number.POSITIVE_INFINITY })).toThrow('cannot convert float infinity');
  });

  it('is exact in seconds as long as a float can be, and the nearest one beyond', () => {
    expect(timedeltaOf({ days: -1, microseconds: 1 }).totalSeconds()).toBe(-86_399.999999);
    expect(microsecondsToSeconds(9_007_199_254_740_990n)).toBe(9_007_199_254.74099);
    // Numbers of this size are even: taken for one first, it would be rounded twice.
    expect(microsecondsToSeconds(173069044958999029n)).toBe(173069044958.99902);
    expect(microsecondsToSeconds(-173069044958999029n)).toBe(-173069044958.99902);
  });
});

describe('whole division', () => {
  it.each([
    [7n, 2n, 3n, 1n],
    [-7n, 2n, -4n, 1n],
    [7n, -2n, -4n, -1n],
    [-7n, -2n, 3n, -1n],
    [-6n, 2n, -3n, 0n],
    [6n, -2n, -3n, 0n],
  ])('of %d by %d goes down', (a, b, quotient, rest) => {
    expect([floorDivide(a, b), floorModulo(a, b)]).toEqual([quotient, rest]);
  });

  it.each([
    [7n, 2n, 4n],
    [5n, 2n, 2n],
    [-5n, 2n, -2n],
    [-7n, 2n, -4n],
    [5n, -2n, -2n],
    [7n, -2n, -4n],
    [4n, 3n, 1n],
    [5n, 3n, 2n],
    [-4n, 3n, -1n],
    [4n, -3n, -1n],
    [5n, -3n, -2n],
  ])('of %d by %d to the nearest, halves to the even one', (a, b, quotient) => {
    expect(divideHalfEven(a, b)).toBe(quotient);
  });

  it('rounds numbers alike', () => {
    expect([0.5, 1.5, 2.5, -0.5, -1.5, 2.4, 2.6, -2.6].map(roundHalfEven).map((value) => value + 0)).toEqual([
      0, 2, 2, 0, -2, 2, 3, -3,
    ]);
  });
});
