import { reachedText } from '../../../../engine/commands/sync/reached.ts';
import type { StreamDefinition } from '../../../../engine/contract/families.ts';

function stream(timeOf?: StreamDefinition['timeOf']): StreamDefinition {
  return { cursorField: 'updated_at', timeOf } as StreamDefinition;
}

test('a value that people can read stands alone', () => {
  expect(
    reachedText(
      { updated_at: '2024-01-01' },
      stream(() => 0),
    ),
  ).toBe('2024-01-01');
});

test('of a number the time that it means is told', () => {
  expect(
    reachedText(
      { updated_at: '1704067200' },
      stream(() => 1_704_067_200_000),
    ),
  ).toBe('2024-01-01T00:00:00Z');
});

test('of partitions the newest value is told', () => {
  const states = [{ cursor: { updated_at: 5 } }, { cursor: { updated_at: 40 } }];
  expect(reachedText({ states, parent_state: { users: { updated_at: 99 } } }, stream())).toBe('40');
});

test('a stream without a cursor reaches nothing', () => {
  expect(reachedText({ __ab_no_cursor_state_message: true }, { name: 'tags' } as StreamDefinition)).toBe('');
});
