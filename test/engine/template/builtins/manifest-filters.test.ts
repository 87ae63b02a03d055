import { printed } from '../../../kit/printed.ts';

describe('encoding', () => {
  it.each([
    ['"abc" | base64encode', 'YWJj'],
    ['"é" | base64encode', 'w6k='],
    ['5 | base64encode', 'AttributeError'],
    ['config.missing | base64encode', 'UndefinedError'],
    ['"YWJj" | base64decode', 'abc'],
    ['"YW Jj\\n" | base64decode', 'abc'],
    ['"YWJ" | base64decode', 'Error'],
    ['"YWJjZ" | base64decode', 'Error'],
    ['"YQ==" | base64decode', 'a'],
    ['"YWI=" | base64decode', 'ab'],
    ['"YWI" | base64decode', 'Error'],
    ['"YQ=" | base64decode', 'Error'],
    ['"=YQ==" | base64decode', 'a'],
    ['"YWJj=" | base64decode', 'abc'],
    ['"Y===" | base64decode', 'Error'],
    ['"" | base64decode', ''],
    ['"YQ==YQ==" | base64decode', 'a'],
    ['"/w==" | base64decode', 'UnicodeDecodeError'],
    ['5 | base64decode', 'AttributeError'],
    ['"abc" | base64binascii_decode', 'YWJj'],
    ['"é" | base64binascii_decode', 'UnicodeEncodeError'],
    ['"abc" | hash', '900150983cd24fb0d6963f7d28e17f72'],
    ['"abc" | hash("sha256")', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ['"abc" | hash("md5", "salt")', '1e21f6da01c5047e4bf45b0496bd6937'],
    ['5 | hash("sha1")', 'ac3478d69a3c81fa62e60f5c3696165a4e5e6ac4'],
    ['"abc" | hash("nothing")', 'AttributeError'],
    ['"abc" | hash("new")', 'TypeError'],
    ['"abc" | hash(5)', 'TypeError'],
    ['"abc" | hmac("key")', '9c196e32dc0175f86f4b1cb89289d6619de6bee699e4c378e68309ed97a1a6ab'],
    ['"abc" | hmac("key", "sha256")', '9c196e32dc0175f86f4b1cb89289d6619de6bee699e4c378e68309ed97a1a6ab'],
    ['"abc" | hmac("key", "md5")', 'ValueError'],
  ])('%s', (expression, wanted) => {
    expect(printed(expression)).toBe(wanted);
  });
});

describe('expressions', () => {
  it.each([
    ['"a1b22" | regex_search("([0-9]+)")', '1'],
    ['"a1b22" | regex_search("[0-9]+")', ''],
    ['"abc" | regex_search("([0-9]+)")', ''],
    ['"abc" | regex_search("(x)?b")', 'None'],
    ['"abc" | regex_search("(")', 'error'],
    ['5 | regex_search("x")', 'TypeError'],
    ['"abc" | regex_search(5)', 'TypeError'],
    ['"a1b22" | regex_replace("[0-9]+", "#")', 'a#b#'],
    ['"john smith" | regex_replace("(\\\\w+) (\\\\w+)", "\\\\2 \\\\1")', 'smith john'],
    [
      '"john smith" | regex_replace("(?P<f>\\\\w+) (?P<l>\\\\w+)", "\\\\g<l> \\\\g<f> \\\\g<0>")',
      'smith john john smith',
    ],
    ['"abc" | regex_replace("b", "\\\\n")', 'a\nc'],
    ['"abc" | regex_replace("b", "\\\\x")', 'error'],
    ['"abc" | regex_replace("b", "\\\\9")', 'error'],
    ['"abc" | regex_replace("b", "\\\\g<nope>")', 'IndexError'],
    ['"abc" | regex_replace("b", "\\\\g<7>")', 'error'],
    ['"abc" | regex_replace("b", "\\\\101")', 'aAc'],
    ['"abc" | regex_replace("b", "\\\\07")', 'a\x07c'],
    ['"abc" | regex_replace("b", "\\\\0")', 'a\x00c'],
    ['"abc" | regex_replace("b", "\\\\0101")', 'a\x081c'],
    [
      '"abcdefghijkl" | regex_replace("(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)(l)", "\\\\12\\\\g<11>\\\\10")',
      'lkj',
    ],
    ['"abc" | regex_replace("(b)", "\\\\2")', 'error'],
    ['"abc" | regex_replace("b", "\\\\")', 'error'],
    ['"abc" | regex_replace("b", "$1")', 'a$1c'],
    ['"abc" | regex_replace("b", "\\\\-")', 'a\\-c'],
    ['"abc" | regex_replace("x*", "-")', '-a-b-c-'],
    ['"abc" | regex_replace("(x)?b", "[\\\\1]")', 'a[]c'],
    ['5 | regex_replace("5", "6")', 'TypeError'],
  ])('%s', (expression, wanted) => {
    expect(printed(expression)).toBe(wanted);
  });
});
