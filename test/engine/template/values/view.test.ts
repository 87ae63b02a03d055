import { printed } from '../../../kit/printed.ts';

describe('of a dict', () => {
  it.each([
    ['config.d.keys()', "dict_keys(['a', 'b'])"],
    ['config.d.values()', "dict_values([1, {'c': [1, 2]}])"],
    ['config.d.items()', "dict_items([('a', 1), ('b', {'c': [1, 2]})])"],
    ['config.d.keys() == {"b": 1, "a": 2}.keys()', 'True'],
    ['config.d.keys() == config.d', 'False'],
    ['config.d.values() == config.d.values()', 'False'],
    ['{"a": 1}.items() == {"a": 1}.items()', 'True'],
    ['"a" in config.d.keys()', 'True'],
    ['1 in config.d.values()', 'True'],
    ['("a", 1) in config.d.items()', 'True'],
    ['config.d.keys() | length', '2'],
    ['config.d.keys() | list', "['a', 'b']"],
    ['config.d.keys()[0]', ''],
    ['config.d.keys().isdisjoint(["q"])', 'True'],
    ['config.d.keys().isdisjoint(["a"])', 'False'],
    ['config.d.keys() - ["a"]', "{'b'}"],
    ['config.d.keys() - 1', 'TypeError'],
    ['config.d.keys() + config.d.keys()', 'TypeError'],
    ['{config.d.keys(): 1}', 'TypeError'],
    ['config.d.keys() < config.d.keys()', 'False'],
    ['config.d.values() is sequence', 'False'],
    ['config.d.keys() is iterable', 'True'],
    ['config.d.keys() is mapping', 'False'],
    ['{}.keys() or "none"', 'none'],
  ])('%s', (expression, wanted) => {
    expect(printed(expression)).toBe(wanted);
  });
});
