import { readSimulated } from './simulated.ts';

const requester = (path: string, more = '') =>
  `{ type: HttpRequester, url: "https://api.test/${path}"${more} }`;
const found =
  'record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }';

const cursor = `
    incremental_sync:
      type: DatetimeBasedCursor
      cursor_field: updated_at
      datetime_format: "%Y-%m-%d"
      start_datetime: "2026-01-01"
      is_client_side_incremental: true`;

const manifest = (stream: string) => `version: 6.44.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [items] }
streams:
  - type: DeclarativeStream
    name: items
    primary_key: id
${stream}`;

it.each([['properties'], []])(
  'a schema that the API describes under %p is asked for, and is none of the records of its stream',
  async (...list) => {
    const { streams, errors, requests } = await readSimulated(
      manifest(`    retriever:
      type: SimpleRetriever
      requester: ${requester('items')}
      ${found}
    schema_loader:
      type: DynamicSchemaLoader
      retriever: { type: SimpleRetriever, requester: ${requester('fields')}, ${found} }
      schema_type_identifier: { key_pointer: [name], type_pointer: [type], schema_pointer: [${list}] }${cursor}
`),
      ['items'],
    );
    expect(errors).toEqual([]);
    expect(requests).toContain('GET https://api.test/fields');
    expect(streams.get('items')?.emitted.length).toBeGreaterThan(0);
  },
);

it('names of properties are asked for beside a schema that the API describes', async () => {
  const { streams, errors, requests } = await readSimulated(
    manifest(`    retriever:
      type: SimpleRetriever
      requester:
        type: HttpRequester
        url: https://api.test/items
        request_parameters:
          properties:
            type: QueryProperties
            property_list:
              type: PropertiesFromEndpoint
              property_field_path: [name]
              retriever: { type: SimpleRetriever, requester: ${requester('names')}, ${found} }
      ${found}
    schema_loader:
      type: DynamicSchemaLoader
      retriever: { type: SimpleRetriever, requester: ${requester('fields')}, ${found} }
      schema_type_identifier: { key_pointer: [name], type_pointer: [type], schema_pointer: [properties] }${cursor}
`),
    ['items'],
  );
  expect(errors).toEqual([]);
  expect(requests).toEqual(expect.arrayContaining([expect.stringMatching(/items.properties=/)]));
  expect(streams.get('items')?.emitted.length).toBeGreaterThan(0);
});
