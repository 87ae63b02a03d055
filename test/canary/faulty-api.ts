import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { everyWriting, handedOut } from './writings.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const send =
  (status: number, body: string, headers: Readonly<Record<string, string>> = {}): Answer =>
  (_request, response) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);

/** Each kind of fault, in an answer that repeats the secrets in every writing. */
const answers: Readonly<Record<string, Answer>> = {
  forbidden: send(403, JSON.stringify({ message: everyWriting(), error: { message: everyWriting() } })),
  forbidden_text: send(403, everyWriting(), { 'content-type': 'text/plain' }),
  repeats_request: (request, response) =>
    send(401, `{"message": ${JSON.stringify(JSON.stringify([request.url, request.headers]))}}`)(
      request,
      response,
    ),
  unavailable: send(503, everyWriting()),
  html: send(200, `<html>${everyWriting()}</html>`, { 'content-type': 'text/html' }),
  cut: send(
    200,
    `{"data": [${JSON.stringify({ id: 1, text: everyWriting() })}, {"id": "${everyWriting().slice(0, 60)}`,
  ),
  redirect: send(302, '', { location: `http://127.0.0.1:9/?q=${encodeURIComponent(everyWriting())}` }),
  redirect_nowhere: send(302, '', { location: `ftp://x/${encodeURIComponent(everyWriting())}` }),
  header: send(403, '{}', {
    'x-reason': encodeURI(everyWriting()),
    'retry-after': encodeURI(everyWriting()).slice(0, 500),
  }),
  reset: (_request, response) => void response.socket?.resetAndDestroy(),
  endless: send(200, JSON.stringify({ data: [{ id: 1 }], next: everyWriting() })),
  bad_date: send(200, JSON.stringify({ data: [{ id: 1, at: everyWriting() }] })),
  ignored: send(404, JSON.stringify({ message: everyWriting() })),
  login: send(200, JSON.stringify({ session: { token: handedOut.session } })),
  live_token: send(
    200,
    JSON.stringify({ access_token: handedOut.access, refresh_token: handedOut.refresh, expires_in: 3600 }),
  ),
  token: send(400, JSON.stringify({ error: 'invalid_grant', error_description: everyWriting() })),
};

export const faultNames = Object.keys(answers).filter((name) => !/token|login/.test(name));

export interface FaultyApi {
  readonly url: string;
  close(): Promise<void>;
}

export async function startFaultyApi(): Promise<FaultyApi> {
  const server = createServer((request, response) => {
    request.resume();
    const name = /^\/(\w+)/.exec(request.url ?? '')?.[1] ?? '';
    (answers[name] ?? send(200, '{"data": []}'))(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const secret = { type: 'string', airbyte_secret: true };

/** A stream for each kind of fault, and for each place that secrets are sent from. */
export function manifestOf(url: string) {
  const requester = (path: string) => ({
    type: 'HttpRequester',
    url_base: url,
    path,
    authenticator: {
      type: 'ApiKeyAuthenticator',
      header: 'X-Odd',
      api_token: "{{ config['private_key'] | replace('\\n', ' ') }}",
    },
    request_parameters: { odd: "{{ config['api_key'] }}" },
    error_handler: {
      type: 'DefaultErrorHandler',
      max_retries: 0,
      response_filters: [
        {
          type: 'HttpResponseFilter',
          http_codes: [404],
          action: 'IGNORE',
          error_message: "{{ response['message'] }}",
        },
      ],
    },
  });
  const stream = (name: string, changes: object = {}) => ({
    type: 'DeclarativeStream',
    name,
    primary_key: ['id'],
    incremental_sync: {
      type: 'DatetimeBasedCursor',
      cursor_field: 'at',
      datetime_format: '%Y-%m-%d',
      start_datetime: '2024-01-01',
    },
    retriever: {
      type: 'SimpleRetriever',
      requester: { ...requester(`/${name}`), ...changes },
      record_selector: {
        type: 'RecordSelector',
        extractor: { type: 'DpathExtractor', field_path: ['data'] },
      },
      paginator: {
        type: 'DefaultPaginator',
        page_token_option: { type: 'RequestPath' },
        pagination_strategy: { type: 'CursorPagination', cursor_value: "{{ response.get('next') }}" },
      },
    },
    schema_loader: { type: 'InlineSchemaLoader', schema: { type: 'object', properties: {} } },
  });
  const basic = { type: 'BasicHttpAuthenticator', username: 'someone', password: "{{ config['password'] }}" };
  const oauth = {
    type: 'OAuthAuthenticator',
    token_refresh_endpoint: `${url}/token`,
    client_id: 'us',
    client_secret: "{{ config['api_key'] }}",
    refresh_token: "{{ config['password'] }}",
  };
  const session = {
    type: 'SessionTokenAuthenticator',
    login_requester: { ...requester('/forbidden'), authenticator: basic },
    session_token_path: ['token'],
    request_authentication: { type: 'Bearer' },
  };
  const liveOauth = { ...oauth, token_refresh_endpoint: `${url}/live_token` };
  const liveSession = {
    ...session,
    login_requester: { ...requester('/login'), authenticator: basic },
    session_token_path: ['session', 'token'],
  };
  const jwt = {
    type: 'JwtAuthenticator',
    secret_key: "{{ config['api_key'] }}",
    algorithm: 'HS256',
    header_prefix: 'Bearer',
    jwt_payload: { iss: handedOut.issuer },
  };
  const named = (name: string, path: string, changes: object) => {
    const made = stream(name, changes);
    return { ...made, retriever: { ...made.retriever, requester: { ...made.retriever.requester, path } } };
  };
  const streams = [
    ...faultNames.map((name) => stream(name)),
    named('basic', '/repeats_request', { authenticator: basic }),
    named('bearer', '/repeats_request', {
      authenticator: {
        type: 'BearerAuthenticator',
        api_token: "{{ config['private_key'] | replace('\\n', ' ') }}",
      },
    }),
    named('oauth', '/x', { authenticator: oauth }),
    named('session', '/x', { authenticator: session }),
    named('live_oauth', '/repeats_request', { authenticator: liveOauth }),
    named('live_session', '/repeats_request', { authenticator: liveSession }),
    named('jwt', '/repeats_request', { authenticator: jwt }),
    named('user_in_url', '/x', { url_base: "http://me:{{ config['password'] | urlencode }}@127.0.0.1:9" }),
    named('in_path', "/{{ config['api_key'] }}", { url_base: 'http://127.0.0.1:9' }),
    named('bad_template', '/x', { request_parameters: { q: "{{ config['api_key'] + 1 }}" } }),
    named('bad_number', '/x', { request_parameters: { q: "{{ timestamp(config['api_key']) }}" } }),
  ];
  return {
    version: '6.0.0',
    type: 'DeclarativeSource',
    check: { type: 'CheckStream', stream_names: streams.map(({ name }) => name) },
    streams,
    spec: {
      type: 'Spec',
      connection_specification: {
        type: 'object',
        properties: { api_key: secret, password: secret, private_key: secret },
      },
    },
  };
}
