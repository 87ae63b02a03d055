import { readManifest } from '../../../kit/read-manifest.ts';

const manifest = (mapping: string, parts: string) => `
version: 6.0.0
type: DeclarativeSource
check: { type: CheckDynamicStream, stream_count: 1 }
dynamic_streams:
  - type: DynamicDeclarativeStream
    name: tables
    components_resolver:
      type: ConfigComponentsResolver
      stream_config: { type: StreamConfig, configs_pointer: [tables] }
      components_mapping:
        - { type: ComponentMappingDefinition, field_path: [name], value: "{{ components_values.name }}" }
        - { type: ComponentMappingDefinition, field_path: ${mapping}, value: "{{ components_values.value }}" }
    stream_template:
      type: DeclarativeStream
      name: ""
      schema_loader: { type: InlineSchemaLoader, schema: { type: object } }
      retriever:
        type: SimpleRetriever
        record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }
        requester: { type: HttpRequester, url_base: "https://api.test/", path: items, http_method: GET, ${parts} }
`;
const read = (mapping: string, parts: string, value: unknown) =>
  readManifest(manifest(mapping, parts), () => ({ body: [{ id: 1 }] }), {
    config: { tables: [{ name: 'one', value }] },
    streams: ['one'],
  });

describe('numbers and booleans that a components resolver sets', () => {
  it.each([
    [
      'a query parameter',
      '[retriever, requester, request_parameters, q]',
      'request_parameters: { q: x }',
      5,
      '/items?q=5',
    ],
    [
      'a boolean parameter',
      '[retriever, requester, request_parameters, q]',
      'request_parameters: { q: x }',
      true,
      '/items?q=True',
    ],
    ['a path', '[retriever, requester, path]', 'request_headers: {}', 7, '/7'],
  ])('are texts in %s', async (_, mapping, parts, value, path) => {
    const { asked, errors } = await read(mapping, parts, value);
    expect(errors).toEqual([]);
    expect(asked).toEqual([`GET ${path}`]);
  });

  it('are texts in a header', async () => {
    const { requests } = await read(
      '[retriever, requester, request_headers, X-Q]',
      'request_headers: { X-Q: x }',
      5,
    );
    expect(requests[0]?.headers).toMatchObject({ 'X-Q': '5' });
  });

  it.each([
    ['http_codes', ['404'], 'http_codes: [500], action: IGNORE'],
    ['http_codes', [404], 'http_codes: [500], action: IGNORE'],
  ])('are numbers where numbers belong: %s %j', async (field, codes, filter) => {
    const handler = `error_handler: { type: DefaultErrorHandler, response_filters: [{ type: HttpResponseFilter, ${filter} }] }`;
    const path = `[retriever, requester, error_handler, response_filters, "0", ${field}]`;
    const { errors, statuses, asked } = await readManifest(manifest(path, handler), () => ({ status: 404 }), {
      config: { tables: [{ name: 'one', value: codes }] },
      streams: ['one'],
    });
    expect(errors).toEqual([]);
    expect(statuses.at(-1)).toBe('COMPLETE');
    expect(asked).toHaveLength(1);
  });

  it('are truths where truths belong, and no other words', async () => {
    const path = '[retriever, requester, use_cache]';
    expect((await read(path, 'use_cache: false', 'yes')).errors).toEqual([]);
    const { errors } = await read(path, 'use_cache: false', 'perhaps');
    expect(errors.map(({ message }) => message)).toEqual([
      '"use_cache" of HttpRequester is wrong: true or false is expected.',
    ]);
  });

  it('stay a mistake where the manifest itself has them', async () => {
    const { errors } = await read('[retriever, requester, path]', 'request_headers: { X-Q: 5 }', 'a');
    expect(errors.map(({ message }) => message)).toEqual([
      '"request_headers.X-Q" of HttpRequester is wrong: a string is expected.',
    ]);
  });
});
