import { createCookies } from '../../../../engine/http/wire/cookies.ts';
import { createTransport } from '../../../../engine/http/wire/transport.ts';
import { listenRaw } from '../../../kit/raw-server.ts';

const at = (text: string) => new URL(text);

test('cookies come back to the host and the path that set them', async () => {
  const cookies = createCookies();
  expect(await cookies.header(at('https://api.test/'))).toBeUndefined();
  await cookies.store(at('https://api.test/'), ['sid=a b; Path=/; HttpOnly', 'part=1; Path=/v2', 'broken']);
  expect(await cookies.header(at('https://api.test/v2/x'))).toContain('part=1');
  expect(await cookies.header(at('https://api.test/v1'))).toBe('sid=a b; broken');
  expect(await cookies.header(at('https://other.test/'))).toBeUndefined();
});

test('nobody sets cookies for another host, and what has expired is gone', async () => {
  const cookies = createCookies();
  await cookies.store(at('https://api.test/'), ['a=1; Domain=other.test', 'b=2; Max-Age=0', 'c=3; Secure']);
  expect(await cookies.header(at('https://other.test/'))).toBeUndefined();
  expect(await cookies.header(at('https://api.test/'))).toBe('c=3');
  expect(await cookies.header(at('http://api.test/'))).toBeUndefined();
});

test('a redirect sets cookies for the request that follows; a header of the manifest wins', async () => {
  const server = await listenRaw((path) =>
    path === '/login'
      ? 'HTTP/1.1 302 Found\r\nLocation: /items\r\nSet-Cookie: sid=1\r\nSet-Cookie: node=7\r\nContent-Length: 0\r\n\r\n'
      : 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}',
  );
  const transport = createTransport({ env: {} });
  const cookies = createCookies();
  const send = (headers: Record<string, string>, path: string) =>
    transport.send({ method: 'GET', url: at(`${server.origin}${path}`), headers }, { cookies });
  await send({}, '/login');
  await send({ Cookie: 'mine=1' }, '/items');
  await transport.close();
  await server.close();
  const sent = server.seen.map((head) => /^cookie: (.*)\r$/im.exec(head)?.[1]);
  expect(sent).toEqual([undefined, 'sid=1; node=7', 'mine=1']);
});
