import { toRecordLines } from '../../../../../engine/protocol/write.ts';
import { seededRandom } from '../../../../../engine/simulator/seeded-random.ts';
import type { JsonObject } from '../../../../../engine/util/json/json.ts';
import { parseJsonBytes } from '../../../../../engine/util/json/parse-json-bytes.ts';
import {
  type LineScan,
  type ScannedRecords,
  scanRecords,
} from '../../../../../engine/util/json/record-lines/scan-records.ts';
import { randomDocument } from './random-documents.ts';

const now = 1_700_000_000_000;

const asMessages = {
  head: '{"type":"RECORD","record":{"stream":"contacts","data":',
  tail: `,"emitted_at":${now}}}\n`,
  withoutNulls: true,
};

function scan(text: string, options: Partial<LineScan> = {}): ScannedRecords | undefined {
  return scanRecords(cut(Buffer.from(text)), { path: ['data'], watched: [], ...asMessages, ...options });
}

/** In pieces of three lengths, as a body comes. */
function cut(bytes: Uint8Array): readonly Uint8Array[] {
  const [first, second] = [bytes.length >> 2, bytes.length >> 1];
  return [bytes.subarray(0, first), bytes.subarray(first, second), bytes.subarray(second)];
}

const bare = { head: '', tail: '\n' };
const lines = (scanned: ScannedRecords | undefined) => scanned && Buffer.from(scanned.lines).toString();

/** The same records by way of objects; undefined where that fails. */
function ordinaryLines(text: string, path: readonly string[]): string | undefined {
  try {
    let found = parseJsonBytes(Buffer.from(text));
    for (const name of path) found = (found as JsonObject)[name];
    return toRecordLines({ name: 'contacts' }, found as JsonObject[], now);
  } catch {
    return undefined;
  }
}

describe('lines', () => {
  test.each([
    ['white space goes', '{ "data" : [ { "a" : [ 1 , 2 ] , "b" : { } } ] }', '{"a":[1,2],"b":{}}\n'],
    [
      'nulls of a record go, deeper ones stay',
      '{"data":[{"a":null,"b":{"c":null},"d":null}]}',
      '{"b":{"c":null}}\n',
    ],
    ['a record of nulls is empty', '{"data":[{"a":null},{"b": null , "c":null}]}', '{}\n{}\n'],
    [
      'escapes become characters',
      String.raw`{"data":[{"a":"\u00e9\/\u003c\ud83d\ude00"}]}`,
      '{"a":"é/<😀"}\n',
    ],
    ['half a surrogate pair stays an escape', String.raw`{"data":[{"a":"\uD83D!"}]}`, '{"a":"\\ud83d!"}\n'],
    [
      'control characters have their shortest escape',
      String.raw`{"data":[{"a":"\u000A\u001F"}]}`,
      '{"a":"\\n\\u001f"}\n',
    ],
    [
      'numbers as JavaScript writes them',
      '{"data":[{"a":[1.0,1e2,-0,1.50,1e-7,1e400]}]}',
      '{"a":[1,100,0,1.5,1e-7,null]}\n',
    ],
    ['integers of any size', '{"data":[{"id":12345678901234567890}]}', '{"id":12345678901234567890}\n'],
    ['no record, no line', '{"data":[]}', ''],
  ])('%s', (_, text, expected) => {
    expect(lines(scan(text, bare))).toBe(expected);
  });

  test('nulls stay where they are wanted', () => {
    expect(lines(scan('{"data":[{"a":null}]}', { ...bare, withoutNulls: false }))).toBe('{"a":null}\n');
  });

  test('a list at the root, or deep inside', () => {
    expect(lines(scan('[{"a":1},{"a":2}]', { ...bare, path: [] }))).toBe('{"a":1}\n{"a":2}\n');
    const deep = '{"x":[{"data":[0]}],"a":{"y":{},"b":[{"c":1}],"z":0}}';
    expect(lines(scan(deep, { ...bare, path: ['a', 'b'] }))).toBe('{"c":1}\n');
  });
});

describe('what is left to the ordinary way', () => {
  test.each([
    ['no such list', '{"other":[]}'],
    ['an object in its place', '{"data":{}}'],
    ['something else than objects', '{"data":[1]}'],
    ['a name twice', '{"data":[{"a":1,"b":2,"a":3}]}'],
    ['a name twice around the list', '{"data":[],"x":1,"x":2}'],
    ['names that JavaScript sorts', '{"data":[{"b":1,"2":1,"1":1}]}'],
    ['an escape in a name', String.raw`{"data":[{"\u0061":1}]}`],
    ['a name that JavaScript minds', '{"data":[{"__proto__":1}]}'],
    ['a byte order mark', '\ufeff{"data":[]}'],
    ['a control character', '{"data":[{"a":"\u0001"}]}'],
    ['a zero in front', '{"data":[{"a":01}]}'],
    ['a comma too many', '{"data":[{"a":1},]}'],
    ['something after the end', '{"data":[]}}'],
    ['an end that is missing', '{"data":[{"a":1}'],
    ['a bad escape', String.raw`{"data":[{"a":"\x"}]}`],
    ['a number without an end', '{"data":[{"a":1.}]}'],
    ['NaN', '{"data":[{"a":NaN}]}'],
    ['very deep nesting', `{"data":[{"a":${'['.repeat(2000)}${']'.repeat(2000)}}]}`],
    ['nothing', ''],
  ])('%s', (_, text) => {
    expect(scan(text)).toBeUndefined();
  });

  test('bytes that are not UTF-8', () => {
    const body = Buffer.from('{"data":[{"a":"\xe9"}]}', 'latin1');
    expect(scanRecords([body], { path: ['data'], watched: [], ...asMessages })).toBeUndefined();
  });

  test('a document too large for the memory of the scanner', () => {
    const record = `{"a":"${'x'.repeat(1000)}"}`;
    expect(scan(`{"data":[${Array(5000).fill(record).join(',')}]}`)).toBeUndefined();
  });
});

test.each([
  '0',
  '-0',
  '1700000000',
  '99999999999999',
  '12345678901234567',
  '1.50',
  '-7',
  '1e3',
  '""',
  '"2024-01-01T00:00:00Z"',
  String.raw`"a\"b\u00e9"`,
  '"é"',
  'true',
  'null',
  '[1,"x"]',
  '{"a":{}}',
])('a watched %s is what a parser makes of it', (value) => {
  const scanned = scan(`{"data":[{"at": ${value} }]}`, { watched: ['at'] });
  expect(scanned?.watched).toEqual([{ at: parseJsonBytes(Buffer.from(value)) ?? undefined }]);
});

test('watched fields are read, and nothing else', () => {
  const scanned = scan('{"data":[{"id":"1","at":5,"x":{"at":7}},{"id":12345678901234567890},{"at":null}]}', {
    watched: ['id', 'at'],
  });
  expect(scanned?.watched).toEqual([{ id: '1', at: 5 }, { id: 12345678901234567890n }, {}]);
});

test('the document and its records can be looked at', () => {
  const scanned = scan('{"next":"n","inner":{"data":[{"a":1},{"a":2}],"z":1}}', { path: ['inner', 'data'] });
  expect(scanned?.records).toHaveLength(2);
  expect(scanned?.records.at(-1)).toEqual({ a: 2 });
  expect(JSON.parse(JSON.stringify(scanned?.document()))).toEqual({
    next: 'n',
    inner: { data: [{ a: 1 }, { a: 2 }], z: 1 },
  });
});

test('of a list at the root, the first record is the document', () => {
  expect(scan('[{"a":1},{"a":2}]', { path: [] })?.document()).toEqual({ a: 1 });
  expect(scan('[]', { path: [] })?.document()).toEqual({});
});

// RANDOM_DOCUMENTS=100000 looks at more of them.
test('gives what the way by objects gives, or nothing', () => {
  const seeds = Number(process.env['RANDOM_DOCUMENTS'] ?? 2000);
  let scanned = 0;
  for (let seed = 1; seed <= seeds; seed++) {
    const { text, path } = randomDocument(seed);
    const found = lines(scan(text, { path }));
    if (found === undefined) continue;
    scanned += 1;
    if (found !== ordinaryLines(text, path))
      expect({ seed, text, found }).toEqual({ seed, text, found: ordinaryLines(text, path) });
  }
  expect(scanned).toBeGreaterThan(seeds / 2);
});

test('any length, at any place in the memory', () => {
  const random = seededRandom(7);
  for (let length = 0; length < 200; length++) {
    const text =
      'x'.repeat(length) + String.raw`\u00e9`.repeat(Math.floor(random() * 3)) + 'y'.repeat(length % 17);
    const body = JSON.stringify({ data: [{ a: '' }, { b: '' }] }).replaceAll('""', `"${text}"`);
    expect(lines(scan(body))).toBe(ordinaryLines(body, ['data']));
  }
});
