import { joined, lengthOf, sliceOf } from '../../../../engine/util/bytes/parts.ts';

const parts = ['ab', '', 'cde', 'f'].map((text) => Buffer.from(text));

test('parts have a length together, and are joined', () => {
  expect([lengthOf(parts), lengthOf([])]).toEqual([6, 0]);
  expect(Buffer.from(joined(parts)).toString()).toBe('abcdef');
  expect(joined([]).length).toBe(0);
  const [only] = parts;
  expect(joined(only === undefined ? [] : [only])).toBe(only);
});

test('a slice is the same as of the whole, wherever it begins and ends', () => {
  for (let start = 0; start <= 6; start++) {
    for (let end = start; end <= 7; end++)
      expect(Buffer.from(sliceOf(parts, start, end)).toString()).toBe('abcdef'.slice(start, end));
  }
});
