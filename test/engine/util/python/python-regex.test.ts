import { pythonRegex } from '../../../../engine/util/python/python-regex.ts';

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
  ['😀+', '😀😀', true],
])('%j in %j: %s', (pattern, text, isFound) => {
  expect(pythonRegex(pattern).test(text)).toBe(isFound);
});

it.each([
  ['a\\', 'bad escape (end of pattern)'],
  ['\\y', 'bad escape \\y'],
  ['[a', 'unterminated character set'],
  ['(?#', 'missing ), unterminated comment'],
  ['(?P=a', 'missing ), unterminated name'],
  ['(?P>a)', 'unknown extension ?P'],
  ['\\x4', 'incomplete escape \\x4'],
])('%j is refused: %s', (pattern, message) => {
  expect(() => pythonRegex(pattern)).toThrow(new SyntaxError(message));
});

it('a regex that goes from match to match begins anew whenever it is asked for', () => {
  pythonRegex('a', 'g').exec('aa');
  expect(pythonRegex('a', 'g').exec('ba')?.index).toBe(1);
});
