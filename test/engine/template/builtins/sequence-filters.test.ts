import { printed } from '../../../kit/printed.ts';

describe('rows', () => {
  it.each([
    ['[1, 2, 3] | batch(2) | list', '[[1, 2], [3]]'],
    ['[1, 2, 3] | batch(2, "x") | list', "[[1, 2], [3, 'x']]"],
    ['[1, 2, 3] | batch("2") | list', '[[1, 2, 3]]'],
    ['[1, 2, 3] | batch("2", "x") | list', 'TypeError'],
    ['[1, 2, 3] | batch(0) | list', '[[], [1, 2, 3]]'],
    ['[] | batch(2) | list', '[]'],
    ['[1, 2, 3, 4, 5] | slice(2) | list', '[[1, 2, 3], [4, 5]]'],
    ['[1, 2, 3, 4, 5] | slice(3, "x") | list', "[[1, 2], [3, 4], [5, 'x']]"],
    ['[1, 2] | slice(4) | list', '[[1], [2], [], []]'],
    ['[1, 2] | slice(0) | list', 'ZeroDivisionError'],
    ['[1, 2] | slice(-1) | list', '[]'],
    ['[1, 2] | slice("x") | list', 'TypeError'],
    ['5 | batch(2) | list', 'TypeError'],
  ])('%s', (expression, wanted) => {
    expect(printed(expression)).toBe(wanted);
  });
});

describe('others', () => {
  it.each([
    ['{"a": 1} | items | list', "[('a', 1)]"],
    ['config.missing | items | list', '[]'],
    ['[1] | items | list', 'TypeError'],
    ['[1, none, "a"] | join', '1Nonea'],
    ['[1, 2] | join(", ")', '1, 2'],
    ['config.rows | join("-", "k")', 'B-a-b'],
    ['config.rows | join("-", attribute="n")', '2-1-3'],
    ['"abc" | join("-")', 'a-b-c'],
    ['[] | join', ''],
    ['5 | join', 'TypeError'],
    ['["<", "<b>" | safe] | join("|")', '<|<b>'],
    ['"abc" | list', "['a', 'b', 'c']"],
    ['{"a": 1} | list', "['a']"],
    ['5 | list', 'TypeError'],
    ['[1, 2, 3] | random in [1, 2, 3]', 'True'],
    ['[] | random', ''],
    ['[1, 2] | sum', '3'],
    ['[1, 2] | sum(start=10)', '13'],
    ['config.rows | sum("n")', '6'],
    ['config.rows | sum(attribute="n", start=0.5)', '6.5'],
    ['["a"] | sum', 'TypeError'],
    ['["a"] | sum(start="")', 'TypeError'],
    ['[[1], [2]] | sum(start=[])', '[1, 2]'],
    ['{"a": 1, "b": none, "c": "<"} | xmlattr', ' a="1" c="&lt;"'],
    ['{"a": 1} | xmlattr(false)', 'a="1"'],
    ['{} | xmlattr', ''],
    ['{"a b": 1} | xmlattr', 'ValueError'],
    ['{"a": config.missing} | xmlattr', ''],
    ['[1] | xmlattr', 'AttributeError'],
    ['config.missing | xmlattr', 'UndefinedError'],
  ])('%s', (expression, wanted) => {
    expect(printed(expression)).toBe(wanted);
  });
});
