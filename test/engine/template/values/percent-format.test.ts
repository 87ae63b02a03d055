import { printed } from '../../../kit/printed.ts';

describe('of one value', () => {
  it.each([
    ['"%s" % "a"', 'a'],
    ['"%s" % 5', '5'],
    ['"%r" % "a"', "'a'"],
    ['"%a" % "é"', "'\\xe9'"],
    ['"%5s|" % "a"', '    a|'],
    ['"%-5s|" % "a"', 'a    |'],
    ['"%.1s" % "abc"', 'a'],
    ['"%c" % 97', 'a'],
    ['"%c" % "x"', 'x'],
    ['"%d" % 5', '5'],
    ['"%d" % 5.9', '5'],
    ['"%d" % true', '1'],
    ['"%i" % -5', '-5'],
    ['"%u" % 5', '5'],
    ['"%05d" % 42', '00042'],
    ['"%-5d|" % 42', '42   |'],
    ['"%+d" % 42', '+42'],
    ['"% d" % 42', ' 42'],
    ['"%.3d" % 5', '005'],
    ['"%x" % 255', 'ff'],
    ['"%X" % 255', 'FF'],
    ['"%#x" % 255', '0xff'],
    ['"%o" % 8', '10'],
    ['"%x" % true', '1'],
    ['"%x" % 2.5', 'TypeError'],
    ['"%d" % "x"', 'TypeError'],
    ['"%d" % none', 'TypeError'],
    ['"%e" % 12345.678', '1.234568e+04'],
    ['"%.2f" % 3.14159', '3.14'],
    ['"%5.1f|" % 3.14159', '  3.1|'],
    ['"%g" % 0.00001', '1e-05'],
    ['"%G" % 1e20', '1E+20'],
    ['"%f" % "x"', 'TypeError'],
    ['"%f" % config.missing', 'UndefinedError'],
    ['"%d" % config.missing', 'UndefinedError'],
    ['"%s" % config.missing', ''],
    ['"%%" % []', '%'],
    ['"100%%" % ()', '100%'],
    ['"%q" % 5', 'ValueError'],
    ['"%" % 5', 'ValueError'],
    ['"%5%" % ()', 'TypeError'],
  ])('%s', (expression, wanted) => {
    expect(printed(expression)).toBe(wanted);
  });
});

describe('of several', () => {
  it.each([
    ['"%s %s" % (1, 2)', '1 2'],
    ['"%s" % (1, 2)', 'TypeError'],
    ['"%s %s" % (1,)', 'TypeError'],
    ['"%s" % [1, 2]', '[1, 2]'],
    ['"%(a)s" % {"a": 1}', '1'],
    ['"%(a)s %(a)d" % {"a": 1}', '1 1'],
    ['"%(b)s" % {"a": 1}', 'KeyError'],
    ['"%(a)s" % 5', 'TypeError'],
    ['"%s" % {"a": 1}', "{'a': 1}"],
    ['"x" % {"a": 1}', 'x'],
    ['"x" % [1]', 'x'],
    ['"x" % 5', 'TypeError'],
    ['"%*d" % (5, 42)', '   42'],
    ['"%.*f" % (1, 3.14159)', '3.1'],
  ])('%s', (expression, wanted) => {
    expect(printed(expression)).toBe(wanted);
  });
});
