import { printed } from '../../../kit/printed.ts';

describe('of a list', () => {
  it.each([
    ['[1, 2].copy()', '[1, 2]'],
    ['[1, 2, 1].count(1)', '2'],
    ['[1, 1.0, true].count(1)', '3'],
    ['[1, 2, 1].index(1, 1)', '2'],
    ['[1, 2, 1].index(2, -2)', '1'],
    ['[1, 2, 1].index(3)', 'ValueError'],
    ['[1, 2, 1].index(1, 1, 2)', 'ValueError'],
    ['[1, 2].pop()', '2'],
    ['[1, 2].pop(0)', '1'],
    ['[1, 2].pop(-2)', '1'],
    ['[1, 2].pop(5)', 'IndexError'],
    ['[].pop()', 'IndexError'],
    ['[1].append(2)', 'None'],
    ['[1].append()', 'TypeError'],
    ['[1].nothing is defined', 'False'],
    ['config.list.sort(reverse=true) or config.list', '[3, 2, 1]'],
    ['config.list.sort() or config.list', '[1, 2, 3]'],
    ['config.list.sort(key=none, reverse=false) or config.list', '[1, 2, 3]'],
    ['[1, "a"].sort()', 'TypeError'],
    ['config.list.insert(1, "x") or config.list', "[3, 'x', 1, 2]"],
    ['config.list.insert(-1, "x") or config.list', "[3, 1, 'x', 2]"],
    ['config.list.insert(99, "x") or config.list', "[3, 1, 2, 'x']"],
    ['config.list.insert(-99, "x") or config.list', "['x', 3, 1, 2]"],
    ['config.list.remove(1) or config.list', '[3, 2]'],
    ['config.list.remove(9)', 'ValueError'],
    ['config.list.reverse() or config.list', '[2, 1, 3]'],
    ['config.list.clear() or config.list', '[]'],
    ['config.list.extend("ab") or config.list', "[3, 1, 2, 'a', 'b']"],
    ['config.list.extend(config.list) or config.list', '[3, 1, 2, 3, 1, 2]'],
    ['config.list.extend(5)', 'TypeError'],
  ])('%s', (expression, wanted) => {
    expect(printed(expression)).toBe(wanted);
  });
});

describe('of a tuple', () => {
  it.each([
    ['(1, 2, 1).count(1)', '2'],
    ['(1, 2, 1).index(1, 1)', '2'],
    ['(1, 2, 1).index(9)', 'ValueError'],
    ['(1, 2, 1).nothing is defined', 'False'],
  ])('%s', (expression, wanted) => {
    expect(printed(expression)).toBe(wanted);
  });
});
