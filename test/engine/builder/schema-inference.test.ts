import { createSchemaInference } from '../../../engine/builder/schema-inference.ts';
import type { JsonObject } from '../../../engine/util/json/json.ts';

function schemaOf(records: readonly JsonObject[], required: string[][] = []) {
  const inference = createSchemaInference();
  for (const record of records) inference.add(record);
  return inference.result(required);
}

function properties(...records: readonly JsonObject[]) {
  return schemaOf(records)?.schema.properties;
}

test('no records give no schema', () => {
  expect(schemaOf([])).toBeUndefined();
});

test('every field may be null, and whole numbers are numbers', () => {
  expect(schemaOf([{ id: 1, name: 'a', open: true }])?.schema).toEqual({
    $schema: 'http://json-schema.org/schema#',
    type: 'object',
    properties: {
      id: { type: ['number', 'null'] },
      name: { type: ['string', 'null'] },
      open: { type: ['boolean', 'null'] },
    },
  });
});

test('a field of several simple types names them in order, null last', () => {
  expect(properties({ v: 'a' }, { v: null }, { v: 1 })).toEqual({
    v: { type: ['number', 'string', 'null'] },
  });
});

test('a field that was never anything but null is left out', () => {
  expect(properties({ id: 1, gone: null })).toEqual({ id: { type: ['number', 'null'] } });
});

test('an object that may be null stays an object', () => {
  expect(properties({ o: { a: 1 } }, { o: null })).toEqual({
    o: { type: ['object', 'null'], properties: { a: { type: ['number', 'null'] } } },
  });
});

test('an object or a text stands under anyOf', () => {
  expect(properties({ o: { a: 1 } }, { o: 'x' })).toEqual({
    o: { anyOf: [{ type: 'string' }, { type: 'object', properties: { a: { type: 'number' } } }] },
  });
});

test('lists are described by all their items, empty lists by nothing', () => {
  expect(properties({ l: [1, 'x'], e: [] })).toEqual({
    l: { type: ['array', 'null'], items: { type: ['number', 'string', 'null'] } },
    e: { type: ['array', 'null'] },
  });
});

test('keys are required and cannot be null, also inside objects', () => {
  expect(schemaOf([{ id: 1, o: { at: 'x' } }], [['id'], ['o', 'at']])?.schema).toMatchObject({
    required: ['id', 'o'],
    properties: {
      id: { type: 'number' },
      o: { type: 'object', required: ['at'], properties: { at: { type: 'string' } } },
    },
  });
});

test('a key that no record has is a problem, and the schema is given all the same', () => {
  const inferred = schemaOf([{ name: 'a' }], [['id']]);
  expect(inferred?.problems).toEqual(['"id" is not a field of the records: the record has no "id".']);
  expect(inferred?.schema).not.toHaveProperty('required');
});
