import { readSimulated, type SimulatedStream } from './simulated.ts';

interface Parts {
  readonly paginator?: string;
  readonly extractor?: string;
  readonly retriever?: string;
  readonly stream?: string;
  readonly parameters?: string;
  readonly filter?: string;
}

function streamYaml(name: string, parts: Parts = {}): string {
  return `{
  type: DeclarativeStream, name: ${name}, primary_key: id,
  retriever: { type: SimpleRetriever,
    requester: { type: HttpRequester, url_base: "https://api.example.com/v1", path: "/${name}", http_method: GET, request_parameters: ${parts.parameters ?? '{}'} },
    record_selector: { type: RecordSelector, extractor: ${parts.extractor ?? '{ type: DpathExtractor, field_path: [data] }'} ${parts.filter ?? ''} },
    ${parts.paginator ? `paginator: ${parts.paginator},` : ''}
    ${parts.retriever ?? ''} },
  ${parts.stream ?? ''}
  schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: { id: { type: integer }, name: { type: string }, updated_at: { type: string, format: date-time } } } } }`;
}

function manifestOf(...streams: readonly string[]): string {
  return `
version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [items] }
streams: [${streams.join(',\n')}]
`;
}

async function read(
  parts: Parts,
  volume = 7,
): Promise<SimulatedStream & { readonly requests: readonly string[] }> {
  const { streams, errors, requests } = await readSimulated(
    manifestOf(streamYaml('items', parts)),
    ['items'],
    {
      volume: () => volume,
    },
  );
  expect(errors).toEqual([]);
  return { ...(streams.get('items') as SimulatedStream), requests };
}

function expectAll({ offered, emitted, reason }: SimulatedStream, count: number): void {
  expect({
    offered,
    reason,
    keys: new Set(emitted.map(({ id }) => id)).size,
    emitted: emitted.length,
  }).toEqual({
    offered: count,
    reason: undefined,
    keys: count,
    emitted: count,
  });
}

const option = '{ type: RequestOption, inject_into: request_parameter, field_name: page }';
const cursor = (fields: string, token = option) =>
  `{ type: DefaultPaginator, page_token_option: ${token}, pagination_strategy: { type: CursorPagination, ${fields} } }`;

describe('pages', () => {
  test.each([
    ['a token', `cursor_value: "{{ response.meta.next }}", stop_condition: "{{ not response.meta.next }}"`],
    ['a flag', `cursor_value: "{{ response.token }}", stop_condition: "{{ response.has_more is false }}"`],
    [
      'a flag of the other sense',
      `cursor_value: "{{ response.token }}", stop_condition: "{{ response.is_last }}"`,
    ],
    [
      'a number of pages',
      `cursor_value: "{{ response.page + 1 }}", stop_condition: "{{ response.page >= response.total_pages }}"`,
    ],
    [
      'the last record',
      `cursor_value: "{{ last_record.id }}", page_size: 3, stop_condition: "{{ last_page_size < 3 }}"`,
    ],
    [
      'a missing field',
      `cursor_value: "{{ response.meta.next }}", stop_condition: "{{ 'next' not in response['meta'] }}"`,
    ],
    [
      'a field of what may be missing',
      `cursor_value: "{{ (response.get('pages') or {}).get('next') }}", stop_condition: "{{ not (response.get('pages') or {}).get('next') }}"`,
    ],
    ['a header', `cursor_value: "{{ headers['x-next'] }}", stop_condition: "{{ 'x-next' not in headers }}"`],
    [
      'a link',
      `cursor_value: "{{ headers['link']['next']['url'] }}", stop_condition: "{{ 'next' not in headers['link'] }}"`,
    ],
    ['a part of an address', `cursor_value: "{{ response.next | regex_search('after=([^&]+)') }}"`],
  ])('by %s', async (_what, fields) => {
    const found = await read({ paginator: cursor(fields) });
    expectAll(found, 7);
    expect(found.requests.length).toBeGreaterThan(1);
  });

  test('by the address of the next page', async () => {
    const paginator = cursor('cursor_value: "{{ response.paging.next }}"', '{ type: RequestPath }');
    const found = await read({ paginator });
    expectAll(found, 7);
    expect(found.requests[1]).toBe('GET https://api.example.com/v1/items?page=2&offset=4&cursor=next-4');
  });

  test.each(['PageIncrement', 'OffsetIncrement'])('by %s', async (type) => {
    const paginator = `{ type: DefaultPaginator, page_token_option: ${option}, page_size_option: { type: RequestOption, inject_into: request_parameter, field_name: limit }, pagination_strategy: { type: ${type}, page_size: 3 } }`;
    const found = await read({ paginator });
    expectAll(found, 7);
    expect(found.requests.length).toBe(3);
  });

  test('of the size that the request asks for', async () => {
    const found = await read({
      parameters: '{ per_page: "2" }',
      paginator: cursor('cursor_value: "{{ response.next }}"'),
    });
    expectAll(found, 7);
    expect(found.requests.length).toBe(4);
  });

  test('are one where the condition contradicts the token, and that is said', async () => {
    const found = await read({
      paginator: cursor('cursor_value: "{{ response.next }}", stop_condition: "{{ response.next }}"'),
    });
    expect(found.reason).toBe('no answer that was tried makes it ask for a second page');
    expect(found.emitted.length).toBe(7);
  });
});

describe('records lie where they are looked for', () => {
  test.each([
    ['at the top', '{ type: DpathExtractor, field_path: [] }'],
    ['deep inside', '{ type: DpathExtractor, field_path: [a, b, c] }'],
    ['under a wildcard', '{ type: DpathExtractor, field_path: [a, "*"] }'],
    ['under a wildcard at the top', '{ type: DpathExtractor, field_path: ["*", node] }'],
    [
      'in lists of a record',
      '{ type: DpathExtractor, field_path: [a], record_expander: { type: RecordExpander, expand_records_from_field: [lines, data] } }',
    ],
  ])('%s', async (_where, extractor) => expectAll(await read({ extractor }), 7));

  test.each([
    ['CsvDecoder', '{ type: DpathExtractor, field_path: [] }'],
    ['JsonlDecoder', '{ type: DpathExtractor, field_path: [] }'],
    ['XmlDecoder', '{ type: DpathExtractor, field_path: [answer, item] }'],
    ['GzipDecoder, decoder: { type: CsvDecoder }', '{ type: DpathExtractor, field_path: [] }'],
  ])('in what a %s reads', async (type, extractor) => {
    expectAll(await read({ extractor, retriever: `decoder: { type: ${type} },` }), 7);
  });

  test('and pass the filter of their stream', async () => {
    const filter = `, record_filter: { type: RecordFilter, condition: "{{ record.name == 'kept' }}" }`;
    const found = await read({ filter });
    expectAll(found, 7);
    expect(found.emitted[0]?.name).toBe('kept');
  });
});

test('windows are answered as they are asked for', async () => {
  const incremental = (
    options: string,
  ) => `incremental_sync: { type: DatetimeBasedCursor, cursor_field: updated_at,
    datetime_format: "%Y-%m-%dT%H:%M:%SZ", start_datetime: "2026-01-01T00:00:00Z", step: P5D, cursor_granularity: PT1S, ${options} },`;
  const both = await read({
    stream: incremental(
      'start_time_option: { type: RequestOption, inject_into: request_parameter, field_name: since }, end_time_option: { type: RequestOption, inject_into: request_parameter, field_name: until }',
    ),
  });
  expectAll(both, 7);
  expect(both.requests).toEqual([
    'GET https://api.example.com/v1/items?since=2026-01-01T00:00:00Z&until=2026-01-05T23:59:59Z',
    'GET https://api.example.com/v1/items?since=2026-01-06T00:00:00Z&until=2026-01-10T23:59:59Z',
    'GET https://api.example.com/v1/items?since=2026-01-11T00:00:00Z&until=2026-01-15T12:00:00Z',
  ]);
  const none = await read({ stream: incremental('') });
  expect([none.offered, none.emitted.length]).toEqual([7, 21]);
});

test('children belong to their parents', async () => {
  const child = streamYaml('notes', {
    retriever: `partition_router: { type: SubstreamPartitionRouter, parent_stream_configs: [{ type: ParentStreamConfig,
      parent_key: id, partition_field: item_id, stream: ${streamYaml('items')},
      request_option: { type: RequestOption, inject_into: request_parameter, field_name: item } }] },`,
  });
  const { streams, errors } = await readSimulated(manifestOf(streamYaml('items'), child), ['notes']);
  expect(errors).toEqual([]);
  expectAll(streams.get('notes') as SimulatedStream, 21);
});

test('what cannot be inverted is said with its reason', async () => {
  const found = await readSimulated(
    manifestOf(streamYaml('items', { extractor: '{ type: DpathExtractor, field_path: ["a[bc]"] }' })),
    ['items'],
  );
  expect(found.streams.get('items')?.reason).toBe('its field_path ["a[bc]"] has a pattern in it');
});

test('an object that a template writes out has the values that are read for it', async () => {
  const { emitted } = await read({
    stream: `transformations: [{ type: AddFields, fields: [
      { type: AddedFieldDefinition, path: [account], value: "{{ {'shop': record.get('shop', {}).get('id'), 'own': record.id, 'tags': [record.tag]} }}" },
      { type: AddedFieldDefinition, path: [told], value: "{% set all = {'place': record.place.id} %}{{ all.place }}" }] }],`,
  });
  expect(emitted[0]).toMatchObject({ account: { shop: 'shop-1', own: 1, tags: ['tags-1'] }, told: 'id-1' });
});

test('a list of which items are read has objects that have it', async () => {
  const { emitted } = await read({
    stream: `transformations: [{ type: AddFields, fields: [
      { type: AddedFieldDefinition, path: [label_ids], value: "{{ record.labels.nodes | map(attribute='id') | list }}" },
      { type: AddedFieldDefinition, path: [owners], value: "{% for owner in record.owners %}{{ owner.name }}{% endfor %}" }] }],`,
  });
  expect(emitted[0]).toMatchObject({ label_ids: ['label_ids-1'], owners: expect.stringMatching(/^\w+-1$/) });
});

test('what is read by its index stands in a list, from its beginning and its end', async () => {
  const { emitted } = await read({
    stream: `transformations: [{ type: AddFields, fields: [
      { type: AddedFieldDefinition, path: [day], value: "{{ record['keys'][0] }}" },
      { type: AddedFieldDefinition, path: [land], value: "{{ record['keys'][1] }}" },
      { type: AddedFieldDefinition, path: [mail], value: "{{ record.addresses[-1].mail }}" }] }],`,
  });
  expect(emitted[0]).toMatchObject({
    keys: ['day-1', 'land-1'],
    day: 'day-1',
    land: 'land-1',
    mail: 'mail-1',
  });
});
