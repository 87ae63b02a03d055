import { createMemo } from '../../../../engine/util/flow/memo.ts';

test('what a key stands for is made once, also when it is nothing', () => {
  const memo = createMemo();
  const made: string[] = [];
  const make = <T>(name: string, value: T): T => {
    made.push(name);
    return value;
  };
  expect(memo('a', () => make('a', 1))).toBe(1);
  expect(memo('a', () => make('again', 2))).toBe(1);
  expect(memo('b', () => make('b', undefined))).toBeUndefined();
  expect(memo('b', () => make('again', undefined))).toBeUndefined();
  expect(made).toEqual(['a', 'b']);
});

test('what was thrown is tried again', () => {
  const memo = createMemo();
  expect(() =>
    memo('a', () => {
      throw new Error('not yet');
    }),
  ).toThrow('not yet');
  expect(memo('a', () => 1)).toBe(1);
});
