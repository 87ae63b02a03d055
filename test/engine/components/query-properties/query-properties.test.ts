import { GroupByKeyMergeStrategy } from '../../../../engine/components/query-properties/group-by-key-merge-strategy.ts';
import { JsonSchemaPropertySelector } from '../../../../engine/components/query-properties/json-schema-property-selector.ts';
import { PropertiesFromEndpoint } from '../../../../engine/components/query-properties/properties-from-endpoint.ts';
import { PropertyChunking } from '../../../../engine/components/query-properties/property-chunking.ts';
import { QueryProperties } from '../../../../engine/components/query-properties/query-properties.ts';
import { defineHook } from '../../../../engine/language/hook.ts';
import type { JsonObject, JsonSchema } from '../../../../engine/util/json/json.ts';
import { makeComponent, testScope } from '../../../kit/scope.ts';

let reads = 0;
const retriever = defineHook('Retriever', {
  name: 'TestRetriever',
  fields: () => ({}),
  make: () => ({
    router: undefined,
    async *read() {
      reads++;
      yield { records: [{ name: 'a' }, { name: 'b' }] };
      yield { records: [{ other: 1 }] };
    },
  }),
});

const components = [
  GroupByKeyMergeStrategy,
  JsonSchemaPropertySelector,
  PropertiesFromEndpoint,
  PropertyChunking,
  retriever,
];

function make(definition: JsonObject, catalog?: JsonSchema) {
  const scope = testScope({
    components,
    stream: { name: 'items' },
    ...(catalog && { sync: { catalogSchema: () => catalog } }),
  });
  return makeComponent(QueryProperties, { type: 'QueryProperties', ...definition }, scope);
}

async function chunks(definition: JsonObject, catalog?: JsonSchema) {
  const all: (readonly string[])[] = [];
  for await (const chunk of make(definition, catalog).chunks(undefined)) all.push(chunk);
  return all;
}

const chunking = (fields: JsonObject) => ({ type: 'PropertyChunking', ...fields });
const selector = { type: 'JsonSchemaPropertySelector' };

describe('QueryProperties', () => {
  it('asks for everything at once without chunking', async () => {
    expect(await chunks({ property_list: ['a', 'b'], always_include_properties: ['id'] })).toEqual([
      ['id', 'a', 'b'],
    ]);
  });

  it('counts properties', async () => {
    const property_chunking = chunking({ property_limit_type: 'property_count', property_limit: 2 });
    expect(
      await chunks({ property_list: ['a', 'b', 'c'], always_include_properties: ['id'], property_chunking }),
    ).toEqual([
      ['id', 'a', 'b'],
      ['id', 'c'],
    ]);
  });

  it('counts characters and the separators between them', async () => {
    const property_chunking = chunking({ property_limit_type: 'characters', property_limit: 12 });
    expect(await chunks({ property_list: ['abc', 'def', 'g'], property_chunking })).toEqual([
      ['abc', 'def'],
      ['g'],
    ]);
  });

  it('leaves out what the catalog does not select', async () => {
    const catalog = { properties: { b: {} } };
    expect(await chunks({ property_list: ['a', 'b'], property_selector: selector }, catalog)).toEqual([
      ['b'],
    ]);
    expect(await chunks({ property_list: ['a', 'b'], property_selector: selector })).toEqual([['a', 'b']]);
  });

  it('fetches the properties from an endpoint once', async () => {
    reads = 0;
    const property_list = {
      type: 'PropertiesFromEndpoint',
      property_field_path: ['name'],
      retriever: { type: 'TestRetriever' },
    };
    const made = make({ property_list });
    for (let time = 0; time < 2; time++) {
      for await (const chunk of made.chunks(undefined)) expect(chunk).toEqual(['a', 'b', '[]']);
    }
    expect(reads).toBe(1);
  });

  it('joins the records of chunks by their key', () => {
    const key = (property_chunking: JsonObject, record: JsonObject) =>
      make({
        property_list: [],
        property_chunking: chunking({ property_limit_type: 'property_count', ...property_chunking }),
      }).merge?.key(record);
    expect(key({}, { id: 5 })).toBe('5');
    expect(key({}, { name: 'x' })).toBeUndefined();
    const record_merge_strategy = { type: 'GroupByKeyMergeStrategy', key: ['a', 'b'] };
    expect(key({ record_merge_strategy }, { a: 'x', b: 'y' })).toBe('x,y');
    expect(key({ record_merge_strategy }, { a: 'x', b: '' })).toBeUndefined();
  });
});
