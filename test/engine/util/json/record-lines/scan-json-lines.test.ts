import { toRecordLines } from '../../../../../engine/protocol/write.ts';
import { isObject, type JsonObject } from '../../../../../engine/util/json/json.ts';
import { parseJson } from '../../../../../engine/util/json/parse-json.ts';
import { scanJsonLines } from '../../../../../engine/util/json/record-lines/scan-json-lines.ts';

import { randomLines } from './random-documents.ts';

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

const now = 1_700_000_000_000;
const watched = ['id', 'updated_at'];
const asMessages = {
  ...{ watched, withoutNulls: true },
  head: '{"type":"RECORD","record":{"stream":"contacts","data":',
  tail: `,"emitted_at":${now}}}\n`,
};

/** Each line by way of an object; undefined where one is something else, or nothing. */
function ordinary(
  text: string,
): { readonly lines: string; readonly watched: readonly JsonObject[] } | undefined {
  const records: JsonObject[] = [];
  for (const line of text.replace(/\n$/, '').split('\n')) {
    try {
      const record = parseJson(line);
      if (!isObject(record) || Object.keys(record).length === 0) return undefined;
      records.push(record);
    } catch {
      return undefined;
    }
  }
  const fieldsOf = (record: JsonObject) =>
    Object.fromEntries(
      watched.flatMap((name) => {
        const value = Object.hasOwn(record, name) ? record[name] : undefined;
        return value === undefined || value === null ? [] : [[name, value]];
      }),
    );
  return { lines: toRecordLines({ name: 'contacts' }, records, now), watched: records.map(fieldsOf) };
}

// RANDOM_DOCUMENTS=100000 looks at more of them, FIRST_DOCUMENT=100001 at others.
test('gives what the way by objects gives, or nothing', () => {
  const first = Number(process.env['FIRST_DOCUMENT'] ?? 1);
  const seeds = Number(process.env['RANDOM_DOCUMENTS'] ?? 2000);
  let scanned = 0;
  for (let seed = first; seed < first + seeds; seed++) {
    const text = randomLines(seed);
    const found = scanJsonLines(Buffer.from(text), asMessages);
    if (found === undefined) continue;
    scanned += 1;
    const lines = { lines: Buffer.from(found.lines).toString(), watched: [...found.watched] };
    expect({ seed, text, ...lines }).toEqual({ seed, text, ...ordinary(text) });
  }
  expect(scanned).toBeGreaterThan(seeds / 2);
});
