import { unescapePython } from '../../../../engine/template/syntax/string-escapes.ts';

const fail = (reason: string): never => {
  throw new Error(reason);
};

describe("Python's escapes in texts", () => {
  it.each([
    ['plain', 'plain'],
    [String.raw`\\ \' \"`, `\\ ' "`],
    [String.raw`\a\b\f\n\r\t\v`, '\x07\b\f\n\r\t\v'],
    ['a\\\nb', 'ab'],
    [String.raw`\q\ `, String.raw`\q\ `],
    [String.raw`\0\12\1011\777`, '\0\nA1\u01ff'],
    [String.raw`\x41\x4142`, 'AA42'],
    [String.raw`\u00e9\u00e9f`, 'éé' + 'f'],
    [String.raw`\U0001F600f`, '😀f'],
    [String.raw`\N{EM DASH}\N{em dash}\N{SNOWMAN}`, '——☃'],
    [String.raw`\N{LATIN SMALL LETTER Q}\N{LATIN CAPITAL LETTER Q}`, 'qQ'],
    [String.raw`\N{DIGIT ZERO}\N{DIGIT NINE}`, '09'],
    [String.raw`\U0010FFFF`, '\u{10ffff}'],
  ])('%j is %j', (body, text) => {
    expect(unescapePython(body, fail)).toBe(text);
  });

  it.each([
    [String.raw`\x4`, String.raw`truncated \xXX escape`],
    [String.raw`\u12`, String.raw`truncated \uXXXX escape`],
    [String.raw`\U0001F60`, String.raw`truncated \UXXXXXXXX escape`],
    [String.raw`\U00110000`, 'illegal Unicode character'],
    [String.raw`\N`, String.raw`malformed \N character escape`],
    [String.raw`\N{NO SUCH THING}`, 'unknown Unicode character name'],
    [String.raw`\N{DIGIT TEN}`, 'unknown Unicode character name'],
    [String.raw`\N{ZERO}`, 'unknown Unicode character name'],
    [String.raw`\N{LATIN SMALL LETTER AB}`, 'unknown Unicode character name'],
    [String.raw`\N{OLD LATIN SMALL LETTER A}`, 'unknown Unicode character name'],
    [String.raw`\N{OLD DIGIT ONE}`, 'unknown Unicode character name'],
    [String.raw`\N{constructor}`, 'unknown Unicode character name'],
    ['a\\', String.raw`\ at end of string`],
  ])('%j is refused: %s', (body, reason) => {
    expect(() => unescapePython(body, fail)).toThrow(reason);
  });

  it('mean nothing in bytes where they name characters', () => {
    const bytes = (body: string) => unescapePython(body, fail, true);
    expect(bytes(String.raw`\x41\101\777`)).toBe('AA\xff');
    expect(bytes(String.raw`\u00e9\U0001F600\N{EM DASH}\N`)).toBe(String.raw`\u00e9\U0001F600\N{EM DASH}\N`);
  });
});
