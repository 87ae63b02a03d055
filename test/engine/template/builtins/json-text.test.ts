import { printed } from '../../../kit/printed.ts';

describe('tojson', () => {
  it.each([
    ['{"b": 1, "a": [true, none, "x"]} | tojson', '{"a": [true, null, "x"], "b": 1}'],
    ['{none: 1} | tojson', '{"null": 1}'],
    ['{true: 1} | tojson', '{"true": 1}'],
    ['{5: 1} | tojson', '{"5": 1}'],
    ['{1.5: 1} | tojson', '{"1.5": 1}'],
    ['{config.big: 1} | tojson', '{"123456789012345678901234567890": 1}'],
    ['{(1, 2): 1} | tojson', 'TypeError'],
    ['[1e400, -1e400, 1e400 - 1e400, 2.0] | tojson', '[Infinity, -Infinity, NaN, 2.0]'],
    ['config.big | tojson', '123456789012345678901234567890'],
    ['[1, [2, {"a": 3}], []] | tojson(2)', '[\n  1,\n  [\n    2,\n    {\n      "a": 3\n    }\n  ],\n  []\n]'],
    ['"<\'&>" | tojson', '"\\u003c\\u0027\\u0026\\u003e"'],
    ['config.u | tojson', '"\\u00e9\\ud83d\\ude00\\n\\"x\\u0027"'],
    ['(1, 2) | tojson', '[1, 2]'],
    ['now_utc() | tojson', 'TypeError'],
    ['config.missing | tojson', 'TypeError'],
  ])('%s', (expression, wanted) => {
    expect(printed(expression)).toBe(wanted);
  });
});
