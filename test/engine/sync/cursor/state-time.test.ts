import { stateTime } from '../../../../engine/sync/cursor/state-time.ts';
import { parseDatetime } from '../../../../engine/time/datetime-format.ts';

const timeOf = (position: Parameters<typeof stateTime>[0]) =>
  stateTime(position, 'at', (value) => parseDatetime(String(value), '%Y-%m-%d'));
const day = (text: string) => Date.parse(text);

describe('the moment that a position covers', () => {
  it.each([
    ['its value', { kind: 'value', fields: { at: '2024-01-05' } }, day('2024-01-05')],
    ['none', { kind: 'value', fields: {} }, undefined],
    ['an empty one', { kind: 'value', fields: { at: '' } }, undefined],
    ['one that cannot be read', { kind: 'value', fields: { at: 'soon' } }, undefined],
    [
      'the record of its first range',
      {
        kind: 'ranges',
        ranges: [
          { start: '2024-01-01', end: '2024-01-09', mostRecent: '2024-01-05' },
          { start: '2024-02-01', end: '2024-02-09', mostRecent: '2024-02-05' },
        ],
      },
      day('2024-01-05'),
    ],
    [
      'the end of its first range',
      { kind: 'ranges', ranges: [{ start: '2024-01-01', end: '2024-01-09', mostRecent: undefined }] },
      day('2024-01-09'),
    ],
    ['none of no ranges', { kind: 'ranges', ranges: [] }, undefined],
  ] as const)('is that of %s', (_, position, time) => {
    expect(timeOf(position as Parameters<typeof stateTime>[0])).toBe(time);
  });
});
