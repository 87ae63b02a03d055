import type { Transport } from '../../../../engine/contract/scope.ts';
import { createTransport } from '../../../../engine/http/wire/transport.ts';
import { listenRaw, type RawServer } from '../../../kit/raw-server.ts';

const json = '{"data":[{"id":1}]}';
const length = json.length;
const plain = (headers: string) =>
  `HTTP/1.1 200 OK\r\n${headers}Connection: close\r\nContent-Length: ${length}\r\n\r\n${json}`;
const chunked = (headers: string, line = '\r\n') =>
  `HTTP/1.1 200 OK\r\n${headers}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n${length.toString(16)}${line}${json}${line}0${line}${line}`;

let server: RawServer | undefined;
let transport: Transport | undefined;

async function ask(answer: string | Uint8Array, method = 'GET') {
  server = await listenRaw(() => answer);
  transport = createTransport({ env: {} });
  return transport.send({ method, url: new URL(`${server.origin}/items`), headers: {} });
}

afterEach(async () => {
  await transport?.close();
  await server?.close();
});

test.each([
  ['headers of 100 kB', plain(`X-Big: ${'x'.repeat(100_000)}\r\n`)],
  ['a length beside "chunked"', chunked(`Content-Length: ${length}\r\n`)],
  ['a wrong length beside "chunked"', chunked('Content-Length: 3\r\n')],
  ['a length beside "identity"', plain('Transfer-Encoding: identity\r\n')],
  ['the same length twice', plain(`Content-Length: ${length}\r\n`)],
  ['the same length twice in one line', plain('').replace(/(Length: )(\d+)/, '$1$2, $2')],
  ['a folded header', plain('X-F: a\r\n b\r\n')],
  ['a space before a colon', plain('X-Weird : 1\r\n')],
  ['a control character in a header', plain('X-C: a\x01b\r\n')],
  ['a line that is no header', plain('garbage\r\n')],
  ['a header whose name has a space', plain('X Weird: 1\r\n')],
  ['lines without CR', plain('').replaceAll('\r\n', '\n')],
  ['chunks in lines without CR', chunked('', '\n')],
  ['an interim answer that nobody asked for', `HTTP/1.1 100 Continue\r\n\r\n${plain('')}`],
  ['another version', plain('').replace('1.1', '1.2')],
])('%s is forgiven', async (_what, answer) => {
  const response = await ask(answer);
  expect(response.status).toBe(200);
  const body = await response.text().catch(async () => {
    // What breaks in the middle of a body is read when the request is repeated.
    const url = new URL(`${server?.origin}/items`);
    return (await (transport as Transport).send({ method: 'GET', url, headers: {} })).text();
  });
  expect(body).toBe(json);
});

test('a host that needs this once is asked in this way from then on', async () => {
  await (await ask(plain('X-Weird : 1\r\n'))).text();
  const url = new URL(`${server?.origin}/items`);
  await (await (transport as Transport).send({ method: 'GET', url, headers: {} })).text();
  expect(server?.seen).toHaveLength(3);
});

test.each([
  ['lengths that contradict each other', plain('Content-Length: 3\r\n'), /several lengths \(3, 19\)/],
  ['no status line', 'hello\r\n\r\n', /it begins with "hello"/],
  [
    'interim answers for ever',
    'HTTP/1.1 100 Continue\r\n\r\n'.repeat(30),
    /announced again and again and never comes/,
  ],
  ['headers that do not end', `HTTP/1.1 200 OK\r\nX-Weird : ${'x'.repeat(1_100_000)}`, /not HTTP|headers/],
])('%s: the mistake is named', async (_what, answer, message) => {
  const failed = ask(answer).then((response) => response.text());
  await expect(failed).rejects.toMatchObject({
    name: 'TransportError',
    message: expect.stringMatching(message),
  });
});

test.each(['102 Processing', '103 Early Hints'])('%s for ever is no answer', async (line) => {
  const interim = `HTTP/1.1 ${line}\r\n\r\n`.repeat(30);
  server = await listenRaw((_path, socket) => void socket.write(interim));
  transport = createTransport({ env: {} });
  const sent = transport.send({ method: 'GET', url: new URL(server.origin), headers: {} });
  await expect(sent).rejects.toMatchObject({
    name: 'TransportError',
    message: expect.stringContaining('announced again and again'),
  });
});

test('a body in chunks that breaks off is no body', async () => {
  const cut = chunked(`Content-Length: ${length}\r\n`).slice(0, -15);
  await expect(ask(cut).then((response) => response.text())).rejects.toMatchObject({
    name: 'TransportError',
  });
});
