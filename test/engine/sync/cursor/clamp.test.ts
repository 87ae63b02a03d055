import { type Clamp, clampToDay, clampToMonth, clampToWeek } from '../../../../engine/sync/cursor/clamp.ts';
import { parseDatetime } from '../../../../engine/time/datetime-format.ts';
import { isoparse } from '../../../../engine/time/isoparse.ts';

const monday = 0;
const clamped = (clamp: Clamp, text: string, direction: 'up' | 'down') =>
  clamp(parseDatetime(text, '%Y-%m-%dT%H:%M:%S%z'), direction).isoformat();

describe('clamping', () => {
  it.each<[string, Clamp, string, string, string]>([
    ['a day', clampToDay, '2024-02-28T10:00:00Z', '2024-02-29T00:00:00+00:00', '2024-02-28T00:00:00+00:00'],
    [
      'midnight to a day',
      clampToDay,
      '2024-02-28T00:00:00Z',
      '2024-02-28T00:00:00+00:00',
      '2024-02-28T00:00:00+00:00',
    ],
    [
      'within its offset',
      clampToDay,
      '2024-02-28T23:00:00-05:00',
      '2024-02-29T00:00:00-05:00',
      '2024-02-28T00:00:00-05:00',
    ],
    [
      'a month',
      clampToMonth,
      '2024-12-15T10:00:00Z',
      '2025-01-01T00:00:00+00:00',
      '2024-12-01T00:00:00+00:00',
    ],
    [
      'a month within its year',
      clampToMonth,
      '2024-01-31T10:00:00Z',
      '2024-02-01T00:00:00+00:00',
      '2024-01-01T00:00:00+00:00',
    ],
    [
      'the first of a month',
      clampToMonth,
      '2024-12-01T10:00:00Z',
      '2024-12-01T00:00:00+00:00',
      '2024-12-01T00:00:00+00:00',
    ],
    [
      'a Wednesday to weeks',
      clampToWeek(monday),
      '2024-01-03T10:00:00Z',
      '2024-01-08T00:00:00+00:00',
      '2024-01-01T00:00:00+00:00',
    ],
    [
      'a Monday to weeks',
      clampToWeek(monday),
      '2024-01-08T10:00:00Z',
      '2024-01-08T00:00:00+00:00',
      '2024-01-08T00:00:00+00:00',
    ],
  ])('%s', (_, clamp, text, up, down) => {
    expect(clamped(clamp, text, 'up')).toBe(up);
    expect(clamped(clamp, text, 'down')).toBe(down);
  });

  it('takes a microsecond after midnight for another day', () => {
    const moment = isoparse('2024-02-28T00:00:00.000001Z');
    expect(clampToDay(moment, 'up').isoformat()).toBe('2024-02-29T00:00:00+00:00');
    expect(clampToDay(moment, 'down').isoformat()).toBe('2024-02-28T00:00:00+00:00');
  });
});
