import { printed } from '../../../kit/printed.ts';

describe('of whole numbers', () => {
  it.each([
    ['7 + 2', '9'],
    ['7 - 2', '5'],
    ['7 * 2', '14'],
    ['7 / 2', '3.5'],
    ['6 / 2', '3.0'],
    ['7 // 2', '3'],
    ['-7 // 2', '-4'],
    ['7 % 3', '1'],
    ['-7 % 3', '2'],
    ['7 % -3', '-2'],
    ['2 ** 10', '1024'],
    ['2 ** -1', '0.5'],
    ['0 ** -1', 'ZeroDivisionError'],
    ['0 ** 0', '1'],
    ['7 / 0', 'ZeroDivisionError'],
    ['7 // 0', 'ZeroDivisionError'],
    ['7 % 0', 'ZeroDivisionError'],
    ['config.big + 1', '123456789012345678901234567891'],
    ['config.big * config.big', '15241578753238836750495351562536198787501905199875019052100'],
    ['config.big / 3', '4.115226300411523e+28'],
    ['config.big / config.big', '1.0'],
    ['config.big // 7', '17636684144620811271604938270'],
    ['config.big % 7', '0'],
    ['-config.big', '-123456789012345678901234567890'],
    ['config.big ** 2', '15241578753238836750495351562536198787501905199875019052100'],
    ['9007199254740993 + 0', '9007199254740993'],
    ['10 ** 30 / 10 ** 29', '10.0'],
    ['10 ** 400 / 10 ** 399', '10.0'],
    ['10 ** 400 / 3', 'OverflowError'],
    ['true + true', '2'],
    ['true * 5', '5'],
    ['-true', '-1'],
    ['+true', '1'],
    ['+5', '5'],
    ['1 + none', 'TypeError'],
    ['none * 2', 'TypeError'],
    ['1 + []', 'TypeError'],
  ])('%s', (expression, wanted) => {
    expect(printed(expression)).toBe(wanted);
  });
});

describe('of floats', () => {
  it.each([
    ['1.5 + 1', '2.5'],
    ['1.5 - 0.5', '1.0'],
    ['0.1 + 0.2', '0.30000000000000004'],
    ['2.5 * 2', '5.0'],
    ['7.5 / 2.5', '3.0'],
    ['1.0 / 0', 'ZeroDivisionError'],
    ['1.0 // 0', 'ZeroDivisionError'],
    ['1.0 % 0', 'ZeroDivisionError'],
    ['7.5 // 2', '3.0'],
    ['-7.5 // 2', '-4.0'],
    ['7.5 % 2', '1.5'],
    ['-7.5 % 2', '0.5'],
    ['7.5 % -2', '-0.5'],
    ['-0.0 % 1', '0.0'],
    ['0.5 // 1', '0.0'],
    ['2.5 ** 2', '6.25'],
    ['2.0 ** 0.5', '1.4142135623730951'],
    ['0.0 ** -1', 'ZeroDivisionError'],
    ['1.0 ** 1e308', '1.0'],
    ['config.neg ** 0.5', '(1.6200554372175822e-16+2.6457513110645907j)'],
    ['(-8) ** (1 / 3)', '(1.0000000000000002+1.7320508075688772j)'],
    ['1e200 * 1e200', 'inf'],
    ['1e308 ** 2', 'OverflowError'],
    ['10 ** 400 * 1.5', 'OverflowError'],
    ['-2.5', '-2.5'],
    ['+2.5', '2.5'],
    ['-0.0', '-0.0'],
    ['1e16', '1e+16'],
    ['1e15', '1000000000000000.0'],
    ['1.0', '1.0'],
    ['1e-5', '1e-05'],
    ['0.0001', '0.0001'],
    ['123456789.125', '123456789.125'],
    ['2 ** 0.5', '1.4142135623730951'],
    ['1.1 ** 10', '2.5937424601000023'],
    ['1e22 + 1', '1e+22'],
  ])('%s', (expression, wanted) => {
    expect(printed(expression)).toBe(wanted);
  });
});

describe('comparing', () => {
  it.each([
    ['1 < 2', 'True'],
    ['1 < 1.5', 'True'],
    ['1 == 1.0', 'True'],
    ['true == 1', 'True'],
    ['1 != 2', 'True'],
    ['config.big > 5', 'True'],
    ['config.big == config.big', 'True'],
    ['1 < "a"', 'TypeError'],
    ['1 < none', 'TypeError'],
    ['none < none', 'TypeError'],
    ['none == none', 'True'],
    ['none == 0', 'False'],
    ['[1, 2] < [1, 3]', 'True'],
    ['[1, 2] < [1, 2, 0]', 'True'],
    ['[1] < (1,)', 'TypeError'],
    ['[1] == (1,)', 'False'],
    ['(1, 2) < (1, 3)', 'True'],
    ['(1, 2) == (1, 2)', 'True'],
    ['[1, [2]] == [1, [2.0]]', 'True'],
    ['config.missing == config.other', 'True'],
    ['config.missing == none', 'False'],
    ['config.missing < 1', 'UndefinedError'],
    ['1 < config.missing', 'UndefinedError'],
    ['1 in [1.0]', 'True'],
    ['1 not in [2]', 'True'],
    ['1 in 5', 'TypeError'],
    ['1 in none', 'TypeError'],
    ['1 in config.missing', 'False'],
  ])('%s', (expression, wanted) => {
    expect(printed(expression)).toBe(wanted);
  });
});

describe('true is 1 wherever a number is wanted', () => {
  it.each([
    ['{true: 1}[1]', '1'],
    ["{1: 'x'}[true]", 'x'],
    ["'{:d}'.format(true)", '1'],
    ["'{:>3}'.format(true)", '  1'],
    ['-true', '-1'],
    ['+true', '1'],
    ['true | tojson', 'true'],
    ["'abc'[true:]", 'bc'],
    ["'abc'[:true]", 'a'],
    ["'abc'['x':]", 'TypeError'],
  ])('%s', (expression, wanted) => {
    expect(printed(expression)).toBe(wanted);
  });
});
