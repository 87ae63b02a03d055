import { createDefaultNormalization } from '../../../../engine/components/record-selectors/default-normalization.ts';
import { PyFloat } from '../../../../engine/template/python-values.ts';
import type { JsonObject, JsonSchema } from '../../../../engine/util/json/json.ts';

const warnings: string[] = [];
const { normalize } = createDefaultNormalization((_level, message) => void warnings.push(message));

function cast(value: unknown, schema: JsonSchema): unknown {
  const record: JsonObject = { field: value };
  normalize(record, { type: 'object', properties: { field: schema } });
  return record.field;
}

describe('createDefaultNormalization', () => {
  it.each([
    ['string', 1, '1'],
    ['string', 1.5, '1.5'],
    ['string', new PyFloat(1), '1.0'],
    ['string', true, 'True'],
    ['string', null, 'None'],
    ['string', { a: [1, 'x', null] }, "{'a': [1, 'x', None]}"],
    ['string', 12345678901234567890n, '12345678901234567890'],
    ['number', '1.5', 1.5],
    ['number', ' 1_000 ', 1000],
    ['number', true, 1],
    ['number', 12345678901234567890n, 12345678901234567000],
    ['number', '12345678901234567890', 12345678901234567000],
    ['number', 'x', 'x'],
    ['number', null, null],
    ['integer', '12', 12],
    ['integer', '1.5', '1.5'],
    ['integer', 1.9, 1],
    ['integer', '12345678901234567890', 12345678901234567890n],
    ['integer', 12345678901234567890n, 12345678901234567890n],
    ['integer', 2 ** 53, 9007199254740992n],
    ['integer', -1e20, -100000000000000000000n],
    ['integer', 9007199254740991, 9007199254740991],
    ['integer', '-9007199254740993', -9007199254740993n],
    ['integer', -0.5, 0],
    ['integer', Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    ['integer', [], []],
    ['integer', false, 0],
    ['boolean', 'Yes', true],
    ['boolean', 'off', false],
    ['boolean', 'maybe', 'maybe'],
    ['boolean', 2, true],
    ['boolean', 12345678901234567890n, true],
    ['boolean', 0n, false],
    ['boolean', [], false],
    ['boolean', null, false],
    ['object', 'x', 'x'],
  ])('makes a %s of %p', (type, value, expected) => {
    expect(cast(value, { type })).toEqual(expected);
  });

  it('leaves null where null is allowed, and everything where several types are', () => {
    expect(cast(null, { type: ['null', 'string'] })).toBeNull();
    expect(cast(5, { type: ['string', 'null'] })).toBe('5');
    expect(cast(5, { type: ['string', 'boolean'] })).toBe(5);
    expect(cast(5, { oneOf: [{ type: 'string' }] })).toBe(5);
    expect(cast(5, {})).toBe(5);
  });

  it('puts a scalar into a list where the items are scalars', () => {
    expect(cast(1, { type: 'array' })).toEqual([1]);
    expect(cast(1, { type: 'array', items: { type: ['null', 'string'] } })).toEqual(['1']);
    expect(cast(1, { type: 'array', items: { type: 'string' } })).toBe(1);
    expect(cast({ a: 1 }, { type: 'array' })).toEqual({ a: 1 });
    expect(cast(null, { type: ['null', 'array'] })).toBeNull();
  });

  it('goes into objects and lists without changing what others hold', () => {
    const inner = { a: 1, b: [{ c: 2 }, 3] };
    const schema = {
      properties: {
        a: { type: 'string' },
        b: { items: { type: 'object', properties: { c: { type: 'string' } } } },
      },
    };
    expect(cast(inner, schema)).toEqual({ a: '1', b: [{ c: '2' }, 3] });
    expect(inner).toEqual({ a: 1, b: [{ c: 2 }, 3] });
  });

  it('follows references, also of a schema to itself', () => {
    const schema = {
      properties: { node: { $ref: '#/definitions/node' } },
      definitions: { node: { properties: { id: { type: 'string' }, next: { $ref: '#/definitions/node' } } } },
    };
    const record = { node: { id: 1, next: { id: 2, next: { id: 3 } } } };
    normalize(record, schema);
    expect(record).toEqual({ node: { id: '1', next: { id: '2', next: { id: '3' } } } });
  });

  it('warns once for a field whose values cannot be cast', () => {
    warnings.length = 0;
    const schema = { properties: { list: { items: { type: 'integer' } } } };
    normalize({ list: ['x', 'y'] }, schema);
    expect(warnings).toEqual([
      'A value at "list[]" cannot be cast to the type "integer" of the schema and is left as it is.',
    ]);
  });
});
