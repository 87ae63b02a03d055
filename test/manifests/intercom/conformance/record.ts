import { requestLine, seenRequest } from '../../../../engine/conformance/test-file/exchange.ts';
import type { OutgoingRequest } from '../../../../engine/contract/families.ts';
import type { HttpResponse } from '../../../../engine/contract/http-response.ts';
import type { Transport } from '../../../../engine/contract/scope.ts';
import type { ErrorKind } from '../../../../engine/error/connector-error.ts';
import { createResponse, responseHeaders } from '../../../../engine/http/wire/response.ts';
import { createTransport } from '../../../../engine/http/wire/transport.ts';
import { virtualClock } from '../../../../engine/time/virtual-clock.ts';
import type { JsonObject } from '../../../../engine/util/json/json.ts';
import { startIntercomApi } from '../../../intercom-api/server.ts';
import type { Workspace } from '../../../intercom-api/workspace.ts';
import { connectIntercom } from '../sync-intercom.ts';

export const now = Date.UTC(2024, 0, 15, 12);

/** As few as still have something of everything. */
const sizes = {
  ...{ admins: 2, teams: 1, tags: 2, segments: 2, contacts: 3, companies: 3, conversations: 3, tickets: 3 },
  ...{ partsPerConversation: 2, ticketTypes: 1, activityLogs: 2, articles: 2, collections: 1, newsItems: 2 },
  ...{ calls: 1, macros: 2, deletedConversations: 2, customObjects: 2, customAttributes: 2 },
};

export interface Exchange {
  readonly on: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly reply: JsonObject;
}

/** An answer in the place of the workspace's; undefined lets that through. */
export type Fault = (request: OutgoingRequest, index: number) => HttpResponse | undefined;
/** The answer of the workspace with something changed. */
export type Edit = (json: JsonObject, request: OutgoingRequest, index: number) => JsonObject;

export interface RecordOptions {
  /** Milliseconds since the epoch: when it is read, if not as all others. */
  readonly at?: number;
  readonly state?: JsonObject | undefined;
  readonly fault?: Fault;
  readonly edit?: Edit;
  readonly prepare?: (workspace: Workspace) => void;
}

export interface Recording {
  readonly exchanges: readonly Exchange[];
  readonly records: readonly JsonObject[];
  readonly state: JsonObject | undefined;
  readonly waits: readonly number[];
  readonly logs: readonly string[];
  readonly failed: { readonly message: string; readonly kind: ErrorKind } | undefined;
}

/** What a stream asks, gets and emits in a workspace of its own: a scroll that was left open would keep the next one waiting. */
export async function record(
  stream: string,
  config: JsonObject,
  { state, fault = () => undefined, edit, prepare, at = now }: RecordOptions = {},
): Promise<Recording> {
  const api = await startIntercomApi({
    now: () => at,
    sleep: async () => {},
    scrollPageSize: 10,
    exportSeconds: 0,
    sizes,
  });
  prepare?.(api.workspace);
  const wire = createTransport();
  const exchanges: Exchange[] = [];
  const clock = virtualClock(at);
  const transport: Transport = {
    async send(request, options) {
      const seen = seenRequest(request);
      const index = exchanges.length;
      const asked = { on: requestLine(seen), url: seen.url, headers: seen.headers, body: seen.body };
      exchanges.push({ ...asked, reply: {} });
      const answer = fault(request, index) ?? (await wire.send(inSmallPages(request, api.url), options));
      const bytes = await answer.bytes();
      const type = answer.headers.get('content-type') ?? '';
      const isText = /json|text/.test(type) || bytes.length === 0;
      const served = new TextDecoder().decode(bytes).replaceAll(api.url, 'https://api.intercom.io');
      const isEdited = edit !== undefined && type.includes('json') && answer.status === 200;
      const text = isEdited ? JSON.stringify(edit(JSON.parse(served), request, index)) : served;
      // The others are left out of the test, so that what is recorded is what it will see.
      const kept = [...answer.headers.entries()].filter(
        ([name]) => /^x-ratelimit-reset$/i.test(name) && answer.status === 429,
      );
      const headers =
        type.includes('json') || type === '' ? kept : [['Content-Type', type] as const, ...kept];
      exchanges[index] = {
        ...asked,
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
  const logs: string[] = [];
  const log = (_: string, message: string) => void logs.push(message);
  const connector = await connectIntercom(config, { clock, transport, random: () => 0.5, log });
  const records: JsonObject[] = [];
  let last: JsonObject | undefined;
  let failed: Recording['failed'];
  for await (const event of connector.read({
    streams: [{ name: stream }],
    states: state && new Map([[stream, state]]),
  })) {
    if (event.kind === 'records') records.push(...event.records);
    if (event.kind === 'state') last = event.state;
    if (event.kind === 'error') failed ??= { message: event.error.message, kind: event.error.kind };
  }
  await connector.close();
  await api.close();
  return { exchanges, records, state: last, waits: clock.waits.filter((ms) => ms > 0), logs, failed };
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
