import { readFileSync } from 'node:fs';
import { printed } from '../../../kit/printed.ts';

/** Expressions that Jinja and Python both know, and what Python 3.11 prints for them, or the class of its error. */
const rows: readonly (readonly [expression: string, wanted: string])[] = JSON.parse(
  readFileSync('test/engine/template/methods/as-python.json', 'utf8'),
);
const methodOf = (expression: string) => /\.([a-z]+)\(/.exec(expression)?.[1] ?? 'operators';
const methods = new Map(
  rows.map(([expression]) => [methodOf(expression), [] as (readonly [string, string])[]]),
);
for (const row of rows) methods.get(methodOf(row[0]))?.push(row);

it.each([...methods])('%s', (_, ofMethod) => {
  const prints = ofMethod.map(([expression]) => [expression, printed(expression)]);
  expect(prints).toEqual(ofMethod);
});
