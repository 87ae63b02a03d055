import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Transport, TransportOptions } from '../../../../engine/contract/scope.ts';
import { createTransport } from '../../../../engine/http/wire/transport.ts';
import type { TransportSettings } from '../../../../engine/http/wire/transport-settings.ts';
import { listenRaw, type RawServer } from '../../../kit/raw-server.ts';

/** Of all that a test asked: one that stays open keeps the process from ending. */
const opened: (RawServer | Transport)[] = [];

afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

async function ask(
  answer: Parameters<typeof listenRaw>[0],
  settings: TransportSettings = {},
  options: TransportOptions = {},
) {
  const server = await listenRaw(answer);
  const transport = createTransport({ env: {}, ...settings });
  opened.push(server, transport);
  return transport.send({ method: 'GET', url: new URL(`${server.origin}/items`), headers: {} }, options);
}

async function countChunks(chunks: AsyncIterable<Uint8Array>): Promise<number> {
  let size = 0;
  for await (const chunk of chunks) size += chunk.length;
  return size;
}

const withLength = (body: Uint8Array, headers = '', status = 200) =>
  Buffer.concat([
    Buffer.from(`HTTP/1.1 ${status} X\r\n${headers}Content-Length: ${body.length}\r\n\r\n`),
    body,
  ]);
const withoutLength = (body: string) => `HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n${body}`;

test.each([
  ['with a length', withLength(Buffer.alloc(2000))],
  ['without a length', withoutLength('x'.repeat(2000))],
])('a body %s has a limit, and the error says what to do', async (_what, answer) => {
  const response = await ask(() => answer, { bodyLimit: 1000 });
  await expect(response.bytes()).rejects.toMatchObject({
    name: 'ConnectorError',
    message: expect.stringMatching(/larger than .* smaller pages.*MANIFOLD_BODY_LIMIT_MB/),
  });
});

test('a body that is read as it comes has a limit of its own', async () => {
  const response = await ask(() => withoutLength('x'.repeat(2000)), { bodyLimit: 10, streamLimit: 3000 });
  expect(await countChunks(response.stream())).toBe(2000);
  const limited = await ask(() => withoutLength('x'.repeat(2000)), { bodyLimit: 10, streamLimit: 1000 });
  await expect(countChunks(limited.stream())).rejects.toThrow('larger than');
});

test('of an error only the beginning of its body is read', async () => {
  const response = await ask(() => withLength(Buffer.alloc(3 * 1024 * 1024, 'x'), '', 500));
  expect((await response.bytes()).length).toBe(1024 * 1024);
});

test('a compressed body has the limit of what it unfolds to', async () => {
  const packed = withLength(gzipSync(Buffer.alloc(5000)), 'Content-Encoding: gzip\r\n');
  await expect((await ask(() => packed, { bodyLimit: 1000 })).bytes()).rejects.toThrow('unfolds');
});

function dripInto(socket: Socket, head = 'HTTP/1.1 200 OK\r\n\r\n'): undefined {
  socket.write(head);
  const timer = setInterval(() => socket.write('x'), 5);
  socket.on('close', () => clearInterval(timer));
}

test('a body that drips for ever ends as a failed exchange', async () => {
  const drip = (_path: string, socket: Socket) => dripInto(socket);
  const whole = (await ask(drip, { patience: 40 })).bytes();
  await expect(whole).rejects.toMatchObject({ name: 'TransportError', code: 'ERR_BODY_TOO_SLOW' });
  const streamed = countChunks((await ask(drip, { patience: 40 })).stream());
  await expect(streamed).rejects.toMatchObject({ code: 'ERR_BODY_TOO_SLOW' });
});

test('who asks may be less patient than others', async () => {
  const response = await ask((_path, socket) => dripInto(socket), {}, { patience: 40 });
  await expect(response.bytes()).rejects.toMatchObject({ code: 'ERR_BODY_TOO_SLOW' });
});

test('bytes that are no body count for nothing', async () => {
  const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;';
  const response = await ask((_path, socket) => dripInto(socket, head), {}, { patience: 40, isWhole: true });
  await expect(response.bytes()).rejects.toMatchObject({ code: 'ERR_BODY_TOO_SLOW' });
});

test.each([true, false])('the body of a redirect is not waited for (gathered: %s)', async (isWhole) => {
  const answer = (path: string, socket: Socket) =>
    path === '/items'
      ? dripInto(socket, 'HTTP/1.1 302 Found\r\nLocation: /there\r\n\r\n')
      : withLength(Buffer.from('there'));
  const response = await ask(answer, { unwanted: 1 }, { isWhole });
  expect(await response.text()).toBe('there');
});

describe('a body that is gathered because somebody wants all of it', () => {
  const isWhole = true;

  test('is handed out whole, and as one chunk', async () => {
    const response = await ask(() => withLength(Buffer.from('[1, 2]')), {}, { isWhole });
    expect(await response.text()).toBe('[1, 2]');
    const again = await ask(() => withoutLength('x'.repeat(2000)), {}, { isWhole });
    expect(await countChunks(again.stream())).toBe(2000);
  });

  test('is unpacked, within its limit', async () => {
    const packed = withLength(gzipSync(Buffer.alloc(5000)), 'Content-Encoding: gzip\r\n');
    expect((await (await ask(() => packed, {}, { isWhole })).bytes()).length).toBe(5000);
    const limited = await ask(() => packed, { bodyLimit: 1000 }, { isWhole });
    await expect(limited.bytes()).rejects.toThrow('unfolds');
  });

  test('has a limit', async () => {
    const response = await ask(() => withoutLength('x'.repeat(2000)), { bodyLimit: 1000 }, { isWhole });
    await expect(response.bytes()).rejects.toMatchObject({
      name: 'ConnectorError',
      message: expect.stringContaining('larger than'),
    });
  });

  test.each([
    ['plain', withLength(Buffer.alloc(3 * 1024 * 1024, 'x'), '', 500)],
    ['packed', withLength(gzipSync(Buffer.alloc(3 * 1024 * 1024, 'x')), 'Content-Encoding: gzip\r\n', 500)],
  ])('is cut off where it is that of an error: %s', async (_how, answer) => {
    const response = await ask(() => answer, {}, { isWhole });
    expect((await response.bytes()).length).toBe(1024 * 1024);
  });

  test('fails when it breaks off, and when it drips', async () => {
    const cut = await ask(
      (_path, socket) => {
        socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc');
        return undefined;
      },
      {},
      { isWhole },
    );
    await expect(cut.bytes()).rejects.toMatchObject({ name: 'TransportError' });
    const dripping = await ask(
      (_path, socket) => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        const timer = setInterval(() => socket.write('x'), 5);
        socket.on('close', () => clearInterval(timer));
        return undefined;
      },
      { patience: 40 },
      { isWhole },
    );
    await expect(dripping.bytes()).rejects.toMatchObject({ code: 'ERR_BODY_TOO_SLOW' });
  });

  test('ends with the signal, before its answer and in the middle of it', async () => {
    const early = new AbortController();
    const waiting = ask(
      () => {
        early.abort(new Error('enough'));
        return undefined;
      },
      {},
      { isWhole, signal: early.signal },
    );
    await expect(waiting).rejects.toThrow('enough');
    const late = new AbortController();
    const response = await ask(
      (_path, socket) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc');
        return undefined;
      },
      {},
      { isWhole, signal: late.signal },
    );
    late.abort(new Error('enough'));
    await expect(response.bytes()).rejects.toThrow('enough');
    await expect(ask(() => 'x', {}, { isWhole, signal: late.signal })).rejects.toThrow('enough');
  });

  test('that nobody wants after all frees its connection', async () => {
    const response = await ask(() => withLength(Buffer.alloc(3 * 1024 * 1024)), {}, { isWhole });
    await response.discard();
    const broken = await ask(
      (_path, socket) => {
        socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc');
        return undefined;
      },
      {},
      { isWhole },
    );
    await broken.discard();
  });
});
