import { pythonRegex, RegexLimitError } from '../../../../engine/util/python/python-regex.ts';
import { told } from '../../../kit/told.ts';

it.each([
  ['(?P<year>\\d{4})-(?P=year)', '2024-2024', true],
  ['(?P<year>\\d{4})-(?P=year)', '2024-2025', false],
  ['\\Aab\\Z', 'ab', true],
  ['\\Aab\\Z', 'ab\n', false],
  ['ab$', 'ab\n', true],
  ['(?i)AB', 'xaby', true],
  ['(?m)^b$', 'a\nb\nc', true],
  ['(?x) a b # two letters', 'ab', true],
  ['[]x]+', ']x]', true],
  ['[^]]', ']', false],
  ['a{,2}b', 'b', true],
  ['{a}', '{a}', true],
  ['\\d', '٣', true],
  ['\\bé\\b', 'é', true],
  ['[\\w-]+', 'ü-1', true],
  ['a(?#comment)b', 'ab', true],
  ['^(a)\\1*$', 'aaaa', true],
  ['^ab(?#comment)*$', 'abb', true],
  ['^(?:ab)+?$', 'abab', true],
  ['😀+', '😀😀', true],
])('%j in %j: %s', (pattern, text, isFound) => {
  expect(pythonRegex(pattern).test(text)).toBe(isFound);
});

it.each([
  ['a\\', 'bad escape (end of pattern)'],
  ['\\y', 'bad escape \\y'],
  ['[a', 'unterminated character set'],
  ['(a', 'missing ), unterminated subpattern'],
  ['(?:(a)', 'missing ), unterminated subpattern'],
  ['a)', 'unbalanced parenthesis'],
  ['a)(', 'unbalanced parenthesis'],
  ['*a', 'nothing to repeat'],
  ['(?:+)', 'nothing to repeat'],
  ['a|?', 'nothing to repeat'],
  ['^*', 'nothing to repeat'],
  ['$+', 'nothing to repeat'],
  ['a+*', 'multiple repeat'],
  ['a{2}{3}', 'multiple repeat'],
  ['a{2,1}', 'min repeat greater than max repeat'],
  ['[z-a]', 'a range, the name of a group or a reference in it cannot be read'],
  ['(a)\\2', 'a range, the name of a group or a reference in it cannot be read'],
  ['(?P<a>x)(?P<a>y)', 'a range, the name of a group or a reference in it cannot be read'],
  ['(?#', 'missing ), unterminated comment'],
  ['(?P=a', 'missing ), unterminated name'],
  ['(?P>a)', 'unknown extension ?P'],
  ['\\x4', 'incomplete escape \\x4'],
  ['|'.repeat(20_001), 'the pattern is longer than 20000 characters'],
  ['('.repeat(101) + ')'.repeat(101), 'more than 100 groups are inside of one another'],
])('%j is refused: %s', (pattern, message) => {
  expect(told(() => pythonRegex(pattern))).toBe(message);
});

it("is Python's in what JavaScript has differently", () => {
  expect(pythonRegex('a.b').test('a\rb')).toBe(true);
  expect(pythonRegex('(?m)^b').test('a\rb')).toBe(false);
  expect(pythonRegex('\\s').test('\x1c')).toBe(true);
  expect(pythonRegex('\\s').test('\ufeff')).toBe(false);
  expect(() => pythonRegex('(?<a>b)')).toThrow(new SyntaxError('unknown extension ?<a'));
});

describe('patterns that JavaScript would try for years', () => {
  const long = 'a'.repeat(5000);

  it.each([
    ['^(a+)+$', `${long}b`, undefined],
    ['^(a+)+$', long, 0],
    ['(a|a)*b', long, undefined],
    ['(a|aa)+$', `${long}b`, undefined],
    ['(.*)*,x', long, undefined],
    ['(?i)^(([A-Z])+.)+[A-Z]([a-z])+$', `${long}!`, undefined],
    ['(\\w+\\s?)*;', long, undefined],
    [`${'a?'.repeat(30)}${'a'.repeat(30)}b`, long, undefined],
    ['\\s*,\\s*,', ' '.repeat(5000), undefined],
    ['(?P<x>a{1,50}){1,20}b', `${long}b`, 4000],
    ['(?m)^(a*)*b$', `${long}\nab\n`, 5001],
    ['\\b(\\w+)*\\b!', `${long} `, undefined],
    ['(?<=b)(a+)+c', `b${long}`, undefined],
    ['(x+x+)+y', 'x'.repeat(5000), undefined],
  ])('%j is found or not, and soon', (pattern, text, index) => {
    expect(pythonRegex(pattern).exec(text)?.index).toBe(index);
  });

  it.each([
    ['(a+)+\\1b', long],
    ['(?=(a+)+$)b', `${long}b`],
    ['^(a+)+$', `${long}\n`],
    ['\\b(\\w+)*\\b!', `${long}é`],
  ])('%j is refused where it is not certain what it finds', (pattern, text) => {
    expect(() => pythonRegex(pattern).exec(text)).toThrow(RegexLimitError);
  });

  it('a pattern is the same whichever engine matches it', () => {
    const pattern = '(?P<first>\\w+)(?:-(\\d+)|x)*?([é,;]\\s*)+';
    const text = 'ab-12x-3é, ;cd😀ef-4; ';
    const native = [...pythonRegex(pattern).matchAll(text)];
    const linear = [...pythonRegex(pattern).matchAll(text + ' '.repeat(5000))];
    expect(native.map((match) => [match.index, ...match].map(String).map((each) => each.trimEnd()))).toEqual(
      linear.map((match) => [match.index, ...match].map(String).map((each) => each.trimEnd())),
    );
    expect(linear[0]?.groups).toEqual({ first: 'ab' });
    expect(
      [...pythonRegex('(\\d+|(x)+)*').matchAll(`1😀${'x'.repeat(2000)}`)].map(({ index }) => index),
    ).toEqual([0, 1, 3, 2003]);
  });
});
