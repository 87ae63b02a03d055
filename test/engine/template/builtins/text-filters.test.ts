import { printed } from '../../../kit/printed.ts';

describe('of text', () => {
  it.each([
    [
      '"hello big-world (foo) [bar] {baz} <qux> a--b" | title',
      'Hello Big-World (Foo) [Bar] {Baz} <Qux> A--B',
    ],
    ['"éa 1b _c, d-e" | wordcount', '5'],
    ['"" | wordcount', '0'],
    ['"abc DEF" | capitalize', 'Abc def'],
    ['"<b>" | safe | capitalize', '<b>'],
    ['5 | capitalize', '5'],
    ['"ab" | center(6) ~ "|"', '  ab  |'],
    ['"ab" | center | length', '80'],
    ['"ab" | center("x")', 'TypeError'],
    ['"ABC" | lower', 'abc'],
    ['"abc" | upper', 'ABC'],
    ['5 | upper', '5'],
    ['"<b>" | safe | upper is escaped', 'True'],
    ['"a-b c(d e_f" | title', 'A-B C(D E_f'],
    ['"it\'s O\'Neil" | title', "It's O'neil"],
    ['" a " | trim', 'a'],
    ['"xax" | trim("x")', 'a'],
    ['" a " | trim(none)', 'a'],
    ['" a " | trim(5)', 'TypeError'],
    ['"aXbX" | replace("X", "-")', 'a-b-'],
    ['"aXbX" | replace("X", "-", 1)', 'a-bX'],
    ['"aXbX" | replace("X", "-", none)', 'a-b-'],
    ['5 | replace(5, 6)', '6'],
    ['"aXb" | replace("X")', 'TypeError'],
    ['"a\\nb" | indent', 'a\n    b'],
    ['"a\\n\\nb" | indent(2)', 'a\n\n  b'],
    ['"a\\n\\nb" | indent(2, true)', '  a\n\n  b'],
    ['"a\\n\\nb" | indent(2, false, true)', 'a\n  \n  b'],
    ['"a\\nb" | indent(">")', 'a\n>b'],
    ['"a" | indent(config.missing)', 'UndefinedError'],
    ['5 | indent', 'TypeError'],
    ['config.missing | indent', 'UndefinedError'],
    ['"<b>a  b</b>" | striptags', 'a b'],
    ['"a &amp; b" | striptags', 'a & b'],
    ['5 | striptags', '5'],
    ['"one two_three four" | wordcount', '3'],
    ['"" | wordcount', '0'],
    ['config.html | escape', '&lt;b&gt;&#34;x&#34; &amp; &#39;y&#39;&lt;/b&gt;'],
    ['config.html | e', '&lt;b&gt;&#34;x&#34; &amp; &#39;y&#39;&lt;/b&gt;'],
    ['"a" | string', 'a'],
    ['5 | string', '"""5"""'],
    ['[1, "é"] | string', '"""[1, "\\u00e9"]"""'],
    ['"%s-%s" | format("a", 1)', 'a-1'],
    ['"%(a)s" | format(a=1)', '1'],
    ['"%s" | format(1, a=2)', 'FilterArgumentError'],
    ['"%s" | format', 'TypeError'],
    ['"plain" | format', 'plain'],
    ['5 | format', '5'],
    ['("<%s>" | safe) | format("<b>")', '<&lt;b&gt;>'],
  ])('%s', (expression, wanted) => {
    expect(printed(expression)).toBe(wanted);
  });
});

describe('truncating', () => {
  it.each([
    ['"foo bar baz qux" | truncate(9)', 'foo...'],
    ['"foo bar baz qux" | truncate(9, true)', 'foo ba...'],
    ['"foo bar baz qux" | truncate(11)', 'foo bar baz qux'],
    ['"foo bar baz qux" | truncate(11, false, "...", 0)', 'foo bar...'],
    ['"foobarbazqux" | truncate(5, false, "...", 0)', 'fo...'],
    ['"a long sentence here" | truncate(10)', 'a long...'],
    ['"a long sentence here" | truncate(10, true)', 'a long ...'],
    ['"a long sentence here" | truncate(10, true, "…")', 'a long se…'],
    ['"a long sentence here" | truncate(10, true, "…", 0)', 'a long se…'],
    ['"a long sentence here" | truncate(17)', 'a long sentence here'],
    ['"a long sentence here" | truncate(17, leeway=0)', 'a long...'],
    ['"along" | truncate(3, leeway=0)', '...'],
    ['"a long" | truncate(2)', 'AssertionError'],
    ['"a long" | truncate(5, leeway=-1)', 'AssertionError'],
    ['"a long" | truncate("x")', 'TypeError'],
    ['"a long one of these" | truncate(5, end=config.missing)', 'UndefinedError'],
    ['5 | truncate', 'TypeError'],
    ['[1, 2, 3] | truncate(1, true, "", 0)', 'TypeError'],
    ['[1, 2, 3] | truncate(1, false, "", 0)', 'AttributeError'],
    ['config.missing | truncate', ''],
  ])('%s', (expression, wanted) => {
    expect(printed(expression)).toBe(wanted);
  });
});

describe('wrapping', () => {
  it.each([
    ['"a long sentence to wrap" | wordwrap(10)', 'a long\nsentence\nto wrap'],
    ['"a long sentence to wrap" | wordwrap(3)', 'a l\nong\nsen\nten\nce\nto \nwra\np'],
    ['"a long sentence to wrap" | wordwrap(3, false)', 'a\nlong\nsentence\nto\nwrap'],
    ['"well-known words" | wordwrap(6)', 'well-\nknown\nwords'],
    ['"well-known words" | wordwrap(6, break_on_hyphens=false)', 'well-k\nnown\nwords'],
    ['"wellknown-words" | wordwrap(4)', 'well\nknow\nn-wo\nrds'],
    ['"a--b c---d" | wordwrap(3)', 'a--\nb c\n---\nd'],
    ['"one two" | wordwrap(3, true, "<br>")', 'one<br>two'],
    ['"one\\ntwo three" | wordwrap(5)', 'one\ntwo\nthree'],
    ['"a\\tb" | wordwrap(4)', 'a\tb'],
    ['"abc" | wordwrap(-1)', 'ValueError'],
    ['"abc" | wordwrap("x")', 'TypeError'],
    ['"  leading" | wordwrap(5)', '  lea\nding'],
    ['"a-b-c-d-e-f" | wordwrap(4)', 'a-b-\nc-d-\ne-f'],
    ['"-abcdef" | wordwrap(3)', '-ab\ncde\nf'],
    ['config.missing | wordwrap', 'UndefinedError'],
    ['[1] | wordwrap', 'AttributeError'],
    ['"xxx yyyy-zzzz" | wordwrap(9)', 'xxx yyyy-\nzzzz'],
    ['"aaaaaaaaaa bbb" | wordwrap(4)', 'aaaa\naaaa\naa\nbbb'],
  ])('%s', (expression, wanted) => {
    expect(printed(expression)).toBe(wanted);
  });
});

describe('for urls', () => {
  it.each([
    ['"a b/c?d=é" | urlencode', 'a%20b/c%3Fd%3D%C3%A9'],
    ['{"a b": "c/d", "e": 1} | urlencode', 'a+b=c%2Fd&e=1'],
    ['[["a", 1], ["b", "x y"]] | urlencode', 'a=1&b=x+y'],
    ['[[1]] | urlencode', 'ValueError'],
    ['[[1, 2, 3]] | urlencode', 'ValueError'],
    ['5 | urlencode', '5'],
    ['none | urlencode', 'None'],
    ['"a b".encode() | urlencode', 'TypeError'],
  ])('%s', (expression, wanted) => {
    expect(printed(expression)).toBe(wanted);
  });
});
