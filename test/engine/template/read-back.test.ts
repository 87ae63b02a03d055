import { PyComplex, PyFloat, PySet, PyTuple } from '../../../engine/template/python-values.ts';
import { isFalse, readBack, type ValueType } from '../../../engine/template/read-back.ts';

const types: readonly (ValueType | 'request_params' | undefined)[] = [
  undefined,
  'string',
  'number',
  'integer',
  'boolean',
  'request_params',
];

/** The types for which a text is read, rather than kept. */
const readFor = (text: string) =>
  types.filter((type) => readBack(text, type) !== text).map((type) => type ?? 'any');

describe('which literals are read', () => {
  it.each([
    ['abc', ''],
    ['5', 'any integer'],
    ['5.5', 'any number'],
    ['5.0', 'any number'],
    ['True', 'any integer boolean'],
    ['None', 'any'],
    ["'a'", 'any string request_params'],
    ['[1]', 'any request_params'],
    ['(1, 2)', 'any'],
    ['{1}', 'any'],
    ['{"a": 1}', 'any'],
    ['[{"a": 1}]', 'any'],
    ["[{'a': 1}]", 'any request_params'],
    ['[1, {"a": 1}]', 'any'],
    ['["{"]', 'any request_params'],
    ['[[{"a": 1}]]', 'any'],
    ['1j', ''],
    ['123456789012345678901234567890', 'any integer'],
  ])('%s: %s', (text, wanted) => {
    expect(readFor(text).join(' ')).toBe(wanted);
  });

  it('gives nothing for nothing', () => {
    expect(types.map((type) => readBack(null, type))).toEqual(types.map(() => null));
  });
});

describe('what is false', () => {
  it.each<[unknown]>([
    [false],
    [null],
    [''],
    ['False'],
    ['false'],
    ['{}'],
    ['[]'],
    ['()'],
    ['0'],
    ['0.0'],
    [0],
    [new PyFloat(0)],
    [[]],
    [{}],
    [new PyTuple([])],
    [new PySet(new Map())],
  ])('%j', (value) => expect(isFalse(value)).toBe(true));

  it.each<[unknown]>([
    [true],
    ['true'],
    ['None'],
    ['none'],
    [' '],
    ['00'],
    ['0.00'],
    [1],
    [0.5],
    [[0]],
    [{ a: 0 }],
    [new PyTuple([0])],
    [new PySet(new Map([['int 1', 1]]))],
    [new PyComplex(0, 1)],
  ])('not %j', (value) => expect(isFalse(value)).toBe(false));
});
