import { createDatetimeInference } from '../../../engine/builder/datetime-inference.ts';
import type { JsonObject } from '../../../engine/util/json/json.ts';

function formatsOf(...records: readonly JsonObject[]) {
  const inference = createDatetimeInference();
  for (const record of records) inference.add(record);
  return inference.result();
}

test.each([
  ['2024-01-31', '%Y-%m-%d'],
  ['2024-01-31 10:11:12', '%Y-%m-%d %H:%M:%S'],
  ['2024-01-31T10:11:12Z', '%Y-%m-%dT%H:%M:%SZ'],
  ['2024-01-31T10:11:12.5Z', '%Y-%m-%dT%H:%M:%S.%fZ'],
  ['2024-01-31T10:11:12.5+02:00', '%Y-%m-%dT%H:%M:%S.%f%z'],
  [1_700_000_000, '%s'],
  ['1700000000', '%s'],
  [1_700_000_000_000, '%ms'],
  ['31/01/2024 10:11', '%d/%m/%Y %H:%M'],
  ['2024-01', '%Y-%m'],
  ['31-01-2024', '%d-%m-%Y'],
])('%p is a time in the format %s', (value, format) => {
  expect(formatsOf({ at: value })).toEqual({ at: format });
});

test.each([[12], ['12'], [true], [1.5], [null], ['soon'], [{}]])('%p is no time', (value) => {
  expect(formatsOf({ at: value })).toEqual({});
});

test('a field must hold times of one format in all records', () => {
  const first = { a: '2024-01-31', b: '2024-01-31', c: '2024-01-31' };
  expect(formatsOf(first, { a: '2024-02-01', b: 'later', c: null })).toEqual({ a: '%Y-%m-%d' });
});

test('fields that only later records have are not looked at', () => {
  expect(formatsOf({ id: 1 }, { id: 2, at: '2024-01-31' })).toEqual({});
});
