import { printed } from '../../../kit/printed.ts';

describe('map', () => {
  it.each([
    ['config.words | map("upper") | list', "['PEAR', 'APPLE', 'FIG', 'APPLE']"],
    ['config.words | map("replace", "p", "b") | list', "['bear', 'Abble', 'fig', 'abble']"],
    ['config.words | map("truncate", 3, end="") | list', "['pear', 'Apple', 'fig', 'apple']"],
    ['config.rows | map(attribute="k") | list', "['B', 'a', 'b']"],
    ['config.rows | map(attribute="k.0") | list', "['B', 'a', 'b']"],
    ['config.rows | map(attribute="missing") | list', '[Undefined, Undefined, Undefined]'],
    ['config.rows | map(attribute="missing", default="x") | list', "['x', 'x', 'x']"],
    ['config.pairs | map(attribute=1) | list', "['a', 'b']"],
    ['config.rows | map(attribute="k", nothing=1) | list', 'FilterArgumentError'],
    ['config.rows | map | list', 'FilterArgumentError'],
    ['config.rows | map("nothing") | list', 'TemplateRuntimeError'],
    ['config.missing | map("upper") | list', '[]'],
    ['none | map("upper") | list', '[]'],
    ['5 | map("upper") | list', 'TypeError'],
  ])('%s', (expression, wanted) => {
    expect(printed(expression)).toBe(wanted);
  });
});

describe('selecting', () => {
  it.each([
    ['[1, 2, 3] | select("odd") | list', '[1, 3]'],
    ['[1, 2, 3] | reject("odd") | list', '[2]'],
    ['[0, 1, "", "a"] | select | list', "[1, 'a']"],
    ['[0, 1, "", "a"] | reject | list', "[0, '']"],
    ['[1, 2, 3] | select("gt", 1) | list', '[2, 3]'],
    ['[1, 2, 3] | select(">", 1) | list', '[2, 3]'],
    ['[1, 2, 3] | select("nothing") | list', 'TemplateRuntimeError'],
    ['config.rows | selectattr("n", "odd") | map(attribute="n") | list', '[1, 3]'],
    ['config.rows | rejectattr("n", "odd") | map(attribute="n") | list', '[2]'],
    ['config.rows | selectattr("g", "equalto", "x") | map(attribute="n") | list', '[2]'],
    ['config.rows | selectattr("missing") | list', '[]'],
    ['config.rows | rejectattr("missing") | map(attribute="n") | list', '[2, 1, 3]'],
    ['config.rows | selectattr | list', 'FilterArgumentError'],
    ['config.rows | selectattr("k", "in", ["a", "b"]) | map(attribute="n") | list', '[1, 3]'],
    ['config.missing | select | list', '[]'],
    ['none | select | list', '[]'],
    ['5 | select | list', 'TypeError'],
  ])('%s', (expression, wanted) => {
    expect(printed(expression)).toBe(wanted);
  });
});
