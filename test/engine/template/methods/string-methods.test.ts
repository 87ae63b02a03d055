import { printed } from '../../../kit/printed.ts';

describe('search', () => {
  it.each([
    ['"abcabc".find("c")', '2'],
    ['"abcabc".find("c", 3)', '5'],
    ['"abcabc".find("c", 3, 5)', '-1'],
    ['"abcabc".find("c", -1)', '5'],
    ['"abcabc".find("z")', '-1'],
    ['"abcabc".find("", 9)', '-1'],
    ['"abcabc".rfind("c")', '5'],
    ['"abcabc".rfind("c", 0, 5)', '2'],
    ['"abcabc".index("c")', '2'],
    ['"abcabc".index("z")', 'ValueError'],
    ['"abcabc".rindex("a")', '3'],
    ['"abcabc".rindex("z")', 'ValueError'],
    ['"abcabc".count("bc")', '2'],
    ['"abcabc".count("")', '7'],
    ['"abcabc".count("a", 1)', '1'],
    ['"abcabc".find(1)', 'TypeError'],
    ['"é😀x".find("x")', '2'],
    ['"abc".startswith("b", 1)', 'True'],
    ['"abc".startswith(("x", "a"))', 'True'],
    ['"abc".startswith(["a"])', 'TypeError'],
    ['"abc".startswith((1,))', 'TypeError'],
    ['"abc".endswith("c")', 'True'],
    ['"abc".endswith("b", 0, 2)', 'True'],
    ['"abc".endswith(("x", "bc"))', 'True'],
  ])('%s', (expression, wanted) => {
    expect(printed(expression)).toBe(wanted);
  });
});

describe('parts', () => {
  it.each([
    ['"a,b,c".split(",")', "['a', 'b', 'c']"],
    ['"a,b,c".split(",", 1)', "['a', 'b,c']"],
    ['"a,b,c".split(",", maxsplit=0)', "['a,b,c']"],
    ['"a,b,c".rsplit(",", 1)', "['a,b', 'c']"],
    ['"  a  b  c ".split()', "['a', 'b', 'c']"],
    ['"  a  b  c ".split(none, 1)', "['a', 'b  c ']"],
    ['"  a  b  c ".rsplit(none, 1)', "['  a  b', 'c']"],
    ['"  a  b  c ".split(maxsplit=2)', "['a', 'b', 'c ']"],
    ['"  a  b  c ".rsplit(maxsplit=2)', "['  a', 'b', 'c']"],
    ['"a".split("")', 'ValueError'],
    ['"a".split(1)', 'TypeError'],
    ['"a=b=c".partition("=")', "('a', '=', 'b=c')"],
    ['"a=b=c".rpartition("=")', "('a=b', '=', 'c')"],
    ['"abc".partition("=")', "('abc', '', '')"],
    ['"abc".rpartition("=")', "('', '', 'abc')"],
    ['"abc".partition("")', 'ValueError'],
    ['"a\\nb\\r\\nc".splitlines()', "['a', 'b', 'c']"],
    ['"a\\nb\\r\\nc\\n".splitlines(true)', "['a\\n', 'b\\r\\n', 'c\\n']"],
    ['"xxabxx".strip("x")', 'ab'],
    ['"xxabxx".lstrip("x")', 'abxx'],
    ['"xxabxx".rstrip("x")', 'xxab'],
    ['" ab ".strip(none)', 'ab'],
    ['" ab ".strip(5)', 'TypeError'],
    ['"prefix".removeprefix("pre")', 'fix'],
    ['"prefix".removeprefix("x")', 'prefix'],
    ['"prefix".removesuffix("fix")', 'pre'],
    ['"prefix".removesuffix("")', 'prefix'],
    ['"prefix".removesuffix("x")', 'prefi'],
    ['"aaa".replace("a", "b", 2)', 'bba'],
    ['"aaa".replace("a", "b")', 'bbb'],
    ['"ab".replace("", "-")', '-a-b-'],
    ['"ab".replace("", "-", 2)', '-a-b'],
    ['"ab".replace("a")', 'TypeError'],
    ['", ".join(["a", "b"])', 'a, b'],
    ['", ".join("ab")', 'a, b'],
    ['", ".join([1])', 'TypeError'],
    ['", ".join(5)', 'TypeError'],
  ])('%s', (expression, wanted) => {
    expect(printed(expression)).toBe(wanted);
  });
});

describe('case', () => {
  it.each([
    ['"abc dEF".capitalize()', 'Abc def'],
    ['"ǆabc".capitalize()', 'ǅabc'],
    ['"abc DEF it\'s".title()', "Abc Def It'S"],
    ['"aBc".swapcase()', 'AbC'],
    ['"ABC".lower()', 'abc'],
    ['"abc".upper()', 'ABC'],
    ['"Straße".casefold()', 'strasse'],
    ['"Abc Def".istitle()', 'True'],
    ['"Abc DeF".istitle()', 'False'],
    ['"ABC".isupper()', 'True'],
    ['"abc".islower()', 'True'],
    ['"123".isupper()', 'False'],
    ['"".istitle()', 'False'],
  ])('%s', (expression, wanted) => {
    expect(printed(expression)).toBe(wanted);
  });
});

describe('what characters they have', () => {
  it.each([
    ['"abc1".isalnum()', 'True'],
    ['"abc".isalpha()', 'True'],
    ['"ab1".isalpha()', 'False'],
    ['"".isalpha()', 'False'],
    ['"abc".isascii()', 'True'],
    ['"é".isascii()', 'False'],
    ['"12".isdecimal()', 'True'],
    ['"²".isdecimal()', 'False'],
    ['"²".isdigit()', 'True'],
    ['"½".isdigit()', 'False'],
    ['"½".isnumeric()', 'True'],
    ['"a_1".isidentifier()', 'True'],
    ['"1a".isidentifier()', 'False'],
    ['"a b".isprintable()', 'True'],
    ['"a\\nb".isprintable()', 'False'],
    ['" \\t\\n".isspace()', 'True'],
    ['"".isspace()', 'False'],
    ['"\\x1f".isspace()', 'True'],
  ])('%s', (expression, wanted) => {
    expect(printed(expression)).toBe(wanted);
  });
});

describe('layout', () => {
  it.each([
    ['"ab".center(5) ~ "|"', '  ab |'],
    ['"ab".center(6) ~ "|"', '  ab  |'],
    ['"abc".center(6, "*")', '*abc**'],
    ['"ab".ljust(4, "-")', 'ab--'],
    ['"ab".rjust(4, "-")', '--ab'],
    ['"ab".rjust(1)', 'ab'],
    ['"ab".rjust(4, "--")', 'TypeError'],
    ['"ab".rjust("4")', 'TypeError'],
    ['"42".zfill(5)', '00042'],
    ['"-42".zfill(5)', '-0042'],
    ['"+42".zfill(1)', '+42'],
    ['"a\\tb".expandtabs(4)', 'a   b'],
    ['"a\\tb\\n\\tc".expandtabs()', 'a       b\n        c'],
    ['"a\\tb".expandtabs(0)', 'ab'],
  ])('%s', (expression, wanted) => {
    expect(printed(expression)).toBe(wanted);
  });
});

describe('translation', () => {
  it.each([
    ['"abc".translate({97: "x", 98: none, 99: 100})', 'xd'],
    ['"abc".translate("abc".maketrans("ab", "xy"))', 'xyc'],
    ['"abc".translate("abc".maketrans("ab", "xy", "c"))', 'xy'],
    ['"abc".translate("abc".maketrans({97: "z"}))', 'zbc'],
    ['"abc".maketrans("ab", "x")', 'ValueError'],
    ['"abc".maketrans("ab")', 'TypeError'],
    ['"abc".translate(5)', 'TypeError'],
    ['"abc".translate({97: []})', 'TypeError'],
  ])('%s', (expression, wanted) => {
    expect(printed(expression)).toBe(wanted);
  });
});

describe('formats', () => {
  it.each([
    ['"{} {}".format(1, "a")', '1 a'],
    ['"{1} {0}".format(1, "a")', 'a 1'],
    ['"{a} {b[0]} {b[c]}".format(a=1, b={0: 2, "c": 3})', '1 2 3'],
    ['"{0.year}".format(now_utc())', '2026'],
    ['"{0.nothing}".format(1)', ''],
    ['"{0[a]}".format({"a": 1})', '1'],
    ['"{!r} {!s} {!a}".format("é", "é", "é")', "'é' é '\\xe9'"],
    ['"{!x}".format(1)', 'ValueError'],
    ['"{!r:>5}".format("a")', "  'a'"],
    ['"{!rx}".format("a")', 'ValueError'],
    ['"{:{}}|".format("a", 4)', 'a   |'],
    ['"{:{w}}|".format("a", w=4)', 'a   |'],
    ['"{{}} {}".format(1)', '{} 1'],
    ['"{".format(1)', 'ValueError'],
    ['"}".format(1)', 'ValueError'],
    ['"{0".format(1)', 'ValueError'],
    ['"{} {0}".format(1)', 'ValueError'],
    ['"{0} {}".format(1)', 'ValueError'],
    ['"{}".format()', 'IndexError'],
    ['"{a}".format()', 'KeyError'],
    ['"{0.}".format(1)', 'ValueError'],
    ['"{0[}".format(1)', 'ValueError'],
    ['"{0[a]b}".format({"a": 1})', 'ValueError'],
    ['"{:{:{}}}".format(1, 2, 3)', 'ValueError'],
    ['"{a}".format_map({"a": 1})', '1'],
    ['"{a}".format_map({})', 'KeyError'],
    ['"{}".format_map({})', 'IndexError'],
    ['"{a}".format_map(5)', 'TypeError'],
    ['"{0[0]}".format([7])', '7'],
    ['"{a.b}".format(a={"b": 1})', '1'],
  ])('%s', (expression, wanted) => {
    expect(printed(expression)).toBe(wanted);
  });
});

describe('operators', () => {
  it.each([
    ['"a" + "b"', 'ab'],
    ['"a" * 3', 'aaa'],
    ['3 * "a"', 'aaa'],
    ['"a" * -1', ''],
    ['"a" * true', 'a'],
    ['"a" * 1.5', 'TypeError'],
    ['"a" + 1', 'TypeError'],
    ['"a" - "b"', 'TypeError'],
    ['"a" / 2', 'TypeError'],
    ['"a" < "b"', 'True'],
    ['"é" < "😀"', 'True'],
    ['"a" <= "a"', 'True'],
    ['"a" < 1', 'TypeError'],
    ['"abc"[0]', 'a'],
    ['"abc"[-1]', 'c'],
    ['"abc"[5] is defined', 'False'],
    ['"abc"[1:]', 'bc'],
    ['"abc"[::-1]', 'cba'],
    ['"abc"[::0]', 'ValueError'],
    ['"abc"["x"] is defined', 'False'],
    ['"abc"["upper"]()', 'ABC'],
    ['"abc"[1.5] is defined', 'False'],
    ['"é😀x"[1]', '😀'],
    ['"é😀x" | length', '3'],
    ['"b" in "abc"', 'True'],
    ['1 in "abc"', 'TypeError'],
    ['-"a"', 'TypeError'],
    ['"abc" is sequence', 'True'],
    ['"abc".nothing is defined', 'False'],
    ['"abc".__class__ is defined', 'False'],
    ['"abc".__len__ is defined', 'False'],
    ['"abc".__nothing__ is defined', 'False'],
  ])('%s', (expression, wanted) => {
    expect(printed(expression)).toBe(wanted);
  });
});
