import type { JsonSchema } from '../../../../engine/util/json/json.ts';
import { validateAgainstSchema } from '../../../../engine/util/schema/validate-against-schema.ts';

const problems = (value: unknown, schema: JsonSchema) =>
  validateAgainstSchema(value, schema).map(({ path, message }) => `${path.join('.')} ${message}`.trim());

describe('types and values', () => {
  it.each<[string, unknown, JsonSchema, string[]]>([
    ['a string where one is expected', 'a', { type: 'string' }, []],
    ['a number where a string is expected', 1, { type: 'string' }, ['must be a string']],
    ['one of several types', true, { type: ['string', 'null'] }, ['must be a string or null']],
    ['true is no integer', true, { type: 'integer' }, ['must be an integer']],
    ['1.0 is an integer', 1.0, { type: 'integer' }, []],
    ['1.5 is none', 1.5, { type: 'integer' }, ['must be an integer']],
    ['a big integer', 2n ** 70n, { type: 'integer', minimum: 0 }, []],
    ['a type nobody knows', 1, { type: 'file' }, []],
    ['a constant', 'b', { const: 'a' }, ['must be "a"']],
    ['a choice', 'c', { enum: ['a', 'b'] }, ['must be one of "a", "b"']],
    ['equal objects in another order', { a: 1, b: [2] }, { const: { b: [2], a: 1 } }, []],
    ['a minimum', 0, { minimum: 1 }, ['must be at least 1']],
    ['an exclusive maximum', 5, { exclusiveMaximum: 5 }, ['must be less than 5']],
    ['a multiple', 0.3, { multipleOf: 0.1 }, []],
    ['no multiple', 7, { multipleOf: 2 }, ['must be a multiple of 2']],
    ['an empty text', '', { minLength: 1 }, ['must not be empty']],
    ['a text of few characters but many units', '😀😀', { maxLength: 2 }, []],
    ['a pattern found inside', 'xx42', { pattern: '[0-9]+' }, []],
    ['a pattern that does not fit', 'x', { pattern: '^[0-9]+$' }, ['must look like ^[0-9]+$']],
    ['a pattern in words', 'x', { pattern: '^\\d$', pattern_descriptor: 'YYYY' }, ['must look like YYYY']],
    ["a pattern in Python's dialect", 'AB', { pattern: '(?i)\\A(?P<x>ab)\\Z' }, []],
    ['a pattern with escapes that mean nothing', 'a@b', { pattern: '^a\\@b$' }, []],
    ['a pattern that cannot be read', 'x', { pattern: '(' }, []],
    ['a format, which is not checked', 'x', { format: 'email' }, []],
  ])('%s', (_, value, schema, expected) => {
    expect(problems(value, schema)).toEqual(expected);
  });
});

describe('objects and lists', () => {
  it('names every problem with its path', () => {
    const schema = {
      type: 'object',
      required: ['key', 'name'],
      additionalProperties: false,
      properties: {
        key: { type: 'string' },
        name: { type: 'string' },
        list: { type: 'array', items: { type: 'integer' }, minItems: 3, uniqueItems: true },
      },
    };
    expect(problems({ key: 1, list: [1, 'x'], other: 1 }, schema)).toEqual([
      'name is missing',
      'key must be a string',
      'list must have at least 3 items',
      'list.1 must be an integer',
      'other is not allowed',
    ]);
    expect(problems({ key: 'a', name: 'b', list: [1, 2, 1] }, schema)).toEqual([
      'list must not have the same item twice',
    ]);
  });

  it('knows patterns of names, names and dependencies', () => {
    const schema = {
      patternProperties: { '^x_': { type: 'integer' } },
      additionalProperties: { type: 'string' },
      propertyNames: { maxLength: 3 },
      dependencies: { a: ['b'], c: { required: ['d'] } },
    };
    expect(problems({ x_1: 'no', a: 'a', c: 1, long: 'x' }, schema)).toEqual([
      'x_1 must be an integer',
      'c must be a string',
      'long must have at most 3 characters',
      'b is missing',
      'd is missing',
    ]);
  });

  it('takes lists of schemas for the items in turn', () => {
    const schema = { items: [{ type: 'string' }], additionalItems: false, contains: { const: 'b' } };
    expect(problems(['a', 'b'], schema)).toEqual(['1 is not allowed']);
    expect(problems(['a'], schema)).toEqual(['has no item of the expected form']);
  });

  it('never reads fields of the prototype', () => {
    expect(problems({}, { required: ['constructor'], properties: { toString: { type: 'string' } } })).toEqual(
      ['constructor is missing'],
    );
  });
});

describe('combinations', () => {
  const credentials = {
    oneOf: [
      { properties: { type: { const: 'token' }, token: { type: 'string' } }, required: ['type', 'token'] },
      { properties: { type: { const: 'oauth' }, client: { type: 'string' } }, required: ['type', 'client'] },
    ],
  };

  it('reports the alternative that the constant names', () => {
    expect(problems({ type: 'oauth' }, credentials)).toEqual(['client is missing']);
    expect(problems({ type: 'oauth', client: 'x' }, credentials)).toEqual([]);
  });

  it('reports what is wrong with all alternatives, and the constants when none of them is named', () => {
    expect(problems({}, credentials)).toEqual(['type is missing']);
    expect(problems({ type: 'other' }, credentials)).toEqual(['type must be one of "token", "oauth"']);
  });

  it('says no more than that none fits when it cannot tell which was meant', () => {
    expect(problems(1, { anyOf: [{ type: 'string' }, { type: 'null' }] })).toEqual([
      'fits none of its alternatives',
    ]);
  });

  it('takes for a choice what the schema names, not what a message looks like', () => {
    const odd = { anyOf: [{ minimum: 5 }, { const: 9 }] };
    expect(problems(1, odd)).toEqual(['fits none of its alternatives']);
    const lists = {
      anyOf: [{ properties: { a: { const: [1] } } }, { properties: { a: { enum: ['x', null] } } }],
    };
    expect(problems({ a: 1 }, lists)).toEqual(['a must be one of [1], "x", null']);
  });

  it('lets one of oneOf fit and no more', () => {
    const schema = { oneOf: [{ type: 'integer' }, { minimum: 2 }] };
    expect(problems(1, schema)).toEqual([]);
    expect(problems(3, schema)).toEqual(['fits 2 of its alternatives, and only one is allowed']);
  });

  it('follows allOf, not, and if with then and else', () => {
    expect(problems(1, { allOf: [{ minimum: 2 }, { not: { type: 'integer' } }] })).toEqual([
      'must be at least 2',
      'must not have this form',
    ]);
    const schema = JSON.parse(
      '{ "if": { "type": "string" }, "then": { "minLength": 2 }, "else": { "minimum": 2 } }',
    );
    expect(problems('a', schema)).toEqual(['must have at least 2 characters']);
    expect(problems(1, schema)).toEqual(['must be at least 2']);
  });

  it('follows references inside the schema, also in circles', () => {
    const schema = {
      definitions: { 'a/b': { type: 'string' }, loop: { $ref: '#/definitions/loop' } },
      properties: {
        a: { $ref: '#/definitions/a~1b' },
        next: { $ref: '#' },
        loop: { $ref: '#/definitions/loop' },
      },
    };
    expect(problems({ a: 1, next: { next: { a: 2 } }, loop: 1 }, schema)).toEqual([
      'a must be a string',
      'next.next.a must be a string',
    ]);
  });
});
