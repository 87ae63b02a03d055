import { findingsIn, readManifest, readStream } from '../../../kit/read-manifest.ts';
import { fakeClock } from '../../../kit/scope.ts';

const stream = (requester = '', retriever = '') => `
name: items
retriever:
  type: SimpleRetriever
  requester:
    type: HttpRequester
    url: https://api.test/items
${requester}
  record_selector: { extractor: { field_path: [data] } }
${retriever}
incremental_sync:
  type: DatetimeBasedCursor
  cursor_field: u
  datetime_format: '%Y-%m-%d'
  start_datetime: '2024-01-01'
  end_datetime: '2024-01-31'
schema_loader: { type: InlineSchemaLoader, schema: {} }
`;
const page = (id: number, more: object = {}) => ({ body: { data: [{ id, u: '2024-01-10' }], ...more } });

test('a body that cannot be read is asked for again', async () => {
  const { records, errors, asked } = await readStream(stream(), [
    { body: '<html>down</html>', headers: { 'Content-Type': 'text/html' } },
    { body: '{"data": [' },
    page(1),
  ]);
  expect(errors).toEqual([]);
  expect(records).toMatchObject([{ id: 1 }]);
  expect(asked).toHaveLength(3);
});

test('a body that can never be read fails the stream with what came, and the state stays', async () => {
  const { errors, states, statuses, asked } = await readStream(stream(), () => ({
    body: '<html>down</html>',
    headers: { 'Content-Type': 'text/html' },
  }));
  expect(asked).toHaveLength(6);
  expect(errors[0]?.message).toContain('text/html) cannot be read as JSON: it is "<html>down</html>"');
  expect(errors[0]?.kind).toBe('transient_error');
  expect(statuses.at(-1)).toBe('INCOMPLETE');
  expect(states.every((state) => state.u === '2024-01-01')).toBe(true);
});

test('a manifest whose API answers so can ignore it', async () => {
  const handler = `
    error_handler:
      response_filters:
        - { predicate: "{{ 'html' in headers.get('Content-Type', headers.get('content-type', '')) }}", action: IGNORE }`;
  const { errors, statuses } = await readStream(stream(handler), () => ({
    body: '<html>nothing today</html>',
    headers: { 'Content-Type': 'text/html' },
  }));
  expect(errors).toEqual([]);
  expect(statuses.at(-1)).toBe('COMPLETE');
});

test.each([
  ['JsonlDecoder', '{"id": 1}\n{"id": '],
  ['CsvDecoder', '<html><body>down</body></html>'],
  ['CsvDecoder', 'id,name\n1,"never closed'],
  ['XmlDecoder', '<data><id>1</id>'],
  ['JsonItemsDecoder, items_path: data', '{"data": [{"id": 1}, {"id":'],
])('the request is repeated for %s too', async (decoder, body) => {
  const bad = stream('', `  decoder: { type: ${decoder} }`);
  const { errors, asked } = await readStream(bad, () => ({ body }));
  expect(errors[0]?.name).toBe('ConnectorError');
  expect(errors[0]?.message).toContain('cannot be read as');
  expect(asked).toHaveLength(6);
});

test('an unreadable answer is not kept for others', async () => {
  const { records, asked } = await readStream(stream('    use_cache: true'), [{ body: 'oops' }, page(1)]);
  expect(records).toHaveLength(1);
  expect(asked).toHaveLength(2);
});

test('a wait for a rate limit is told to the platform, with the moment of the reset', async () => {
  const handler = `
    error_handler:
      backoff_strategies: [{ type: WaitTimeFromHeader, header: Retry-After }]`;
  const clock = fakeClock();
  const reset = clock.now() + 31_000;
  const { statuses, events, errors } = await readStream(
    stream(handler),
    [{ status: 429, headers: { 'Retry-After': 'Mon, 01 Jan 2024 00:00:30 GMT' } }, page(1)],
    { clock },
  );
  expect(errors).toEqual([]);
  expect(statuses).toEqual(['STARTED', 'RUNNING', 'RUNNING', 'COMPLETE']);
  expect(events.slice(0, 2)).toEqual(['STARTED', 'RUNNING']);
  expect(clock.sleeps).toEqual([31_000]);
  expect(clock.now()).toBe(reset);
});

test.each([
  ['WaitTimeFromHeader', '86400'],
  ['WaitUntilTimeFromHeader', '2024-01-02T00:00:00Z'],
  ['WaitUntilTimeFromHeader', '1767225600000000000000'],
])('%s of %s fails at once instead of waiting in silence', async (type, value) => {
  const handler = `
    error_handler:
      backoff_strategies: [{ type: ${type}, header: Reset }]`;
  const clock = fakeClock();
  const answer = { status: 429, headers: { Reset: value } };
  const { errors } = await readStream(stream(handler), () => answer, { clock });
  expect(errors[0]?.message).toMatch(/The API asks to wait [\d.e+]+ (?:hours|days)/);
  expect(errors[0]?.kind).toBe('transient_error');
  expect(clock.sleeps).toEqual([]);
});

test("a manifest's own message is the message; what the API said is for those who look into it", async () => {
  const handler = `
    error_handler:
      max_retries: 0
      response_filters:
        - { http_codes: [418], action: FAIL, error_message: 'Turn on the pot.' }
        - { http_codes: [503], action: RETRY, error_message: 'The pot is cold.' }`;
  for (const [status, message] of [
    [418, 'Turn on the pot.'],
    [503, 'The pot is cold.'],
  ] as const) {
    const { errors } = await readStream(stream(handler), () => ({ status, body: { error: 'teapot' } }));
    expect(errors[0]?.message).toBe(message);
    expect(errors[0]?.internalMessage).toMatch(new RegExp(`GET https://api.test/items.*${status}.*teapot`));
  }
});

const paged = (token: string) =>
  stream(
    `    authenticator: { type: ApiKeyAuthenticator, header: X-Team-Pass, api_token: secret }`,
    `  paginator:
    type: DefaultPaginator
    page_token_option: { type: RequestPath }
    pagination_strategy: { type: CursorPagination, cursor_value: "{{ response.next }}", stop_condition: "{{ not response.next }}" }
${token}`,
  );

test.each([
  ['https://api.test/items?page=2', 'secret'],
  ['https://evil.test/items?page=2', undefined],
  ['https://api.test:8443/items?page=2', undefined],
  ['http://api.test/items?page=2', undefined],
])('a next page at %s gets the key: %s', async (next, key) => {
  const { requests, logs, records } = await readStream(paged(''), [page(1, { next }), page(2)]);
  expect(records).toHaveLength(2);
  expect(requests[0]?.headers['X-Team-Pass']).toBe('secret');
  expect(requests[1]?.headers['X-Team-Pass']).toBe(key);
  expect(logs.some((line) => line.includes('another origin'))).toBe(key === undefined);
});

test('answers for another header of the request are answers of their own', async () => {
  const cached = (name: string, version: string) =>
    stream(
      `    use_cache: true\n    request_headers: { X-Version: '${version}', Authorization: 'Bearer ${name}' }`,
    )
      .replace('name: items', `name: ${name}`)
      .split('\n')
      .map((line) => `    ${line}`)
      .join('\n');
  const manifest = [
    'version: 6.0.0',
    'type: DeclarativeSource',
    'check: { type: CheckStream, stream_names: [a] }',
    'streams:',
    ...['a', 'b', 'c'].map((name) => `  -\n${cached(name, name === 'c' ? '2' : '1')}`),
  ].join('\n');
  expect(findingsIn(manifest).filter((finding) => finding.startsWith('error'))).toEqual([]);
  const { asked } = await readManifest(manifest, () => page(1));
  expect(asked).toHaveLength(3);
});

const secretSpec = `spec:
  connection_specification:
    type: object
    properties: { key: { type: string, airbyte_secret: true } }
`;

test.each([
  ['request_headers: { X-Odd: "v {{ config.key }}" }'],
  ['request_parameters: { k: "{{ config.key }}", limit: "5" }'],
])('what the manifest itself writes of a secret stays with its origin: %s', async (own) => {
  const yaml = stream(
    `    ${own}`,
    `  paginator:
    type: DefaultPaginator
    page_token_option: { type: RequestPath }
    pagination_strategy: { type: CursorPagination, cursor_value: "{{ response.next }}", stop_condition: "{{ not response.next }}" }
`,
  );
  const pages = [page(1, { next: 'https://evil.test/items?page=2&again=geheim' }), page(2)];
  const { requests, logs } = await readStream(yaml, pages, { config: { key: 'geheim' }, root: secretSpec });
  const [first, second] = requests.map(({ url, headers }) => JSON.stringify([url, headers]));
  expect(first).toContain('geheim');
  expect(second).not.toContain('geheim');
  expect(logs.some((line) => line.includes('another origin'))).toBe(true);
});
