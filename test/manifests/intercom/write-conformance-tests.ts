/**
 * Writes manifests/intercom.test.yaml anew, out of a small simulated workspace: what each stream asks and gets, what it
 * emits, where its state then is. Only what changed with a reason should change there, so read the diff.
 *
 *   npm run --silent build && node dist/test/manifests/intercom/write-conformance-tests.js
 */
import { writeFile } from 'node:fs/promises';
import { requestLine, seenRequest } from '../../../engine/conformance/test-file/exchange.ts';
import { virtualClock } from '../../../engine/conformance/virtual-clock.ts';
import type { OutgoingRequest } from '../../../engine/contract/families.ts';
import type { HttpResponse } from '../../../engine/contract/http-response.ts';
import type { Transport } from '../../../engine/contract/scope.ts';
import { createResponse, responseHeaders } from '../../../engine/http/wire/response.ts';
import { createTransport } from '../../../engine/http/wire/transport.ts';
import type { JsonObject } from '../../../engine/util/json/json.ts';
import { defaultAccessToken } from '../../intercom-api/intercom-handlers.ts';
import { startIntercomApi } from '../../intercom-api/server.ts';
import { connectIntercom } from './sync-intercom.ts';

const now = Date.UTC(2024, 0, 15, 12);
const start = '2023-12-01T00:00:00Z';

/** As few as still have something of everything. */
const sizes = {
  ...{ admins: 2, teams: 1, tags: 2, segments: 2, contacts: 3, companies: 3, conversations: 3, tickets: 3 },
  ...{ partsPerConversation: 2, ticketTypes: 1, activityLogs: 2, articles: 2, collections: 1, newsItems: 2 },
  ...{ calls: 1, macros: 2, deletedConversations: 2, customObjects: 2, customAttributes: 2 },
};

interface Exchange {
  readonly on: string;
  readonly with?: JsonObject;
  readonly reply: JsonObject;
}

type Fault = (request: OutgoingRequest, index: number) => HttpResponse | undefined;

interface Recording {
  readonly exchanges: readonly Exchange[];
  readonly records: readonly JsonObject[];
  readonly state: JsonObject | undefined;
  readonly waits: readonly number[];
  readonly failed: string | undefined;
}

/** A workspace of its own for each: a scroll that was left open would keep the next one waiting. */
const workspace = () =>
  startIntercomApi({ now: () => now, sleep: async () => {}, scrollPageSize: 10, exportSeconds: 0, sizes });

async function record(
  stream: string,
  config: JsonObject,
  state?: JsonObject,
  fault: Fault = () => undefined,
): Promise<Recording> {
  const api = await workspace();
  const wire = createTransport();
  const exchanges: Exchange[] = [];
  const clock = virtualClock(now);
  const transport: Transport = {
    async send(request, options) {
      const seen = seenRequest(request);
      const index = exchanges.length;
      exchanges.push({ on: '', reply: {} });
      const answer = fault(request, index) ?? (await wire.send(inSmallPages(request, api.url), options));
      const bytes = await answer.bytes();
      const type = answer.headers.get('content-type') ?? '';
      const isText = /json|text/.test(type) || bytes.length === 0;
      const text = new TextDecoder().decode(bytes).replaceAll(api.url, 'https://api.intercom.io');
      // The others are left out of the test, so that what is recorded is what it will see.
      const kept = [...answer.headers.entries()].filter(
        ([name]) => /^x-ratelimit-reset$/i.test(name) && answer.status === 429,
      );
      const headers =
        type.includes('json') || type === '' ? kept : [['Content-Type', type] as const, ...kept];
      exchanges[index] = {
        on: requestLine(seen),
        ...(seen.body !== undefined && { with: { body: seen.body } }),
        reply: {
          ...(answer.status !== 200 && { status: answer.status }),
          ...(headers.length > 0 && { headers: Object.fromEntries(headers) }),
          ...bodyOf(type, bytes, text),
        },
      };
      const all = [...headers, ...(type.includes('json') ? [['Content-Type', type] as const] : [])];
      const body = isText ? new TextEncoder().encode(text) : bytes;
      return createResponse({ url: answer.url, status: answer.status, headers: responseHeaders(all), body });
    },
    close: () => wire.close(),
  };
  const connector = await connectIntercom(config, { clock, transport, random: () => 0.5, log: () => {} });
  const records: JsonObject[] = [];
  let last: JsonObject | undefined;
  let failed: string | undefined;
  for await (const event of connector.read({
    streams: [{ name: stream }],
    states: state && new Map([[stream, state]]),
  })) {
    if (event.kind === 'records') records.push(...event.records);
    if (event.kind === 'state') last = event.state;
    if (event.kind === 'error') failed ??= event.error.message;
  }
  await connector.close();
  await api.close();
  return { exchanges, records, state: last, waits: clock.waits.filter((ms) => ms > 0), failed };
}

/** The same to the simulated workspace, which is asked for pages of one record: small, and really several of them. */
function inSmallPages({ url, body, ...request }: OutgoingRequest, origin: string): OutgoingRequest {
  const target = new URL(`${origin}${url.pathname}${url.search}`);
  if (target.searchParams.has('per_page') || /^\/(?:news|articles)/.test(target.pathname))
    target.searchParams.set('per_page', '1');
  const small = typeof body === 'string' ? body.replace(/"per_page":\s*\d+/, '"per_page":1') : body;
  return { ...request, url: target, ...(small !== undefined && { body: small }) };
}

function bodyOf(type: string, bytes: Uint8Array, text: string): JsonObject {
  if (bytes.length === 0) return {};
  if (type.includes('json')) return { json: JSON.parse(text) };
  return type.startsWith('text') ? { text } : { base64: Buffer.from(bytes).toString('base64') };
}

const answered = (status: number, body: JsonObject, headers: Readonly<Record<string, string>> = {}) =>
  createResponse({
    url: 'https://api.intercom.io/',
    status,
    headers: responseHeaders([['Content-Type', 'application/json'], ...Object.entries(headers)]),
    body: new TextEncoder().encode(JSON.stringify(body)),
  });

const error = (code: string, message: string) => ({ type: 'error.list', errors: [{ code, message }] });

const rateLimited: Fault = (_, index) =>
  index === 0
    ? answered(429, error('rate_limit_exceeded', 'Exceeded rate limit'), {
        'X-RateLimit-Reset': String(now / 1000 + 10),
      })
    : undefined;

const forbidden: Fault = () => answered(403, error('api_plan_restricted', 'Active subscription needed'));

function gone(path: RegExp): Fault {
  let isGone = false;
  return (request) => {
    if (isGone || !path.test(request.url.pathname)) return undefined;
    isGone = true;
    return answered(404, error('not_found', 'Not found'));
  };
}

const written: string[] = [];

/** Without the table of what is known to be deleted, which is nothing to read. */
function withoutTable(state: JsonObject): JsonObject {
  const { deletions: _, ...rest } = state;
  return rest;
}

function write(
  name: string,
  stream: string,
  recording: Recording,
  { state, config }: { state?: JsonObject | undefined; config?: JsonObject | undefined } = {},
  key: readonly string[] = [],
): void {
  const json = (value: unknown) => JSON.stringify(value);
  const lines = [`  - name: ${name}`, `    stream: ${stream}`];
  if (config !== undefined) lines.push(`    config: ${json(config)}`);
  if (state !== undefined) lines.push(`    state: ${json(withoutTable(state))}`);
  if (recording.exchanges.length > 0) lines.push('    http:');
  for (const { on, with: wanted, reply } of recording.exchanges) {
    lines.push(`      - on: ${json(on)}`);
    if (wanted !== undefined) lines.push(`        with: ${json(wanted)}`);
    const [only, ...more] = Object.entries(reply);
    lines.push(
      only?.[0] === 'json' && more.length === 0
        ? `        json: ${json(only[1])}`
        : `        reply: ${json(reply)}`,
    );
  }
  lines.push('    expect:');
  if (recording.failed !== undefined)
    lines.push(`      error: ${json(recording.failed.split('\n')[0]?.slice(0, 80))}`);
  else {
    lines.push(`      count: ${recording.records.length}`);
    const brief = recording.records.map((each) =>
      Object.fromEntries(key.map((field) => [field, each[field]])),
    );
    if (brief.length > 0 && key.length > 0) lines.push(`      records: ${json(brief)}`);
    if (recording.state !== undefined && Object.keys(recording.state).length > 0)
      lines.push(`      state: ${json(withoutTable(recording.state))}`);
    if (recording.waits.length > 0)
      lines.push(`      waits: ${json(recording.waits.map((ms) => ms / 1000))}`);
  }
  written.push(lines.join('\n'));
}

const config = { access_token: defaultAccessToken, start_date: start };
const connector = await connectIntercom(config);
const streams = await connector.streams();
await connector.close();
for (const { name, primaryKey, cursorField } of streams) {
  const key = [...(primaryKey ?? []).flat(), ...(cursorField === undefined ? [] : [cursorField])];
  const full = await record(name, config);
  write('everything since the start date', name, full, {}, key);
  if (cursorField !== undefined && full.state !== undefined)
    write(
      'goes on from its state, and waits out a 429',
      name,
      await record(name, config, withoutTable(full.state), rateLimited),
      { state: full.state },
      key,
    );
  else write('waits out a 429', name, await record(name, config, undefined, rateLimited), {}, key);
  write('is not in the plan of the workspace', name, await record(name, config, undefined, forbidden));
  const child = full.exchanges
    .map(({ on }) => on.split(' ')[1]?.split('?')[0] ?? '')
    .find((path) => /\/[\w-]*\d[\w-]*\/\w+$/.test(path));
  if (child !== undefined)
    write(
      'a parent is gone',
      name,
      await record(name, config, undefined, gone(new RegExp(`^${child}$`))),
      {},
      key,
    );
}

const refused: Fault = (_, index) =>
  index === 0 ? answered(401, error('unauthorized', 'Access Token Invalid')) : undefined;
const unpermitted: Fault = () => answered(403, error('forbidden', 'Not allowed'));
const broken: Fault = (_, index) =>
  index === 0 ? answered(500, error('server_error', 'Something went wrong')) : undefined;
for (const stream of ['tags', 'conversations', 'contacts', 'conversation_parts', 'calls']) {
  write('the token is refused', stream, await record(stream, config, undefined, refused));
  write('the token lacks a permission', stream, await record(stream, config, undefined, unpermitted));
  write('the API is broken for a moment', stream, await record(stream, config, undefined, broken));
}
for (const [name, more] of Object.entries({
  'in the first version of the API': { api_version: '2.11' },
  'with what was deleted': { include_deletions: true },
  'in Europe': { region: 'eu' },
  'with the login by OAuth': {
    access_token: null,
    credentials: {
      auth_type: 'oauth',
      client_id: 'id',
      client_secret: 'client-secret',
      access_token: defaultAccessToken,
    },
  },
  'with credentials': {
    access_token: null,
    credentials: { auth_type: 'access_token', access_token: defaultAccessToken },
  },
}))
  for (const stream of ['contacts', 'conversations', 'admins', 'tickets', 'companies']) {
    const given = Object.fromEntries(
      Object.entries({ ...config, ...more }).filter(([, value]) => value !== null),
    );
    write(name, stream, await record(stream, given), { config: more });
  }

const head = `# yaml-language-server: $schema=../schemas/test-file.schema.json
# What the Intercom connector asks and emits, stream by stream, against a small workspace that was made up.
# Written by test/manifests/intercom/write-conformance-tests.ts.
now: ${new Date(now).toISOString()}
config: { access_token: ${defaultAccessToken}, start_date: "${start}" }
skip:
  spec-oauth-first: Most people paste a token; the login by OAuth is for platforms that have an app of their own.
tests:
`;
await writeFile('manifests/intercom.test.yaml', `${head}${written.join('\n')}\n`);
