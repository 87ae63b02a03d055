import fc from 'fast-check';
import { kindOf } from '../../../../engine/destinations/columns/kinds.ts';
import { lineKinds } from '../../../../engine/destinations/columns/line-kinds/line-kinds.ts';
import { recordsIn } from '../../../../engine/destinations/lines.ts';
import { toJsonLines } from '../../../../engine/protocol/write.ts';
import type { JsonObject } from '../../../../engine/util/json/json.ts';

type Found = Readonly<Record<string, readonly [asText: number, asTime: number]>>;

const inLines = (lines: string): Found | undefined => {
  const found = lineKinds(Buffer.from(lines));
  return (
    found && Object.fromEntries(found.fields.map(({ field, asText, asTime }) => [field, [asText, asTime]]))
  );
};

/** The same by way of objects. */
function inRecords(records: readonly JsonObject[]): Found {
  const found = new Map<string, [number, number]>();
  for (const record of records)
    for (const [field, value] of Object.entries(record)) {
      const [asText, asTime] = found.get(field) ?? [0, 0];
      found.set(field, [asText | kindOf(value, false), asTime | kindOf(value, true)]);
    }
  return Object.fromEntries(found);
}

const digit = fc.constantFrom(...'0123456789');
const pair = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('00', '01', '02', '12', '13', '14', '23', '28', '29', '30', '31', '59', '60'),
  },
  fc.tuple(digit, digit).map((two) => two.join('')),
);
const year = fc.oneof(
  fc.constantFrom('0000', '0001', '0004', '0100', '1900', '2000', '2023', '2024', '9999', '10000'),
  fc.tuple(digit, digit, digit, digit).map((four) => four.join('')),
);
/** Texts that are moments, or nearly. */
const nearlyMoment = fc
  .tuple(
    year,
    fc.constantFrom('-', '-', '-', '/'),
    pair,
    pair,
    fc.constantFrom('', 'T', ' ', 't', 'TT'),
    fc
      .tuple(pair, pair, pair)
      .map(([h, m, s]) => [h, `${h}:${m}`, `${h}:${m}:${s}`, `${h}:${m}:${s}`, `${h}:${m}:${s}`]),
    fc.nat(4),
    fc.constantFrom('', '', '.1', '.123456', '.1234567', '.', ',5'),
    fc.oneof(
      fc.constantFrom('', '', 'Z', 'z', ' Z', 'Zé'),
      fc
        .tuple(
          fc.constantFrom('+', '-'),
          pair,
          fc.constantFrom('', ':', '::'),
          fc.oneof(pair, fc.constant('')),
        )
        .map((parts) => parts.join('')),
    ),
  )
  .map(([years, dash, month, day, separator, times, precision, fraction, offset]) => {
    const date = `${years}${dash}${month}-${day}`;
    return separator === '' ? date : `${date}${separator}${times[precision]}${fraction}${offset}`;
  });

const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ min: -1000, max: 1000, noNaN: true }).map((value) => Number(value.toFixed(3))),
  fc.bigInt({ min: -(2n ** 130n), max: 2n ** 130n }),
  fc.constantFrom(
    2 ** 53,
    2 ** 53 - 1,
    1e21,
    1e15,
    1e-7,
    999_999_999_999_999,
    1234567890123456.5,
    -0,
    0.1,
    5e-324,
  ),
  fc.constantFrom(2n ** 63n, 2n ** 63n - 1n, -(2n ** 63n), 2n ** 127n, 9_007_199_254_740_993n),
);
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc.constantFrom('"', '\\', '\\"', '}', '{"a":[', '\n', '\u0000', '😀'),
  nearlyMoment,
);
const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    text,
    number,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;
const field = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('a', 'b', 'id', 'ü', 'a"b', 'a\\', 'updated_at', 'a long name of a field'),
  },
  fc.string(),
);
const record = fc.dictionary(field, value, { maxKeys: 8, noNullPrototype: true });

test('the kinds in lines are those of the values in them', () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 5 }), (records) => {
      const lines = toJsonLines(records);
      const parsed = recordsIn(Buffer.from(lines));
      expect(inLines(lines)).toEqual(inRecords(parsed));
      expect(lineKinds(Buffer.from(lines))?.lines).toBe(records.length);
    }),
    { numRuns: 2000 },
  );
});

test('texts are moments exactly where they are by way of objects', () => {
  fc.assert(
    fc.property(nearlyMoment, (moment) => {
      const records = [{ at: moment }];
      expect(inLines(toJsonLines(records))).toEqual(inRecords(records));
    }),
    { numRuns: 3000 },
  );
});

test('fields come in the order of the lines, however many there are', () => {
  const names = Array.from({ length: 1000 }, (_, index) => `field_${index}`);
  const records = [{ x: 1 }, Object.fromEntries(names.map((name) => [name, name])), { x: 'a' }];
  const found = lineKinds(Buffer.from(toJsonLines(records)));
  expect(found?.fields.map((one) => one.field)).toEqual(['x', ...names]);
  const more = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`field_${index}`, 1]));
  expect(lineKinds(Buffer.from(toJsonLines([more])))).toBeUndefined();
});

test.each([
  ['white space', '{"a": 1}\n'],
  ['a line that does not end', '{"a":1}'],
  ['an object that does not end', '{"a":{"b":1}\n'],
  ['a text that does not end', '{"a":"b}\n'],
  ['something behind the object', '{"a":1}x\n'],
  ['a list', '[1]\n'],
])('%s is left to the ordinary way', (_, lines) => {
  expect(lineKinds(Buffer.from(lines))).toBeUndefined();
});

test('no lines have no fields', () => {
  expect(lineKinds(new Uint8Array())).toEqual({ lines: 0, fields: [] });
});
