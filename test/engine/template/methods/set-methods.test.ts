import { printed, rendered } from '../../../kit/printed.ts';

describe('of a set', () => {
  it.each([
    ['(config.d.keys() - {}.keys()) | sort', "['a', 'b']"],
    ['(config.d.keys() - {"a": 1}.keys())', "{'b'}"],
    ['(config.d.keys() - config.d.keys())', 'set()'],
    ['[1] in (config.d.keys() - [].copy())', 'TypeError'],
    ['(config.d.items() - {"x": 1}.items()) | list', 'TypeError'],
    ['(config.d.keys() - {}.keys()).union(["z"], ["a"]) | sort', "['a', 'b', 'z']"],
    ['(config.d.keys() - {}.keys()).intersection(["a", "q"])', "{'a'}"],
    ['(config.d.keys() - {}.keys()).difference(["a"])', "{'b'}"],
    ['(config.d.keys() - {}.keys()).symmetric_difference(["a", "q"]) | sort', "['b', 'q']"],
    ['(config.d.keys() - {}.keys()).isdisjoint(["q"])', 'True'],
    ['(config.d.keys() - {}.keys()).isdisjoint(["a"])', 'False'],
    ['(config.d.keys() - {}.keys()).issubset(["a", "b", "c"])', 'True'],
    ['(config.d.keys() - {}.keys()).issuperset(["a"])', 'True'],
    ['(config.d.keys() - {}.keys()).issuperset(["q"])', 'False'],
    ['(config.d.keys() - {}.keys()).copy() | sort', "['a', 'b']"],
    ['(config.d.keys() - {}.keys()) == (config.d.keys() - {}.keys())', 'True'],
    ['(config.d.keys() - {}.keys()) == (config.d.keys() - {"a": 1}.keys())', 'False'],
    ['(config.d.keys() - {}.keys()) == config.list', 'False'],
    ['(config.d.keys() - {"a": 1}.keys()) < (config.d.keys() - {}.keys())', 'True'],
    ['(config.d.keys() - {"a": 1}.keys()) <= (config.d.keys() - {}.keys())', 'True'],
    ['(config.d.keys() - {}.keys()) > (config.d.keys() - {"a": 1}.keys())', 'True'],
    ['(config.d.keys() - {}.keys()) >= (config.d.keys() - {}.keys())', 'True'],
    ['(config.d.keys() - {}.keys()) < (config.d.keys() - {}.keys())', 'False'],
    ['(config.d.keys() - {}.keys()) < config.list', 'TypeError'],
    ['"a" in (config.d.keys() - {}.keys())', 'True'],
    ['[] in (config.d.keys() - {}.keys())', 'TypeError'],
    ['(config.d.keys() - {}.keys()) | length', '2'],
    ['(config.d.keys() - {"a": 1}.keys()) - (config.d.keys() - {}.keys())', 'set()'],
    ['(config.d.keys() - {}.keys()) - {"a": 1}.keys()', "{'b'}"],
    ['(config.d.keys() - {}.keys()) - ["a"]', 'TypeError'],
    ['(config.d.keys() - {}.keys()) + 1', 'TypeError'],
    ['(config.d.keys() - {}.keys())[0]', ''],
    ['{(config.d.keys() - {}.keys()): 1}', 'TypeError'],
    ['((config.d.keys() - {"a": 1}.keys()), 1)', "({'b'}, 1)"],
    ['(config.d.keys() - {}.keys()).nothing is defined', 'False'],
    ['(config.d.keys() - {}.keys()).__len__ is defined', 'False'],
    ['(config.d.keys() - {"a": 1}.keys()).pop()', 'b'],
    ['(config.d.keys() - config.d.keys()).pop()', 'KeyError'],
    ['(config.d.keys() - config.d.keys()).remove("a")', 'KeyError'],
  ])('%s', (expression, wanted) => {
    expect(printed(expression)).toBe(wanted);
  });
});

describe('a set that is changed', () => {
  const after = (change: string) =>
    rendered(`{% set s = config.d.keys() - {}.keys() %}{{ s.${change} }} {{ s | sort }};`);

  it.each([
    ['add("c")', "None ['a', 'b', 'c'];"],
    ['add("a")', "None ['a', 'b'];"],
    ['add([])', 'TypeError'],
    ['clear()', 'None [];'],
    ['discard("a")', "None ['b'];"],
    ['discard("q")', "None ['a', 'b'];"],
    ['remove("a")', "None ['b'];"],
    ['update(["c"], {"d": 1})', "None ['a', 'b', 'c', 'd'];"],
    ['difference_update(["a"], ["q"])', "None ['b'];"],
    ['intersection_update(["a", "q"])', "None ['a'];"],
    ['symmetric_difference_update(["a", "q"])', "None ['b', 'q'];"],
    ['union(["c"])|length', "3 ['a', 'b'];"],
    ['copy().clear()', "None ['a', 'b'];"],
    ['difference(["a"], ["b"])', "set() ['a', 'b'];"],
    ['intersection(["a", "b"], ["b"])', "{'b'} ['a', 'b'];"],
    ['symmetric_difference(["a", "b"])', "set() ['a', 'b'];"],
  ])('by %s', (change, wanted) => {
    expect(after(change)).toBe(wanted);
  });

  it.each([
    ['config.d.keys().isdisjoint(["q"])', 'True'],
    ['config.d.keys().isdisjoint(["a"])', 'False'],
  ])('%s', (expression, wanted) => {
    expect(printed(expression)).toBe(wanted);
  });
});
