/**
 * The API that is read: as little work per answer as possible, so that it is never what a bench measures. Prints its port,
 * ends with its parent's pipe. Every path begins with how many records there are and how long an answer takes:
 * `/of/100000/after/20/contacts/search`, and where it takes only so many requests in so many seconds,
 * `/of/100000/after/20/within/166/10/contacts/search`.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import {
  csvHeader,
  firstChange,
  makeContacts,
  makeConversation,
  makeCsv,
  makeRecords,
  partsPerConversation,
  searchSize,
} from './records.ts';

const pageSize = 500;
const childSize = 20;
const csvRows = 1000;
const scrollSize = 100;

interface Asked {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
  readonly count: number;
}

const children = Buffer.from(`{"data":${JSON.stringify(makeRecords(0, childSize))}}`);
const rows = Buffer.from(makeCsv(csvRows));
const jsonLines = Buffer.from(
  makeRecords(0, csvRows)
    .map((record) => `${JSON.stringify(record)}\n`)
    .join(''),
);

/** A page whose ids and times count on from the page before it: their digits are written over a page made once. */
function numberedPages(make: (from: number, count: number) => readonly object[], size: number) {
  const template = JSON.stringify(make(0, size));
  const pieces = template
    .split(/(?<=5ba682d23d7cf92b)(\d{8})|(?<="updated_at":)(\d{10})/)
    .map((piece) => piece ?? '');
  const firsts = pieces.map((piece) => (/^(?:\d{8}|\d{10})$/.test(piece) ? Number(piece) : undefined));
  return (from: number, count: number): string => {
    if (count < size) return JSON.stringify(make(from, count));
    let text = '';
    for (const [index, piece] of pieces.entries()) {
      const first = firsts[index];
      text += first === undefined ? piece : String(first + from).padStart(piece.length, '0');
    }
    return text;
  };
}

const small = numberedPages(makeRecords, pageSize);
const contacts = numberedPages(makeContacts, searchSize);
const companies = numberedPages(makeContacts, scrollSize);
const conversation = JSON.stringify(makeConversation('@'));

const server = createServer(async (request, response) => {
  const begun = performance.now();
  const url = new URL(request.url ?? '/', 'http://localhost');
  const [, count, wait, limit, seconds, path] =
    /^\/of\/(\d+)\/after\/(\d+)(?:\/within\/(\d+)\/(\d+))?(\/.*)$/.exec(url.pathname) ?? [];
  const asked: Asked = {
    path: path ?? url.pathname,
    query: url.searchParams,
    body: request.method === 'POST' ? await bodyOf(request) : '',
    count: Number(count ?? 0),
  };
  if (asked.path === '/windows') return sendJson(response, JSON.stringify(windows.splice(0)));
  if (asked.path === '/held') return sendJson(response, JSON.stringify(takeHeld()));
  if (limit !== undefined && !isWithin(Number(limit), Number(seconds), response)) return;
  if (Number(wait) > 0) await setTimeout(Number(wait));
  await answer(asked, response);
  held.requests++;
  held.milliseconds += performance.now() - begun;
});

/** How many requests were answered since this was last asked, and how long they were held in all: timers are late. */
let held = { requests: 0, milliseconds: 0 };

function takeHeld(): typeof held {
  const taken = held;
  held = { requests: 0, milliseconds: 0 };
  return taken;
}

/** How many requests came in each window, and how many of them were refused. */
const windows: { readonly end: number; taken: number; refused: number }[] = [];

/** Counts a request, and says so in the headers of its answer. False when it was refused. */
function isWithin(limit: number, seconds: number, response: ServerResponse): boolean {
  const now = Date.now();
  let window = windows.at(-1);
  if (window === undefined || now >= window.end) {
    window = { end: (Math.floor(now / 1000) + seconds) * 1000, taken: 0, refused: 0 };
    windows.push(window);
  }
  const isTaken = window.taken < limit;
  if (isTaken) window.taken++;
  else window.refused++;
  response.setHeader('X-RateLimit-Limit', limit);
  response.setHeader('X-RateLimit-Remaining', limit - window.taken);
  response.setHeader('X-RateLimit-Reset', window.end / 1000);
  if (!isTaken) response.writeHead(429).end('{}');
  return isTaken;
}

function answer(asked: Asked, response: ServerResponse) {
  const { path, query, body, count } = asked;
  const from = Number(query.get('cursor') ?? 0);
  switch (path) {
    case '/contacts': {
      const next = from + pageSize < count ? `"${from + pageSize}"` : 'null';
      return sendJson(response, `{"data":${small(from, Math.min(pageSize, count - from))},"next":${next}}`);
    }
    case '/contacts/search': {
      const at = Number(/"starting_after":\s*"?(\d+)/.exec(body)?.[1] ?? 0);
      const size = Math.min(searchSize, count - at);
      const next = at + size < count ? `{"starting_after":"${at + size}"}` : 'null';
      return sendJson(
        response,
        `{"type":"list","data":${contacts(at, size)},"total_count":${count},"pages":{"type":"pages","next":${next}}}`,
      );
    }
    case '/companies/scroll': {
      const at = Number(query.get('scroll_param') ?? 0);
      const size = Math.max(0, Math.min(scrollSize, count - at));
      return sendJson(
        response,
        `{"type":"list","data":${companies(at, size)},"scroll_param":"${at + size}"}`,
      );
    }
    case '/conversations/search': {
      const at = Number(/"starting_after":\s*"?(\d+)/.exec(body)?.[1] ?? 0);
      const all = Math.ceil(count / partsPerConversation);
      const size = Math.min(searchSize, all - at);
      const list = Array.from({ length: size }, (_, each) => ({
        id: `${at + each}`,
        updated_at: firstChange,
      }));
      const next = at + size < all ? `{"starting_after":"${at + size}"}` : 'null';
      return sendJson(response, `{"conversations":${JSON.stringify(list)},"pages":{"next":${next}}}`);
    }
    case '/parents': {
      const parents = Array.from({ length: Math.ceil(count / childSize) }, (_, id) => ({ id: id + 1 }));
      return sendJson(response, JSON.stringify({ data: parents }));
    }
    case '/contacts.csv':
      return sendPieces(response, 'text/csv', csvHeader, rows, Math.ceil(count / csvRows));
    case '/contacts.jsonl':
      return sendPieces(response, 'application/jsonl', '', jsonLines, Math.ceil(count / csvRows));
    case '/tags':
      return sendJson(response, '{"type":"list","data":[{"type":"tag","id":"1","name":"one"}]}');
    default: {
      const id = /^\/conversations\/(\d+)$/.exec(path)?.[1];
      return sendJson(response, id === undefined ? children : conversation.replaceAll('"@', `"${id}`));
    }
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += chunk;
  return body;
}

function sendJson(response: ServerResponse, body: string | Buffer): void {
  const bytes = Buffer.from(body);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length });
  response.end(bytes);
}

async function sendPieces(
  response: ServerResponse,
  type: string,
  head: string,
  piece: Buffer,
  pieces: number,
): Promise<void> {
  response.writeHead(200, { 'content-type': type });
  if (head !== '') response.write(head);
  for (let sent = 0; sent < pieces; sent++) {
    if (!response.write(piece)) await new Promise((resolve) => response.once('drain', resolve));
  }
  response.end();
}

server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
process.stdin.resume().on('end', () => process.exit());
