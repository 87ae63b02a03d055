import { describeWait } from '../../../../engine/http/send/describe-wait.ts';
import { momentOf, waitOf } from '../../../../engine/http/send/moment.ts';

const now = Date.UTC(2026, 0, 1);

test.each([
  [String(now / 1000)],
  [String(now)],
  [String(now * 1000)],
  [`${now}000000`],
  ['2026-01-01T00:00:00Z'],
  ['2026-01-01 00:00:00'],
  ['2026-01-01'],
  ['2026-01-01T01:00:00+01:00'],
  ['Thu, 01 Jan 2026 00:00:00 GMT'],
])('%s is the moment that it means', (text) => {
  expect(momentOf(text)).toBe(now);
});

test.each(['soon', '', 'NaN', 'Infinity', '2026-13-45', 'Thu, nothing'])('%j is no moment', (text) => {
  expect(momentOf(text)).toBeUndefined();
});

test.each([
  ['30', 30],
  [' 1.5 ', 1.5],
  ['5, 6', 6],
  ['30s', 30],
  ['500 ms', 0.5],
  ['2 minutes', 120],
  ['-5', -5],
  ['Thu, 01 Jan 2026 00:01:00 GMT', 60],
  ['2026-01-01T00:00:30Z', 30],
  [String(now + 90_000), 90],
  [String(now / 1000 + 90), 90],
  ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
])('%s asks to wait %d seconds', (text, seconds) => {
  expect(waitOf(text, now)).toBe(seconds);
});

test('waits are told in the unit that fits', () => {
  expect([1, 90, 3600, 86_400, 1e9].map(describeWait)).toEqual([
    '1 second',
    '90 seconds',
    '1 hour',
    '24 hours',
    '11574.1 days',
  ]);
});
