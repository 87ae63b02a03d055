import { preview } from '../../../engine/commands/preview/preview.ts';
import { pathProblem, selectPath } from '../../../engine/preview/select.ts';
import { testEnvironment } from '../../kit/environment.ts';

describe('select', () => {
  it.each([
    ['$[', '"[" is not closed (character 2)'],
    ['$.data[0', '"[" is not closed (character 7)'],
    ['$.data]', '"]" closes nothing (character 7)'],
    ['$.data[]', 'nothing stands in [] (character 7)'],
    ["$['a]", "' is not closed (character 3)"],
    ['$.data[?(@.id]', '"]" closes nothing (character 14)'],
    ['$.data.', 'no name follows "." (character 7)'],
    ['$.data[?(@.id ==)]', 'expected expression after == in ?(@.id ==) (character 8)'],
    [' ', 'it is empty (character 1)'],
  ])('%s is refused with the place', (path, problem) => {
    expect(pathProblem(path)).toBe(`"${path}" is not a JSONPath: ${problem}.`);
  });

  it.each([
    '$',
    '$.data[*].id',
    '$..id',
    '$..',
    'data.items',
    "$['a]']['it\"s']",
    "$.o'clock",
    '$.data[?(@.id > 1)].id',
    '$.data[?(@.name == "a]b")]',
    '$.data[?(@.deep.name.length > 2)]',
    '$.data[(@.length-1)]',
    '$.data[-1:]',
    '$.data[0,2]',
    '$.data^',
    '$.data[*]~',
  ])('%s is a path', (path) => {
    expect(pathProblem(path)).toBeUndefined();
  });

  it('finds values', () => {
    expect(selectPath('$.data[?(@.id > 1)].id', { data: [{ id: 1 }, { id: 2 }] })).toEqual([2]);
  });
});

describe('preview --select', () => {
  it('ends with 2 for what is no path, before anything is asked', async () => {
    const environment = testEnvironment();
    const options = { pages: '1', slices: '1', records: '1', select: '$[' };
    expect(await preview('nowhere.yaml', 'items', options, environment)).toBe(2);
    expect(environment.said()).toBe('"$[" is not a JSONPath: "[" is not closed (character 2).\n');
    expect(environment.written()).toBe('');
  });
});
