import { readFileSync } from 'node:fs';
import { literalEval, notLiteral } from '../../../engine/template/literal-eval.ts';
import {
  outside,
  PyBytes,
  PyComplex,
  PyFloat,
  PyTuple,
  pyRepr,
  setOf,
} from '../../../engine/template/python-values.ts';

/** Texts, and how Python 3.11 shows what ast.literal_eval makes of them; null where it refuses. */
const literals: readonly (readonly [text: string, shown: string | null])[] = JSON.parse(
  readFileSync('test/engine/template/literals.json', 'utf8'),
);

it('reads what Python reads, and nothing else', () => {
  const shown = (text: string) => {
    const value = literalEval(text);
    return value === notLiteral ? null : pyRepr(value);
  };
  expect(literals.map(([text]) => [text, shown(text)])).toEqual(literals);
});

it('reads as many digits as Python does', () => {
  expect(literalEval('1'.repeat(4300))).toBe(BigInt('1'.repeat(4300)));
  expect(literalEval('1'.repeat(4301))).toBe(notLiteral);
});

describe('literalEval', () => {
  it.each<readonly [string, unknown]>([
    ['1', 1],
    [' 1 ', 1],
    ['-5', -5],
    ['- 1', -1],
    ['0x1F', 31],
    ['1_000', 1000],
    ['00', 0],
    ['1.', new PyFloat(1)],
    ['.5', 0.5],
    ['1e5', new PyFloat(100000)],
    ['True', true],
    ['None', null],
    ["'a' 'b'", 'ab'],
    ["r'\\d'", '\\d'],
    ["b'x'", new PyBytes(Buffer.from('x'))],
    ['1,2', new PyTuple([1, 2])],
    ['(1,)', new PyTuple([1])],
    ['[1, [2], ]', [1, [2]]],
    ['{"a": {1, 2}}', { a: setOf([1, 2], outside()) }],
    ['set()', setOf([], outside())],
    ['1 # one', 1],
    ['+447700900123', 447700900123],
    ['-(1)', -1],
    ['+(1.5)', 1.5],
    ['1j', new PyComplex(0, 1)],
    ['[1 - 2j]', [new PyComplex(1, -2)]],
    ['\n1\n', 1],
    ['1\n \n', 1],
    ['\r1', 1],
  ])('reads %s', (text, expected) => {
    expect(literalEval(text)).toEqual(expected);
  });

  it.each([
    '',
    'a',
    'null',
    'true',
    '01',
    '1__0',
    '1-2',
    '2024-01-01',
    '2024-01-01T00:00:00Z',
    '-True',
    "f'a'",
    '1 2',
    '[1',
    "'a",
    '{[1]: 2}',
    '--1',
    '-(-1)',
    '2j+1',
    '\n 1',
    '\r\n\t1',
    '1\n ',
    '1\r\n ',
    'Nonesuch',
    '\u00a01',
    '{**{}}',
  ])('leaves %j as text', (text) => {
    expect(literalEval(text)).toBe(notLiteral);
  });
});
