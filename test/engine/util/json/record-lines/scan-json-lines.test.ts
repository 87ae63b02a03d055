import { scanJsonLines } from '../../../../../engine/util/json/record-lines/scan-json-lines.ts';

const scan = (text: string) =>
  scanJsonLines(Buffer.from(text), { watched: ['id'], head: '', tail: ';\n', withoutNulls: true });

test.each([
  ['with a break at the end', '{"id":1,"x":null}\n{"id":2}\n'],
  ['without one', '{"id":1}\n{"id":2}'],
  ['of Windows, with white space', '{ "id" : 1 }\r\n\t{"id":2} \r\n'],
])('lines %s are records', (_, text) => {
  const scanned = scan(text);
  expect(scanned && Buffer.from(scanned.lines).toString()).toBe('{"id":1};\n{"id":2};\n');
  expect(scanned?.watched).toEqual([{ id: 1 }, { id: 2 }]);
  expect(scanned?.records.at(-1)).toEqual({ id: 2 });
});

test.each([
  ['nothing', ''],
  ['a blank line', '{"id":1}\n\n{"id":2}\n'],
  ['a line that is no object', '{"id":1}\n[{"id":2}]\n'],
  ['an empty object, which counts as nothing', '{"id":1}\n{ \t}\n'],
  ['two objects in a line', '{"id":1},{"id":2}\n'],
  ['an object over two lines', '{"id":1\n"x":2}\n'],
  ['both, so that there are as many lines as objects', '{"id":1\n"x":2}\n{"id":3},{"id":4}\n'],
  ['a list over several lines', '{"id":1,"x":[1\n2]}\n'],
  ['a comma at the end of a line', '{"id":1},\n{"id":2}\n'],
  ['half of an object', '{"id":1}\n{"id"'],
  ['no JSON', '{"id":1}\nsorry\n'],
])('%s is left to the ordinary way', (_, text) => {
  expect(scan(text)).toBeUndefined();
});
