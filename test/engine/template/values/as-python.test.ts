import { printed } from '../../../kit/printed.ts';
import { pythonRows } from '../../../kit/python-rows.ts';

/** `{:…}` and `%…` by what they write, operators by their name. */
const operation = (expression: string) =>
  /^'(?:\{:(?:.*)\}|%.*)'/.exec(expression)?.[0] ?? /\s(\S+)\s/.exec(expression)?.[1] ?? 'literals';

it.each(pythonRows('test/engine/template/values/as-python.json', operation))('%s', (_, rows) => {
  expect(rows.map(([expression]) => [expression, printed(expression)])).toEqual(rows);
});
