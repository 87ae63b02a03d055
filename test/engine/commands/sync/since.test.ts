import { readSince, startingAt } from '../../../../engine/commands/sync/since.ts';

const now = Date.parse('2026-03-31T12:00:00Z');
const iso = (text: string) => new Date(readSince(text, now)).toISOString();

test.each([
  ['30d', '2026-03-01T12:00:00.000Z'],
  ['12h', '2026-03-31T00:00:00.000Z'],
  ['2026-01-31', '2026-01-31T00:00:00.000Z'],
  ['2026-01-31T12:00:00+02:00', '2026-01-31T10:00:00.000Z'],
])('%s', (text, moment) => {
  expect(iso(text)).toBe(moment);
});

test('what is no date is refused', () => {
  for (const text of ['soon', '7', '2026-13-01'])
    expect(() => readSince(text, now)).toThrow(/is no date\. Give 2026-01-31/);
});

test('what is still to come is refused, and what was before the beginning of time', () => {
  expect(() => readSince('2026-04-01', now)).toThrow('--since "2026-04-01" is still to come');
  expect(() => readSince('99999999d', now)).toThrow('is no date');
});

test.each([
  [{ start_date: { type: 'string' } }, { start_date: '2026-03-31T12:00:00Z' }],
  [{ start_date: { type: 'string', format: 'date' } }, { start_date: '2026-03-31' }],
  [
    { replication_start_date: { type: 'string', pattern: '^.*\\.\\d{3}Z$' } },
    { replication_start_date: '2026-03-31T12:00:00.000Z' },
  ],
  [{ start_timestamp: { type: 'integer' } }, { start_timestamp: 1774958400 }],
])('is written as the spec asks for: %j', (properties, expected) => {
  expect(startingAt({ key: 'k' }, { properties }, now)).toEqual({ key: 'k', ...expected });
});

test('a connector without a start date says so', () => {
  expect(() => startingAt({}, { properties: { key: {} } }, now)).toThrow(
    '--since has nothing to set: the config of this connector has no start date. It has "key".',
  );
});
