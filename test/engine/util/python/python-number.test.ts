import { parsePythonFloat, parsePythonInteger } from '../../../../engine/util/python/python-number.ts';

it.each([
  [' -1_000 ', 10, -1000n],
  ['+7', 10, 7n],
  ['٣٤', 10, 34n],
  ['9007199254740993', 10, 9007199254740993n],
  ['0x1f', 0, 31n],
  ['0x1f', 16, 31n],
  ['0b1', 16, 0xb1n],
  ['1f', 10, undefined],
  ['1__0', 10, undefined],
  ['2', 2, undefined],
  ['', 10, undefined],
])('int(%j, %d)', (text, base, value) => {
  expect(parsePythonInteger(text, base)).toBe(value);
});

it.each([
  [' 1_000.5e-1 ', 100.05],
  ['.5', 0.5],
  ['-Infinity', Number.NEGATIVE_INFINITY],
  ['nan', Number.NaN],
  ['1e', undefined],
  ['0x10', undefined],
  ['_1', undefined],
])('float(%j)', (text, value) => {
  expect(parsePythonFloat(text)).toBe(value);
});
