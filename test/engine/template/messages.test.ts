import { failure } from '../../kit/printed.ts';
import { pythonRows } from '../../kit/python-rows.ts';

/** Expressions that fail, and the class and the words of the error that the Python runtime has for them. */
const rows = pythonRows('test/engine/template/messages.json', (expression) => {
  const [, name] = /[.|]\s*(\w+)/.exec(expression) ?? [];
  return name ?? 'operators';
});

it.each(rows)('%s', (_, wanted) => {
  expect(wanted.map(([expression]) => [expression, failure(expression)])).toEqual(wanted);
});
