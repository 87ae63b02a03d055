import { printed } from '../../../kit/printed.ts';
import { pythonRows } from '../../../kit/python-rows.ts';

const method = (expression: string) => /\.([a-z]+)\(/.exec(expression)?.[1] ?? 'operators';

it.each(pythonRows('test/engine/template/methods/as-python.json', method))('%s', (_, rows) => {
  expect(rows.map(([expression]) => [expression, printed(expression)])).toEqual(rows);
});
