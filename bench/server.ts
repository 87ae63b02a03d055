/**
 * The API that is read: pages rendered once, so that it is never what a bench measures. Prints its port, ends with its
 * parent's pipe.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { csvHeader, makeCsv, makeRecords } from './records.ts';

const pageSize = 500;
const childSize = 20;
const csvRows = 1000;

const page = JSON.stringify(makeRecords(pageSize));
const children = Buffer.from(`{"data":${JSON.stringify(makeRecords(childSize))}}`);
const rows = Buffer.from(makeCsv(csvRows));

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const count = Number(url.searchParams.get('records') ?? 0);
  switch (url.pathname) {
    case '/contacts': {
      const at = Number(url.searchParams.get('cursor') ?? 0);
      const next = at + pageSize < count ? `"${at + pageSize}"` : 'null';
      return sendJson(response, `{"data":${page},"next":${next}}`);
    }
    case '/parents': {
      const parents = Array.from({ length: Math.ceil(count / childSize) }, (_, id) => ({ id: id + 1 }));
      return sendJson(response, JSON.stringify({ data: parents }));
    }
    case '/contacts.csv':
      return void sendCsv(response, Math.ceil(count / csvRows));
    case '/tags':
      return sendJson(response, '{"type":"list","data":[{"type":"tag","id":"1","name":"one"}]}');
    default:
      return sendJson(response, children);
  }
});

function sendJson(response: ServerResponse, body: string | Buffer): void {
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

async function sendCsv(response: ServerResponse, pieces: number): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/csv' });
  response.write(csvHeader);
  for (let piece = 0; piece < pieces; piece++) {
    if (!response.write(rows)) await new Promise((resolve) => response.once('drain', resolve));
  }
  response.end();
}

server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
process.stdin.resume().on('end', () => process.exit());
