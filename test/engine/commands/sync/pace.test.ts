import { createPace, durationText, secondsLeft } from '../../../../engine/commands/sync/pace.ts';
import { rateWindowOf } from '../../../../engine/commands/sync/rate-window.ts';
import { responseHeaders } from '../../../../engine/http/wire/response.ts';

test('the rate is that of the last seconds', () => {
  let now = 0;
  const pace = createPace(() => now);
  expect(pace.perSecond('a', 0)).toBeUndefined();
  now = 1000;
  expect(pace.perSecond('a', 500)).toBe(500);
  now = 60_000;
  expect(pace.perSecond('a', 900)).toBeUndefined();
  now = 62_000;
  expect(pace.perSecond('a', 1000)).toBe(50);
});

test('what is left is known where states move through time', () => {
  const day = 86_400_000;
  const now = 100 * day;
  const at = (days: number, seconds: number) => ({ time: days * day, at: now - seconds * 1000 });
  // 50 days in 20 seconds, 25 are left, and since the last state 4 seconds have gone.
  expect(secondsLeft({ firstPosition: at(25, 24), position: at(75, 4) }, now)).toBe(6);
  // Where it is read up to another moment than now, 5 days are left, and that takes 2 seconds.
  expect(secondsLeft({ firstPosition: at(25, 20), position: at(75, 0), until: 80 * day }, now)).toBe(2);
  expect(secondsLeft({ firstPosition: at(25, 4), position: at(25, 4) }, now)).toBeUndefined();
  expect(secondsLeft({}, now)).toBeUndefined();
  expect([5.2, 200, 10_000].map(durationText)).toEqual(['6 s', '3 min', '2.8 h']);
});

test.each([
  [
    { 'X-RateLimit-Limit': '166', 'X-RateLimit-Remaining': '23' },
    { used: 143, limit: 166 },
  ],
  [
    { 'RateLimit-Limit': '100, 100;w=60', 'RateLimit-Remaining': '100' },
    { used: 0, limit: 100 },
  ],
  [{ 'X-RateLimit-Limit': '166' }, undefined],
  [{}, undefined],
])('the window that headers tell of: %j', (headers, expected) => {
  expect(rateWindowOf(responseHeaders(Object.entries(headers)))).toEqual(expected);
});
