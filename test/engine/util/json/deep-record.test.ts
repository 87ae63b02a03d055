import { isTooDeep, tellDeepRecord } from '../../../../engine/util/json/deep-record.ts';

const lists = (levels: number) => JSON.parse('['.repeat(levels) + ']'.repeat(levels));

test('a record that is too deep is told by its number, its field and its depth', () => {
  const records = [{ id: 1 }, { id: 2, a: { b: 1 }, tree: lists(20_000) }, { tree: lists(30_000) }];
  expect(tellDeepRecord(records, 40)).toBe(
    'Record 42 is nested too deeply to be worked with: its field "tree" has 20000 levels.',
  );
  expect(tellDeepRecord(records, 0, ' of an answer')).toMatch(/^Record 2 of an answer is nested/);
});

test('where none of them is, nothing more is claimed', () => {
  expect(tellDeepRecord([{ a: lists(100) }, 'text', null], 0)).toBe(
    'A value is nested too deeply to be worked with.',
  );
});

test('only a recursion that went too deep is taken for one', () => {
  const recurse = (): unknown => recurse();
  const thrown = () => {
    try {
      return recurse();
    } catch (error) {
      return error;
    }
  };
  expect(isTooDeep(thrown())).toBe(true);
  expect(isTooDeep(new RangeError('Invalid string length'))).toBe(false);
  expect(isTooDeep(new Error('Maximum call stack size exceeded'))).toBe(false);
});
