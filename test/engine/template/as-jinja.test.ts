import { outcome } from '../../kit/printed.ts';
import { pythonRows } from '../../kit/python-rows.ts';

/** Templates, and what the Python runtime makes of them with Jinja 3.1, or the class of its error. */
const rows = pythonRows('test/engine/template/as-jinja.json', (template) => {
  const [, statement] = /\{%[-+]?\s*(\w+)/.exec(template) ?? [];
  return statement ?? (template.includes('{{') ? 'expressions' : 'text');
});

it.each(rows)('%s', (_, wanted) => {
  expect(wanted.map(([template]) => [template, outcome(template)])).toEqual(wanted);
});
