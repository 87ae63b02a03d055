import { loadManifest } from '../../../engine/connector/load-manifest.ts';
import { curlOf } from '../../../engine/preview/curl.ts';
import { preview } from '../../../engine/preview/preview.ts';
import { previewText } from '../../../engine/preview/preview-text.ts';
import { rateOf } from '../../../engine/preview/rate.ts';
import { schemaDifference } from '../../../engine/preview/schema-difference.ts';
import { parseWanted, whyNot, whyRecord } from '../../../engine/preview/why.ts';
import type { JsonObject } from '../../../engine/util/json/json.ts';
import { type Answers, fakeClock, fakeTransport } from '../../kit/scope.ts';

const yaml = `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [items] }
streams:
  - type: DeclarativeStream
    name: items
    primary_key: id
    schema_loader:
      type: InlineSchemaLoader
      schema:
        type: object
        properties:
          id: { type: integer }
          at: { type: [string, "null"] }
          gone: { type: [string, "null"] }
    incremental_sync:
      type: DatetimeBasedCursor
      cursor_field: at
      datetime_format: "%Y-%m-%d"
      start_datetime: "{{ config['start'] }}"
      end_datetime: "2024-01-31"
      step: P10D
      cursor_granularity: P1D
      start_time_option: { type: RequestOption, inject_into: request_parameter, field_name: since }
    retriever:
      type: SimpleRetriever
      requester:
        type: HttpRequester
        url: https://api.test/items
        authenticator: { type: BearerAuthenticator, api_token: "{{ config['token'] }}" }
      record_selector:
        type: RecordSelector
        extractor: { type: DpathExtractor, field_path: [data] }
        record_filter:
          type: RecordFilter
          condition: "{{ record.kind != 'draft' }}"
      paginator:
        type: DefaultPaginator
        page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: after }
        pagination_strategy:
          type: CursorPagination
          cursor_value: "{{ response.pages.next }}"
          stop_condition: "{{ not response.pages.next }}"
spec:
  type: Spec
  connection_specification:
    type: object
    properties: { token: { type: string, airbyte_secret: true }, start: { type: string } }
`;

const config = { token: 'canary-secret', start: '2024-01-01' };
const page = (data: readonly JsonObject[], next?: string) => ({
  body: { data, pages: next ? { next } : {} },
});

async function look(answers: Answers, given: { limits?: object; config?: JsonObject; yaml?: string } = {}) {
  const manifest = loadManifest({ name: 'x.yaml', text: given.yaml ?? yaml });
  const clock = fakeClock(Date.UTC(2024, 0, 31));
  const transport = fakeTransport(answers);
  const shown = await preview(manifest, given.config ?? config, {
    stream: 'items',
    limits: { pagesPerSlice: 3, slices: 1, records: 100, ...given.limits },
    surroundings: { clock, transport, random: () => 0.5 },
  });
  const text = previewText(shown, {
    rate: rateOf(manifest, [], clock.now()),
    schema: shown.schema && schemaDifference(shown.schema, shown.records),
    now: clock.now,
    next: ['--curl 1'],
  });
  return { shown, text, manifest, transport, clock };
}

test('pages, drops, the stop with its line and what it saw, state, schema, and what is kept back', async () => {
  const { text } = await look([
    page(
      [
        { id: 1, at: '2024-01-02', utm: 'x' },
        { id: 2, at: '2024-01-03', kind: 'draft' },
      ],
      'p2',
    ),
    page([{ id: 3, at: '2024-01-04' }]),
  ]);
  expect(text).toBe(`items  slice 1 of 3  2024-01-01 … 2024-01-10
  page 1  GET /items?since=2024-01-01  200  0 ms
    2 extracted · 1 dropped by record_filter (l.36) · 1 emitted
  page 2  GET /items?after=p2&since=2024-01-01  200  0 ms
    1 extracted · 1 emitted
    stopped: stop_condition is true (l.43): response.pages.next is absent
  state   at 2024-01-04
schema    +1 not declared: utm  (--accept-schema writes it)
schema    unknown, since null or absent in all that was read: gone
kept from you: 2 slices, about 4 requests
next      --curl 1
`);
});

test('retries stay on, and their waits are shown', async () => {
  const { text, clock } = await look([{ status: 500 }, { status: 429 }, page([{ id: 1, at: '2024-01-02' }])]);
  expect(text).toContain(`  page 1  GET /items?since=2024-01-01  500  0 ms
          waits 1 second, by the default backoff
          GET /items?since=2024-01-01  429  0 ms
          waits 1 second, by the rule for rate limits
          GET /items?since=2024-01-01  200  0 ms
`);
  expect(clock.sleeps).toEqual([1000, 1000]);
});

test('which filter matched stands below the answer that it matched', async () => {
  const filters =
    '        error_handler: { type: DefaultErrorHandler, response_filters: [{ type: HttpResponseFilter, http_codes: [404], action: IGNORE }] }';
  const { text } = await look([{ status: 404 }], {
    yaml: yaml.replace('        authenticator:', `${filters}\n        authenticator:`),
  });
  expect(text).toContain(`  page 1  GET /items?since=2024-01-01  404  0 ms
          → IGNORE (l.30)
`);
});

test('windows without records are passed over', async () => {
  const { text, transport } = await look([page([]), page([]), page([{ id: 1, at: '2024-01-22' }])]);
  expect(text).toContain('items  slices 1 to 2 of 3  2024-01-01 … 2024-01-20\n  2 requests found nothing\n');
  expect(text).toContain('items  slice 3 of 3  2024-01-21 … 2024-01-31\n');
  expect(transport.requests).toHaveLength(3);
});

test('records that do not fit their schema are errors', async () => {
  const { text } = await look([
    page([
      { id: 'a', at: '2024-01-02' },
      { id: 'b', at: '2024-01-02' },
    ]),
  ]);
  expect(text).toContain('schema    error: id must be an integer (2 of 2 records)');
});

test('what fails is shown with the page that failed', async () => {
  const { text, shown } = await look([
    page([{ id: 1, at: '2024-01-02' }], 'p2'),
    { status: 403, body: { message: 'no' } },
  ]);
  expect(text).toContain('page 2  GET /items?after=p2&since=2024-01-01  403');
  expect(text).toMatch(/^error {5}/m);
  expect(text).toContain('"no"');
  expect(shown.errors).toHaveLength(1);
});

test('the secret of the config is nowhere, though the API repeats it', async () => {
  const base64 = Buffer.from('canary-secret').toString('base64');
  const { text, shown } = await look([
    {
      status: 400,
      body: { message: `bad token canary-secret (${base64})` },
      headers: { echo: 'canary-secret' },
    },
  ]);
  const request = shown.slices[0]?.pages[0]?.events.find((event) => event.kind === 'request');
  const curl = request?.kind === 'request' ? curlOf(request.exchange.request, shown.redactor) : '';
  expect(curl).toContain('-H "authorization: Bearer $TOKEN"'.replace('authorization', 'Authorization'));
  for (const output of [text, curl, JSON.stringify(shown.read)]) {
    expect(output).not.toContain('canary-secret');
    expect(output).not.toContain(base64.slice(2, -3));
  }
});

describe('why', () => {
  const answers = [
    page(
      [
        { id: 1, at: '2024-01-02' },
        { id: 2, at: '2024-01-03', kind: 'draft' },
      ],
      'p2',
    ),
    page([{ id: 3, at: '2024-01-04' }]),
  ];
  test.each([
    [
      'id=2',
      [
        "on page 1 of slice 1 (2024-01-01 … 2024-01-10), dropped by record_filter (l.36): `record.kind != 'draft'` was false, since record.kind is 'draft'",
      ],
    ],
    ['id=1', ['on page 1 of slice 1 (2024-01-01 … 2024-01-10), emitted']],
    ['at=2024-01-04', ['on page 2 of slice 1 (2024-01-01 … 2024-01-10), emitted']],
  ])('%s', async (asked, said) => {
    const { shown, manifest, clock } = await look(answers);
    const wanted = parseWanted(asked);
    expect(wanted && whyRecord(wanted, shown, { manifest, config, now: clock.now })).toEqual(said);
  });
  test('of a record that never came', async () => {
    const { shown } = await look(answers);
    expect(whyNot({ path: ['id'], value: '9' }, shown)).toBe(
      'The API gave no record with id 9 in 2 pages of 1 slice of "items". There is more to read: --pages and --slices look further.',
    );
  });
});

test('a stream that is not there is an error, not an empty preview', async () => {
  const manifest = loadManifest({ name: 'x.yaml', text: yaml });
  const limits = { pagesPerSlice: 1, slices: 1, records: 1 };
  await expect(preview(manifest, config, { stream: 'none', limits })).rejects.toThrow(
    'There is no stream "none"',
  );
});
