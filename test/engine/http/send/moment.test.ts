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
  ['2026-01-01T00:00'],
  ['2026-01-01T00:00:00.000'],
  ['2026-01-01T05:30:00+0530'],
  ['2025-12-31T19:00:00-05:00'],
  ['Thu, 01 Jan 2026 00:00:00 GMT'],
  ['  Thu, 01 Jan 2026 00:00:00 GMT '],
  ['Thu, 01 Jan 2026 00:00:00'],
  ['Thu, 01 Jan 2026 01:00:00 +0100'],
  ['Thursday, 01-Jan-26 00:00:00 GMT'],
  ['Thu Jan 1 00:00:00 2026 GMT'],
])('%j is the moment that it means, wherever the machine stands', (text) => {
  expect(momentOf(text)).toBe(now);
});

test.each([
  'soon',
  '',
  'NaN',
  'Infinity',
  '5, x',
  '1 Jan 2026',
  'x 2026-01-01',
  '2026-13-45',
  'Thu, nothing',
])('%j is no moment', (text) => {
  expect(momentOf(text)).toBeUndefined();
});

test.each([
  ['30', 30],
  [' 1.5 ', 1.5],
  ['5, 6', 6],
  ['30s', 30],
  ['2 secs', 2],
  ['1 second', 1],
  ['1 millisecond', 0.001],
  ['20 MS', 0.02],
  ['3m', 180],
  ['1 min', 60],
  ['1 minute', 60],
  ['999999999', 999_999_999],
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

test.each(['', 'in 5 s', '5 seconds more', '1.2.3.4', '5 hours', 's'])('%j asks for no wait', (text) => {
  expect(waitOf(text, now)).toBeUndefined();
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
