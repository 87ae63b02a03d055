import { copyFields } from '../../../../engine/util/json/set-field.ts';

it('a copy has the same fields in the same order, and is another object', () => {
  const record = { b: 1, a: { c: null }, 1: 'one' };
  const copy = copyFields(record);
  expect(copy).toEqual(record);
  expect(Object.keys(copy)).toEqual(Object.keys(record));
  expect(copy).not.toBe(record);
  expect(copy['a']).toBe(record.a);
});

it('a field named __proto__ is a field like any other', () => {
  const copy = copyFields(JSON.parse('{"__proto__": {"polluted": true}}'));
  expect(Object.keys(copy)).toEqual(['__proto__']);
  expect(copy['polluted']).toBeUndefined();
});
