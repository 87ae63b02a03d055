import { RecordFilter } from '../../../../engine/components/record-filters/record-filter.ts';
import { DynamicSchemaLoader } from '../../../../engine/components/schema-loaders/dynamic-schema-loader.ts';
import { InlineSchemaLoader } from '../../../../engine/components/schema-loaders/inline-schema-loader.ts';
import { JsonFileSchemaLoader } from '../../../../engine/components/schema-loaders/json-file-schema-loader.ts';
import { SchemaTypeIdentifier } from '../../../../engine/components/schema-loaders/schema-type-identifier.ts';
import { KeysToLower } from '../../../../engine/components/transformations/keys-to-lower.ts';
import { component } from '../../../../engine/language/component.ts';
import type { JsonObject } from '../../../../engine/util/json/json.ts';
import { makeComponent, testScope } from '../../../kit/scope.ts';

it('InlineSchemaLoader gives the schema of the manifest', async () => {
  const schema = { type: 'object', properties: { id: { type: 'integer', description: '{{ kept }}' } } };
  expect(await makeComponent(InlineSchemaLoader, { type: 'InlineSchemaLoader', schema }).load()).toEqual(
    schema,
  );
  expect(await makeComponent(InlineSchemaLoader, { type: 'InlineSchemaLoader' }).load()).toEqual({});
});

describe('JsonFileSchemaLoader', () => {
  function load(files: Record<string, unknown>, fields: JsonObject = {}) {
    const readFile = async (path: string) => (path in files ? JSON.stringify(files[path]) : undefined);
    const scope = testScope({ parameters: { name: 'users' }, sync: { readFile } });
    return makeComponent(JsonFileSchemaLoader, { type: 'JsonFileSchemaLoader', ...fields }, scope).load();
  }

  it("reads the file of the stream's name", async () => {
    expect(await load({ 'schemas/users.json': { type: 'object' } })).toEqual({ type: 'object' });
  });

  it('reads the file it is told, also below the name of a Python package', async () => {
    const files = { 'schemas/a.json': { title: 'a' } };
    expect(await load(files, { file_path: './schemas/a.json' })).toEqual({ title: 'a' });
    expect(await load(files, { file_path: './source_x/schemas/a.json' })).toEqual({ title: 'a' });
  });

  it('puts what references lead to in their place', async () => {
    const files = {
      'schemas/users.json': {
        properties: {
          a: { $ref: 'shared.json' },
          b: { $ref: '#/definitions/id' },
          c: { $ref: 'shared.json#/definitions/x' },
        },
        definitions: { id: { type: 'integer' } },
      },
      'schemas/shared/shared.json': {
        type: 'object',
        x: { $ref: '#/definitions/x' },
        definitions: { x: { type: 'null' } },
      },
    };
    expect(await load(files)).toEqual({
      properties: { a: { type: 'object', x: { type: 'null' } }, b: { type: 'integer' }, c: { type: 'null' } },
      definitions: { id: { type: 'integer' } },
    });
  });

  it('says what is wrong with a file', async () => {
    await expect(load({})).rejects.toThrow('There is no schema file "schemas/users.json".');
    await expect(load({ 'schemas/users.json': [] })).rejects.toThrow(
      '"schemas/users.json" is not a JSON object',
    );
    await expect(load({ 'schemas/users.json': { a: { $ref: '#/a' } } })).rejects.toThrow(
      'leads back to itself',
    );
  });
});

describe('DynamicSchemaLoader', () => {
  function load(record: JsonObject | undefined, identifier: JsonObject, fields: JsonObject = {}) {
    const Fixed = component({
      family: 'Retriever',
      type: 'SimpleRetriever',
      doc: '',
      fields: () => ({}),
      make: () => ({
        router: undefined,
        async *read() {
          yield { records: [] };
          if (record !== undefined) yield { records: [record, { never: 'read' }] };
        },
      }),
    });
    const definition = {
      type: 'DynamicSchemaLoader',
      retriever: { type: 'SimpleRetriever' },
      schema_type_identifier: {
        type: 'SchemaTypeIdentifier',
        key_pointer: ['name'],
        type_pointer: ['type'],
        ...identifier,
      },
      ...fields,
    };
    const scope = testScope({ components: [Fixed, SchemaTypeIdentifier, RecordFilter, KeysToLower] });
    return makeComponent(DynamicSchemaLoader, definition, scope).load();
  }

  it('makes a property of every description', async () => {
    const record = {
      fields: [
        { name: 'Id', type: 'integer' },
        { name: 'at', type: 'timestamp_without_timezone' },
        { name: 'x' },
      ],
    };
    expect(await load(record, { schema_pointer: ['fields'] })).toEqual({
      $schema: 'https://json-schema.org/draft-07/schema#',
      type: 'object',
      additionalProperties: true,
      properties: {
        Id: { type: ['null', 'integer'] },
        at: { type: ['null', 'string'], format: 'date-time', airbyte_type: 'timestamp_without_timezone' },
        x: { type: ['null', 'string'] },
      },
    });
  });

  it('has no properties without a record', async () => {
    expect(await load(undefined, {})).toMatchObject({ properties: {} });
  });

  it('maps types, the first entry that fits', async () => {
    const types_mapping = [
      { current_type: 'num', target_type: 'integer', condition: '{{ raw_schema.whole }}' },
      { current_type: 'num', target_type: 'number' },
      { current_type: ['a', 'b'], target_type: ['string', 'number'] },
      {
        current_type: 'list',
        target_type: { field_type: 'array', items: { field_type: 'array', items: 'date' } },
      },
    ];
    const record = {
      fields: [
        { name: 'n', type: 'num', whole: true },
        { name: 'm', type: 'num' },
        { name: 'o', type: ['a', 'b'] },
        { name: 'l', type: 'list' },
      ],
    };
    expect((await load(record, { schema_pointer: ['fields'], types_mapping })).properties).toEqual({
      n: { type: ['null', 'integer'] },
      m: { type: ['null', 'number'] },
      o: { oneOf: [{ type: ['null', 'string'] }, { type: ['null', 'number'] }] },
      l: {
        type: ['null', 'array'],
        items: { type: ['null', 'array'], items: { type: ['null', 'string'], format: 'date' } },
      },
    });
  });

  it('filters and transforms the properties', async () => {
    const record = {
      fields: [
        { name: 'Id', type: 'integer' },
        { name: 'Other', type: 'string' },
      ],
    };
    const fields = {
      schema_filter: { type: 'RecordFilter', condition: "{{ 'Other' not in record }}" },
      schema_transformations: [{ type: 'KeysToLower' }],
    };
    const schema = await load(record, { schema_pointer: ['fields'] }, fields);
    expect(schema.properties).toEqual({ id: { type: ['null', 'integer'] } });
  });

  it('says which type or name is wrong', async () => {
    const pointer = { schema_pointer: ['fields'] };
    await expect(load({ fields: [{ name: 'a', type: 'strin' }] }, pointer)).rejects.toThrow(
      '"strin" is not a data type. Did you mean "string"?',
    );
    await expect(load({ fields: [{ name: 1 }] }, pointer)).rejects.toThrow(
      'The name of a field must be text',
    );
  });
});
