import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Transport } from '../../engine/contract/scope.ts';
import { createTransport } from '../../engine/http/wire/transport.ts';
import { selfSigned } from '../kit/certificate.ts';
import { listenRaw } from '../kit/raw-server.ts';
import { type Read, readStream } from '../kit/read-manifest.ts';
import { fakeClock } from '../kit/scope.ts';

/** What the API answers to its nth request, from 1: bytes, or nothing when the connection was used otherwise. */
export type Answering = (nth: number, socket: Socket, path: string) => string | Uint8Array | undefined;

/** A fault: how the API answers, and what a sync makes of it. */
export interface Fault {
  readonly what: string;
  /** In a sentence, for the table. */
  readonly outcome: string;
  readonly answers: Answering;
  /** How it ends: the stream, what it emitted, and how often it asked. */
  readonly ends: 'COMPLETE' | 'INCOMPLETE';
  readonly records: number;
  readonly asked: number | 'as often as it takes';
  /** Seconds that it waited, all in all. */
  readonly waits?: number;
  /** Part of the error. */
  readonly says?: string;
  /** The host whose certificate the server shows; it speaks TLS then. */
  readonly certificateOf?: string;
  /** The certificate is one that the program was told to trust. */
  readonly isTrusted?: boolean;
  readonly hasExpired?: boolean;
  /** What no request after the first may hold. */
  readonly keepsToItself?: string;
  /** The first answer, or each, never comes to its end, so the test does not wait for it as long as a sync would. */
  readonly hangs?: 'first' | 'always';
  /** Another address than the server's. */
  readonly at?: (origin: string) => string;
}

const json = 'application/json';

export function http(status: string, body: string | Uint8Array, headers: readonly string[] = []): Uint8Array {
  const bytes = Buffer.from(body);
  const named = new Set(headers.map((header) => header.split(':')[0]?.toLowerCase()));
  const usual = [
    ...(named.has('content-type') ? [] : [`Content-Type: ${json}`]),
    ...(named.has('content-length') ? [] : [`Content-Length: ${bytes.length}`]),
    'Connection: close',
  ];
  return Buffer.concat([
    Buffer.from([`HTTP/1.1 ${status}`, ...headers, ...usual, '', ''].join('\r\n')),
    bytes,
  ]);
}

export const good = (id = 1, next?: string): Uint8Array =>
  http('200 OK', JSON.stringify({ data: [{ id, u: '2024-01-10' }], next: next ?? null }));

/** The fault at the first request, and a good answer afterwards. */
export const once =
  (fault: Answering): Answering =>
  (nth, socket, path) =>
    nth === 1 ? fault(nth, socket, path) : good();

const stream = (url: string) => `
name: items
retriever:
  type: SimpleRetriever
  requester:
    type: HttpRequester
    url: ${url}
    authenticator: { type: ApiKeyAuthenticator, header: X-Team-Pass, api_token: pass-of-the-team }
  record_selector: { extractor: { field_path: [data] } }
  paginator:
    type: DefaultPaginator
    page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: page }
    pagination_strategy: { type: CursorPagination, cursor_value: "{{ response.next }}", stop_condition: "{{ not response.next }}" }
schema_loader: { type: InlineSchemaLoader, schema: {} }
incremental_sync:
  type: DatetimeBasedCursor
  cursor_field: u
  datetime_format: '%Y-%m-%d'
  start_datetime: '2024-01-01'
  end_datetime: '2024-01-31'
`;

/** Reads one stream from a server that answers so, over a real connection. */
export async function show({
  answers,
  at,
  certificateOf,
  isTrusted,
  hasExpired,
  hangs,
}: Fault): Promise<Read & { readonly heads: readonly string[]; readonly waited: number }> {
  let nth = 0;
  const certificate = certificateOf === undefined ? undefined : selfSigned(certificateOf, { hasExpired });
  const folder = mkdtempSync(join(tmpdir(), 'manifold-fault-'));
  const trusted = join(folder, 'trusted.pem');
  if (certificate !== undefined) writeFileSync(trusted, certificate.cert);
  const server = await listenRaw((path, socket) => {
    nth += 1;
    return answers(nth, socket, path);
  }, certificate);
  const transport = (patience: number) =>
    createTransport({
      env: isTrusted === true ? { REQUESTS_CA_BUNDLE: trusted } : {},
      ...{ connectTimeout: patience, headersTimeout: patience, bodyTimeout: patience, patience },
      bodyLimit: 200_000,
    });
  // A good answer may be late on a busy machine, so only the one that never comes is given up early.
  const [patient, impatient] = [transport(300_000), transport(300)];
  let isFirst = true;
  const wire: Transport = {
    send(request, options) {
      const chosen = hangs === 'always' || (hangs === 'first' && isFirst) ? impatient : patient;
      isFirst = false;
      return chosen.send(request, options);
    },
    async close() {
      await Promise.all([patient.close(), impatient.close()]);
    },
  };
  try {
    const clock = fakeClock();
    const begun = clock.now();
    const url = at?.(server.origin) ?? `${server.origin}/items`;
    const read = await readStream(stream(url), [], {
      clock,
      surroundings: { transport: wire },
    });
    return { ...read, heads: server.seen, waited: (clock.now() - begun) / 1000 };
  } finally {
    await wire.close();
    await server.close();
    rmSync(folder, { recursive: true });
  }
}
