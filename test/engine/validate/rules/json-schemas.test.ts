import { jsonSchemas } from '../../../../engine/validate/rules/json-schemas.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(jsonSchemas);

const records = (schema: string) =>
  withRetriever('', `schema_loader: { type: InlineSchemaLoader, schema: ${schema} }`);
const config = (schema: string) => withRetriever('', '', `spec: { connection_specification: ${schema} }`);
const severity = 'warning' as const;

describe('jsonSchemas', () => {
  it('have types that exist', () => {
    expectValid(
      records('{ type: [object, "null"], properties: { type: { type: array, items: { type: string } } } }'),
    );
    expectErrors(records('{ properties: { a: { items: { type: strng } }, b: { type: [int] } } }'), [
      { severity, message: '"strng" is not a type of JSON schema. Did you mean "string"?', at: 'strng' },
      { severity, message: '"int" is not a type of JSON schema. Did you mean "integer"?', at: 'int' },
    ]);
    expectErrors(config('{ properties: { a: { type: strng } } }'), [
      { message: '"strng" is not a type of JSON schema. Did you mean "string"?', at: 'strng' },
    ]);
  });

  it('have properties that are there, once', () => {
    expectErrors(config('{ properties: { key: {} }, required: [kay, key, key] }'), [
      {
        severity,
        message: '"kay" is required, but it is not among the properties. Did you mean "key"?',
        at: 'kay,',
      },
      {
        severity,
        message:
          '"key" is listed twice in "required". It runs here, but the Python runtime refuses such a manifest.',
        at: 'key] }',
      },
    ]);
    expectErrors(config('{ properties: [key] }'), [
      { message: '"properties" of a JSON schema is a mapping of names to schemas.', at: '[key]' },
    ]);
    expectErrors(config('{ properties: { key: {} }, required: true }'), [
      {
        message: '"required" of a JSON schema is a list of property names, beside "properties".',
        at: 'true }',
      },
    ]);
  });

  it('are schemas all the way down', () => {
    expectValid(records('{ properties: { a: true, b: { items: false } } }'));
    expectErrors(records('{ properties: { a: integer, b: { items: [strng] } } }'), [
      { severity, message: 'A JSON schema is a mapping. Do you mean { type: integer }?', at: 'integer' },
      { severity, message: 'A JSON schema is a mapping.', at: 'strng' },
    ]);
  });

  it('have patterns that can be read, and say plainly what is secret', () => {
    expectValid(config('{ properties: { a: { pattern: "^[a-z]+$", airbyte_secret: true } } }'));
    expectErrors(config('{ properties: { a: { pattern: "([0-9" } } }'), [
      {
        message: '"pattern" of a JSON schema is no regular expression: unterminated character set.',
        at: '"([0-9"',
      },
    ]);
    expectErrors(config('{ properties: { a: { airbyte_secret: "yes" } } }'), [
      {
        severity,
        message: '"airbyte_secret" is true or false; anything else makes nothing secret.',
        at: '"yes"',
      },
    ]);
  });
});
