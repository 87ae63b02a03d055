import { printed } from '../../../kit/printed.ts';

describe('of lists and tuples', () => {
  it.each([
    ['[1] + [2]', '[1, 2]'],
    ['[1] + (2,)', 'TypeError'],
    ['(1,) + (2,)', '(1, 2)'],
    ['(1,) + [2]', 'TypeError'],
    ['[1, 2] * 2', '[1, 2, 1, 2]'],
    ['2 * [1]', '[1, 1]'],
    ['[1] * -1', '[]'],
    ['(1,) * 2', '(1, 1)'],
    ['2 * (1,)', '(1, 1)'],
    ['(1,) * "x"', 'TypeError'],
    ['[1] * 2.0', 'TypeError'],
    ['[1] - [1]', 'TypeError'],
    ['[1, 2, 3][0]', '1'],
    ['[1, 2, 3][-1]', '3'],
    ['[1, 2, 3][5] is defined', 'False'],
    ['[1, 2, 3][true]', '2'],
    ['[1, 2, 3][1.0] is defined', 'False'],
    ['[1, 2, 3]["a"] is defined', 'False'],
    ['[1, 2, 3][1:]', '[2, 3]'],
    ['[1, 2, 3][:-1]', '[1, 2]'],
    ['[1, 2, 3][::-1]', '[3, 2, 1]'],
    ['[1, 2, 3][::2]', '[1, 3]'],
    ['[1, 2, 3][-99:99]', '[1, 2, 3]'],
    ['[1, 2, 3][99:]', '[]'],
    ['[1, 2, 3][5:0:-2]', '[3]'],
    ['[1, 2, 3][::0]', 'ValueError'],
    ['(1, 2, 3)[1:]', '(2, 3)'],
    ['(1, 2, 3)[0]', '1'],
    ['[[], {}, (), (1,), none, true, 1.0, "a"]', "[[], {}, (), (1,), None, True, 1.0, 'a']"],
    ['{(1, 2): 3}', '{(1, 2): 3}'],
    ['{(1, []): 3}', 'TypeError'],
    ['(1, (2, 3)) | length', '2'],
    ['[1, 2] is sequence', 'True'],
    ['[].__len__ is defined', 'False'],
    ['(now_utc().timetuple())[0]', '2026'],
    ['now_utc().timetuple()[1:3]', '(1, 15)'],
  ])('%s', (expression, wanted) => {
    expect(printed(expression)).toBe(wanted);
  });
});

describe('of nothing', () => {
  it.each([
    ['config.missing', ''],
    ['[config.missing]', '[Undefined]'],
    ['config.missing | list', '[]'],
    ['config.missing | length', '0'],
    ['config.missing or "none"', 'none'],
    ['config.missing.x', 'UndefinedError'],
    ['config.missing["x"]', 'UndefinedError'],
    ['config.missing()', 'UndefinedError'],
    ['-config.missing', 'UndefinedError'],
    ['config.missing + 1', 'UndefinedError'],
    ['1 + config.missing', 'UndefinedError'],
    ['config.missing ~ "x"', 'x'],
    ['{config.missing: 1} | length', '1'],
    ['config.missing[1:]', 'UndefinedError'],
    ['config.missing.__class__ is defined', 'False'],
    ['"".__class__.x', 'SecurityError'],
    ['"".__class__()', 'SecurityError'],
    ['none.x', ''],
    ['none["x"] is defined', 'False'],
    ['none.x.y', 'UndefinedError'],
    ['5.x is defined', 'False'],
    ['5[0] is defined', 'False'],
  ])('%s', (expression, wanted) => {
    expect(printed(expression)).toBe(wanted);
  });
});
