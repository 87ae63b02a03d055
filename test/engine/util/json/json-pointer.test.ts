import { atPointer } from '../../../../engine/util/json/json-pointer.ts';

const root = { 'a/b': { '~': 1 }, list: [{ x: 'first' }], 'white space': null };

it.each([
  ['', root],
  ['/a~1b/~0', 1],
  ['/list/0/x', 'first'],
  ['/white%20space', null],
  ['/list/1', undefined],
  ['/list/0/x/y', undefined],
  ['/constructor', undefined],
])('%j', (pointer, value) => {
  expect(atPointer(root, pointer)).toBe(value);
});
