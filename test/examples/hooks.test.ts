import { createHmac } from 'node:crypto';
import type { Hook } from 'manifold-connectors';
import { DeviceToken } from '../../examples/hooks/device-token.ts';
import { QuietRetriever } from '../../examples/hooks/quiet-retriever.ts';
import { SearchedOnce } from '../../examples/hooks/searched-once.ts';
import { SignedRequester } from '../../examples/hooks/signed-requester.ts';
import { UntilHeader } from '../../examples/hooks/until-header.ts';
import { findingsIn, type Given, manifestOf, readStream } from '../kit/read-manifest.ts';
import { fakeClock } from '../kit/scope.ts';

const selector = 'record_selector: { extractor: { field_path: [] } }';
const stream = (retriever: string) => `name: items\nretriever:\n${retriever.replace(/^/gm, '  ')}`;

/** Reads with one hook; the manifest must have nothing to complain about. */
async function readWith(
  hook: Hook,
  yaml: string,
  answers: Parameters<typeof readStream>[1],
  given: Given = {},
) {
  expect(findingsIn(manifestOf(yaml), [hook])).toEqual([]);
  return readStream(yaml, answers, { hooks: [hook], ...given });
}

test('UntilHeader waits until the second that a header names', async () => {
  const clock = fakeClock();
  const yaml = stream(`requester:
  url: https://api.test/items
  error_handler: { backoff_strategies: [{ type: CustomBackoffStrategy, class_name: my.UntilHeader, header: X-Reset }] }
${selector}`);
  const reset = { 'X-Reset': String(clock.now() / 1000 + 42) };
  const answers = [{ status: 503, headers: reset }, { status: 503 }, { body: [{ id: 1 }] }];
  expect((await readWith(UntilHeader, yaml, answers, { clock })).records).toEqual([{ id: 1 }]);
  // The engine adds a second to what a strategy says.
  expect(clock.sleeps[0]).toBe(43_000);
});

test('SignedRequester signs what it sends, and never shows its key', async () => {
  const clock = fakeClock();
  const yaml =
    stream(`requester: { type: CustomRequester, class_name: my.SignedRequester, url: "https://api.test/items", secret: "{{ config['key'] }}" }
${selector}`);
  const { requests, errors } = await readWith(SignedRequester, yaml, [{ status: 400, body: 'top-secret' }], {
    clock,
    config: { key: 'top-secret' },
  });
  const time = String(clock.now() / 1000);
  expect(requests[0]?.headers).toMatchObject({
    'X-Time': time,
    'X-Signature': createHmac('sha256', 'top-secret').update(`${time}/items`).digest('hex'),
  });
  expect(errors).toHaveLength(1);
});

test('SearchedOnce asks the same only once, with POST too', async () => {
  const yaml = stream(`requester:
  type: CustomRequester
  class_name: my.SearchedOnce
  url: https://api.test/search
  http_method: POST
  use_cache: true
  request_body: { type: RequestBodyJsonObject, value: { query: "{{ stream_slice.query }}" } }
partition_router: { type: ListPartitionRouter, cursor_field: query, values: ["1", "2"] }
${selector}`);
  const once = await readWith(SearchedOnce, yaml, () => ({ body: [{ id: 1 }] }));
  expect(once.requests.map(({ body }) => body)).toEqual(['{"query":1}', '{"query":2}']);
  const same = yaml.replace('{{ stream_slice.query }}', 'all');
  const twice = await readWith(SearchedOnce, same, () => ({ body: [{ id: 1 }] }));
  expect(twice.requests).toHaveLength(1);
  expect(twice.records).toHaveLength(2);
});

test('QuietRetriever leaves out pages without records', async () => {
  const yaml = `name: items
retriever:
  type: CustomRetriever
  class_name: my.QuietRetriever
  retriever:
    type: SimpleRetriever
    requester: { type: HttpRequester, url: "https://api.test/items" }
    record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }`;
  expect((await readWith(QuietRetriever, yaml, [{ body: [{ id: 1 }] }])).events).toContain('records 1');
  const empty = await readWith(QuietRetriever, yaml, [{ body: [] }]);
  expect(empty.events).not.toContain('records 0');
  expect(empty.events).toContain('COMPLETE');
});

test('DeviceToken registers once and keeps its token in the config', async () => {
  const configs: unknown[] = [];
  const yaml = stream(`requester:
  url: https://api.test/items
  authenticator: { type: CustomAuthenticator, class_name: my.DeviceToken, register_url: "https://api.test/register" }
partition_router: { type: ListPartitionRouter, cursor_field: n, values: ["1", "2", "3"] }
${selector}`);
  const given = {
    config: { account: 'a' },
    surroundings: { onConfigChange: (config: unknown) => void configs.push(config) },
  };
  const { requests, asked } = await readWith(
    DeviceToken,
    yaml,
    ({ url }) => ({ body: url.pathname === '/register' ? { token: 't1' } : [{ id: 1 }] }),
    given,
  );
  expect(asked.filter((one) => one.includes('/register'))).toHaveLength(1);
  expect(requests.at(-1)?.headers.Authorization).toBe('Device t1');
  expect(configs).toEqual([{ account: 'a', device_token: 't1' }]);
  expect(given.config).toEqual({ account: 'a' });
});
