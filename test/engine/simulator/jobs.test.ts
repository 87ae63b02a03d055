import { configure } from '../../../engine/connector/connector.ts';
import { loadManifest } from '../../../engine/connector/load-manifest.ts';
import { defineHook, type RecordExtractor } from '../../../engine/index.ts';
import { serveSimulator } from '../../../engine/simulator/serve-simulator.ts';
import { createSimulator } from '../../../engine/simulator/simulator.ts';
import { fakeClock } from '../../kit/scope.ts';
import { readSimulated } from './simulated.ts';

const rows =
  '{ type: object, properties: { id: { type: [string, "null"] }, name: { type: [string, "null"] } } }';

/** A stream whose retriever has these fields, besides what all jobs have. */
const stream = (name: string, retriever: string, schema = rows, extra = '') => `
  - type: DeclarativeStream
    name: ${name}
    primary_key: id
    schema_loader: { type: InlineSchemaLoader, schema: ${schema} }
${extra}    retriever:
      type: AsyncRetriever
      status_mapping: { running: [QUEUED], completed: [DONE, FINISHED], failed: [FAILED], timeout: [] }
      status_extractor: { type: DpathExtractor, field_path: [data, "0", state] }
      record_selector: { type: RecordSelector, schema_normalization: Default, extractor: { type: DpathExtractor, field_path: [] } }
      creation_requester: { $ref: "#/definitions/api", path: /${name}, http_method: POST, request_body_json: { from: "{{ stream_interval.start_time }}", to: "{{ stream_interval.end_time }}" } }
${retriever.trim().replace(/^/gm, '      ')}
`;

const windows = `    incremental_sync:
      type: DatetimeBasedCursor
      cursor_field: day
      datetime_format: "%Y-%m-%d"
      start_datetime: "2026-01-01"
      step: P5D
      cursor_granularity: P1D
`;

const text = `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [pages] }
definitions:
  api: { type: HttpRequester, url_base: "https://api.example.com/v1" }
streams:${stream(
  'reports',
  `
polling_requester: { type: HttpRequester, url: "{{ creation_response['headers']['Location'] }}" }
download_target_extractor: { type: DpathExtractor, field_path: [data, "0", urls, "*"] }
download_requester: { type: HttpRequester, url: "{{ download_target }}" }
download_decoder: { type: GzipDecoder, decoder: { type: CsvDecoder, delimiter: ";" } }
delete_requester: { $ref: "#/definitions/api", path: "/reports/{{ creation_response.report.id }}/gone", http_method: POST }`,
  '{ type: object, properties: { id: { type: [integer, "null"] }, amount: { type: [number, "null"] }, day: { type: [string, "null"], format: date } } }',
  windows,
)}${stream(
  'exports',
  `
polling_requester: { $ref: "#/definitions/api", path: "/exports/{{ creation_response.id }}" }
download_target_requester: { $ref: "#/definitions/api", path: "/files/{{ polling_response.document.id }}" }
download_target_extractor: { type: DpathExtractor, field_path: [href] }
download_requester: { type: HttpRequester, url: "{{ download_target }}" }
download_extractor: { type: ResponseToFileExtractor }`,
)}${stream(
  'pages',
  `
polling_requester: { $ref: "#/definitions/api", path: "/pages/{{ creation_response.id }}" }
download_requester: { $ref: "#/definitions/api", path: "/pages/{{ stream_slice.extra_fields.creation_response.id }}/results" }
download_extractor: { type: DpathExtractor, field_path: [items] }
download_paginator:
  type: DefaultPaginator
  page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: locator }
  pagination_strategy: { type: CursorPagination, cursor_value: "{{ response.next }}", stop_condition: "{{ not response.next }}" }`,
)}${stream(
  'archives',
  `
polling_requester: { $ref: "#/definitions/api", path: "/archives/{{ creation_response.id }}" }
download_requester: { $ref: "#/definitions/api", path: "/archives/{{ creation_response.id }}/all.zip" }
download_decoder: { type: ZipfileDecoder, decoder: { type: JsonlDecoder } }`,
)}${stream(
  'secrets',
  `
status_extractor: { type: CustomRecordExtractor, class_name: shop.State }
polling_requester: { $ref: "#/definitions/api", path: "/secrets/{{ creation_response.id }}" }
download_requester: { $ref: "#/definitions/api", path: "/secrets/{{ creation_response.id }}/all" }`,
).replace(/^ *status_extractor: \{ type: Dpath.*\n/m, '')}`;

const State = defineHook('RecordExtractor', {
  name: 'State',
  fields: () => ({}),
  make: () => Object.freeze<RecordExtractor>({ async *extract() {} }),
});

test('a job is created, completed and downloaded, in whatever form the manifest reads it', async () => {
  const names = ['reports', 'exports', 'pages', 'archives'];
  const { streams, errors, requests } = await readSimulated(text, names, { hooks: [State] });
  expect(errors).toEqual([]);
  for (const name of names) {
    const { offered, emitted, reason } = streams.get(name) ?? {};
    expect({ name, reason, offered }).toEqual({ name, reason: undefined, offered: 7 });
    expect(new Set(emitted?.map(({ id }) => id)).size).toBe(7);
  }
  const [report] = streams.get('reports')?.emitted ?? [];
  expect(report).toMatchObject({
    id: 1,
    amount: expect.any(Number),
    day: expect.stringMatching(/^2026-01-/),
  });
  // Each window has a job of its own, at an address that the API gives; pages of a download are asked for one by one.
  expect(requests.filter((each) => each.includes('/simulated/jobs/')).length).toBe(3 + 1);
  expect(requests.filter((each) => each.includes('locator=')).length).toBeGreaterThan(0);
});

test('what nobody can invert of a job is said', async () => {
  const { streams } = await readSimulated(text, ['secrets'], { hooks: [State] });
  expect(streams.get('secrets')?.reason).toBe('its status_extractor is a State');
});

test('whoever only speaks HTTP is sent to the addresses where the API is served', async () => {
  const clock = fakeClock(Date.UTC(2026, 0, 15, 12));
  const simulator = createSimulator({
    manifest: loadManifest({ name: 'jobs.yaml', text }, { hooks: [State] }),
    config: {},
    clock,
    volume: () => 7,
  });
  const server = await serveSimulator({
    simulator,
    port: 0,
    host: '127.0.0.1',
    faults: 0,
    random: () => 0.5,
    log() {},
  });
  const own = text.replaceAll('https://api.example.com', server.url);
  const manifest = loadManifest({ name: 'jobs.yaml', text: own }, { hooks: [State] });
  const connector = configure(manifest, {}, { clock, random: () => 0 });
  const counts = new Map<string, number>();
  const errors: string[] = [];
  const streams = ['reports', 'exports', 'pages'].map((name) => ({ name }));
  for await (const event of connector.read({ streams })) {
    if (event.kind === 'records')
      counts.set(event.stream, (counts.get(event.stream) ?? 0) + event.records.length);
    if (event.kind === 'error') errors.push(event.error.message);
  }
  await connector.close();
  await server.close();
  expect(errors).toEqual([]);
  expect([...counts].sort()).toEqual([
    ['exports', 7],
    ['pages', 7],
    ['reports', 7],
  ]);
});

/** Finds records in a list of lists, and can say so. */
const Nested = defineHook('RecordExtractor', {
  name: 'Nested',
  fields: () => ({}),
  make: () =>
    Object.freeze<RecordExtractor>({
      async *extract(page) {
        for await (const documents of page.documents())
          for (const [list] of documents as unknown[][][]) yield list ?? [];
      },
      documentOf: (records) => [[records]],
    }),
});

test('the extractor of a hook is inverted where it says its own inverse', async () => {
  const { streams, errors } = await readSimulated(
    `
version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [items] }
streams:
  - type: DeclarativeStream
    name: items
    primary_key: id
    schema_loader: { type: InlineSchemaLoader, schema: ${rows} }
    retriever:
      type: SimpleRetriever
      requester: { type: HttpRequester, url: https://api.example.com/items }
      record_selector: { type: RecordSelector, extractor: { type: CustomRecordExtractor, class_name: shop.Nested } }
`,
    ['items'],
    { hooks: [Nested] },
  );
  expect(errors).toEqual([]);
  expect(streams.get('items')?.reason).toBeUndefined();
  expect(streams.get('items')?.emitted).toHaveLength(7);
});

test('a parent whose key children take for a number has keys that are numbers', async () => {
  const { streams, errors } = await readSimulated(
    `
version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [orders] }
definitions:
  orders:
    type: DeclarativeStream
    name: orders
    primary_key: id
    schema_loader: { type: InlineSchemaLoader, schema: ${rows} }
    retriever:
      type: SimpleRetriever
      requester: { type: HttpRequester, url: https://api.example.com/orders }
      record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }
streams:
  - $ref: "#/definitions/orders"
  - type: DeclarativeStream
    name: lines
    primary_key: id
    schema_loader: { type: InlineSchemaLoader, schema: ${rows} }
    transformations:
      - type: AddFields
        fields: [{ type: AddedFieldDefinition, path: [order], value: "{{ stream_partition['order'] }}", value_type: integer }]
    retriever:
      type: SimpleRetriever
      requester: { type: HttpRequester, url: "https://api.example.com/orders/{{ stream_partition['order'] }}/lines" }
      record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [data] } }
      partition_router:
        type: SubstreamPartitionRouter
        parent_stream_configs:
          - { type: ParentStreamConfig, parent_key: id, partition_field: order, stream: { $ref: "#/definitions/orders" } }
`,
    ['lines'],
  );
  expect(errors).toEqual([]);
  const numbers = streams.get('lines')?.emitted.map(({ order }) => order) ?? [];
  expect(numbers.length).toBe(21);
  expect(numbers.every((each) => Number.isInteger(each))).toBe(true);
});
