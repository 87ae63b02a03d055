import { DefaultErrorHandler } from '../../../../engine/components/error-handlers/default-error-handler.ts';
import { QueryProperties } from '../../../../engine/components/query-properties/query-properties.ts';
import { RequestBodyGraphQL } from '../../../../engine/components/request-bodies/request-body-graphql.ts';
import { RequestBodyJsonObject } from '../../../../engine/components/request-bodies/request-body-json-object.ts';
import { RequestBodyPlainText } from '../../../../engine/components/request-bodies/request-body-plain-text.ts';
import { RequestBodyUrlEncodedForm } from '../../../../engine/components/request-bodies/request-body-url-encoded-form.ts';
import { HttpRequester } from '../../../../engine/components/requesters/http-requester.ts';
import type { SendOptions } from '../../../../engine/contract/families.ts';
import { emptyParts } from '../../../../engine/contract/request-parts.ts';
import { emptySlice } from '../../../../engine/contract/slice.ts';
import { createCache } from '../../../../engine/http/cache/cache.ts';
import { defineHook } from '../../../../engine/language/hook.ts';
import type { JsonObject } from '../../../../engine/util/json/json.ts';
import { makeComponent, type TestScopeOptions, testScope } from '../../../kit/scope.ts';

const components = [
  DefaultErrorHandler,
  QueryProperties,
  RequestBodyGraphQL,
  RequestBodyJsonObject,
  RequestBodyPlainText,
  RequestBodyUrlEncodedForm,
];

function make(fields: JsonObject, options: TestScopeOptions = {}) {
  const scope = testScope({
    components,
    answers: () => ({ body: {} }),
    config: { workspace: 'acme' },
    ...options,
  });
  const requester = makeComponent(
    HttpRequester,
    { type: 'HttpRequester', url: 'https://api.test/v1', ...fields },
    scope,
  );
  return { requester, scope };
}

/** The one request a requester sends, as `METHOD url`, headers and body. */
async function sent(fields: JsonObject, options: SendOptions = {}) {
  const { requester, scope } = make(fields);
  await requester.send(options);
  const [request] = scope.requests;
  return { line: `${request?.method} ${request?.url}`, headers: request?.headers, body: request?.body };
}

const slice = { ...emptySlice, partition: { id: 7 }, cursor: { start_time: '2024-01-01' } };

describe('HttpRequester', () => {
  it.each([
    [{ url: 'https://api.test/v1/' }, 'GET https://api.test/v1/'],
    [{ url: 'https://api.test/v1', path: 'items' }, 'GET https://api.test/v1/items'],
    [{ url: '', url_base: 'https://api.test/v1', path: '/items' }, 'GET https://api.test/v1/items'],
    [{ url: '', url_base: 'https://api.test/v1/', path: 'items/' }, 'GET https://api.test/v1/items/'],
    [
      { url: "https://{{ config['workspace'] }}.test", path: '{{ stream_slice.id }}' },
      'GET https://acme.test/7',
    ],
    [{ http_method: 'POST' }, 'POST https://api.test/v1'],
  ])('sends %j to %s', async (fields, line) => {
    expect((await sent(fields, { slice })).line).toBe(line);
  });

  it('lets the path of a page replace its own', async () => {
    const fields = { url: '', url_base: 'https://api.test/v1', path: 'items' };
    expect((await sent(fields, { path: 'next?page=2' })).line).toBe('GET https://api.test/v1/next?page=2');
    expect((await sent(fields, { path: 'https://other.test/x' })).line).toBe('GET https://other.test/x');
  });

  it('evaluates parameters with slice and token and leaves out what is missing', async () => {
    const request_parameters = {
      since: "{{ stream_slice['start_time'] }}",
      page: '{{ next_page_token.next_page_token }}',
      none: '{{ stream_slice.nothing }}',
      list: "{{ ['a', 'b'] }}",
    };
    const { line } = await sent({ request_parameters }, { slice, token: { next_page_token: 3 } });
    expect(line).toBe('GET https://api.test/v1?since=2024-01-01&page=3&list=a&list=b');
  });

  it('takes one template for all parameters', async () => {
    const { line } = await sent({ request_parameters: "{{ {'a': 1, 'b': 'x'} }}" });
    expect(line).toBe('GET https://api.test/v1?a=1&b=x');
  });

  it('adds what paginator and cursor want, and refuses a clash', async () => {
    const parts = { ...emptyParts(), params: { page: 2 }, headers: { 'X-Page': 2 } };
    const { line, headers } = await sent(
      { request_parameters: { size: '5' }, request_headers: { Version: '2.11' } },
      { parts },
    );
    expect([line, headers]).toEqual([
      'GET https://api.test/v1?size=5&page=2',
      { Version: '2.11', 'X-Page': '2' },
    ]);
    await expect(sent({ request_parameters: { page: '1' } }, { parts })).rejects.toThrow(
      '"page" is set twice',
    );
  });

  it.each([
    [
      { type: 'RequestBodyJsonObject', value: { a: { b: '{{ stream_slice.id }}' } } },
      '{"a":{"b":7}}',
      'application/json',
    ],
    [
      { type: 'RequestBodyGraphQL', value: { query: 'query { x }', variables: { n: 1 } } },
      '{"query":"query { x }","variables":{"n":1}}',
      'application/json',
    ],
    [
      { type: 'RequestBodyUrlEncodedForm', value: { a: '{{ stream_slice.id }} 1' } },
      'a=7+1',
      'application/x-www-form-urlencoded',
    ],
    [{ type: 'RequestBodyPlainText', value: 'id {{ stream_slice.id }}' }, 'id 7', undefined],
  ])('sends the body %j', async (request_body, body, contentType) => {
    const request = await sent({ http_method: 'POST', request_body }, { slice });
    expect([request.body, request.headers?.['Content-Type']]).toEqual([body, contentType]);
  });

  it('sends the deprecated bodies', async () => {
    expect((await sent({ http_method: 'POST', request_body_json: { a: '1' } })).body).toBe('{"a":"1"}');
    expect((await sent({ http_method: 'POST', request_body_data: { a: '1' } })).body).toBe('a=1');
    await expect(
      sent({ http_method: 'POST', request_body_json: { a: '1' }, request_body_data: { b: '1' } }),
    ).rejects.toThrow('at the same time');
  });

  it('names the properties of a chunk in the parameter that asks for them', async () => {
    const fields = {
      request_parameters: { limit: '5', fields: { type: 'QueryProperties', property_list: ['a', 'b'] } },
    };
    const chunks: (readonly string[])[] = [];
    for await (const chunk of make(fields).requester.queryProperties?.chunks(undefined) ?? [])
      chunks.push(chunk);
    expect(chunks).toEqual([['a', 'b']]);
    expect((await sent(fields, { properties: ['a', 'b'] })).line).toBe(
      'GET https://api.test/v1?limit=5&fields=a%2Cb',
    );
  });

  it('shows the properties of a chunk to templates', async () => {
    const fields = {
      query_properties: { type: 'QueryProperties', property_list: ['a'] },
      request_parameters: { f: "{{ stream_partition.extra_fields['query_properties'] | join(';') }}" },
    };
    expect((await sent(fields, { properties: ['a', 'b'] })).line).toBe('GET https://api.test/v1?f=a%3Bb');
  });

  it.each([
    [{ use_cache: true }, false, 1],
    [{}, true, 1],
    [{ use_cache: false }, true, 2],
    [{}, false, 2],
  ])('with %j and a parent stream (%p) asks the API %i times', async (fields, isParent, times) => {
    const { requester, scope } = make(fields, {
      stream: { isParent: () => isParent },
      sync: { cache: createCache() },
    });
    for (let time = 0; time < 2; time++) await requester.send({});
    expect(scope.requests).toHaveLength(times);
  });

  it('hands its base URL to the authenticator and lets it sign', async () => {
    const authenticator = defineHook('Authenticator', {
      name: 'TestAuthenticator',
      fields: () => ({}),
      make: (_fields, { stream }) => ({
        authenticate(request) {
          request.headers['X-Signed'] = `${request.baseUrl?.()} ${stream?.isParent()}`;
        },
        addTo(parts) {
          parts.params.key = 'k';
        },
      }),
    });
    const { requester, scope } = make(
      { authenticator: { type: 'TestAuthenticator' } },
      { components: [...components, authenticator], stream: { isParent: () => true } },
    );
    await requester.send({});
    expect(scope.requests[0]?.headers).toEqual({ 'X-Signed': 'https://api.test/v1 false' });
    expect(scope.requests[0]?.url.search).toBe('?key=k');
  });
});

describe('timeouts of a requester', () => {
  async function timeoutsOf(fields: JsonObject) {
    const seen: unknown[] = [];
    const { http } = testScope({ answers: () => ({ body: {} }) }).sync;
    const { requester } = make(fields, {
      sync: {
        http: {
          ...http,
          send(request, options) {
            seen.push(options?.timeouts);
            return http.send(request, options);
          },
        },
      },
    });
    await requester.send({ slice: emptySlice });
    return seen;
  }

  it('are handed to the transport, in milliseconds', async () => {
    const fields = { connect_timeout_in_seconds: 1.5, read_timeout_in_seconds: 300, use_tcp_keepalive: true };
    expect(await timeoutsOf(fields)).toEqual([{ connect: 1500, read: 300_000 }]);
  });

  it("are the transport's own where there are none", async () => {
    expect(await timeoutsOf({})).toEqual([undefined]);
    expect(await timeoutsOf({ read_timeout_in_seconds: 5 })).toEqual([{ connect: undefined, read: 5000 }]);
  });

  it('are longer than nothing', () => {
    expect(() => make({ read_timeout_in_seconds: 0 })).toThrow(
      '"read_timeout_in_seconds" of HttpRequester is wrong',
    );
  });
});
