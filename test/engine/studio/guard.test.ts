import { request } from 'node:http';
import { manifestOf, openStudio, type Studio } from './harness.ts';

let studio: Studio;
beforeAll(async () => {
  studio = await openStudio(manifestOf('http://127.0.0.1:9'));
});
afterAll(() => studio.close());

/** As any program may ask, with headers that a browser would not let a page write. */
function status(path: string, headers: Readonly<Record<string, string>>, method = 'GET') {
  return new Promise<number | undefined>((resolve, reject) => {
    const asked = request({ port: studio.port, host: '127.0.0.1', path, method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.on('upgrade', (_, socket) => {
      socket.destroy();
      resolve(101);
    });
    asked.on('error', reject);
    asked.end();
  });
}

const socket = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
};
const own = () => ({ host: `127.0.0.1:${studio.port}`, cookie: studio.cookie, origin: studio.origin });

test('its own page is let in, by both names of this machine', async () => {
  expect(await status('/api/file', own())).toBe(200);
  expect(await status('/lsp', { ...own(), ...socket })).toBe(101);
  const local = { host: `localhost:${studio.port}`, origin: `http://localhost:${studio.port}` };
  expect(await status('/api/file', { ...own(), ...local })).toBe(200);
});

test.each([
  ['a name that other DNS leads here', { host: 'evil.example' }],
  ['that name with the port', () => ({ host: `evil.example:${studio.port}` })],
  ['a name that begins like ours', () => ({ host: `127.0.0.1.evil.example:${studio.port}` })],
  ['another port', { host: '127.0.0.1:1' }],
  ['no port', { host: '127.0.0.1' }],
  ['another page', { origin: 'http://evil.example' }],
  ['a page of another port here', { origin: 'http://127.0.0.1:1' }],
  ['a page without an origin', { origin: 'null' }],
  ['a page that begins like ours', () => ({ origin: `${studio.origin}.evil.example` })],
  ['a link from another site', { 'sec-fetch-site': 'cross-site' }],
  ['no cookie', { cookie: '' }],
  ['a cookie that somebody made up', () => ({ cookie: `manifold_studio_${studio.port}=guess` })],
])('%s is refused, over HTTP and WebSocket', async (_, given) => {
  const headers = { ...own(), ...(typeof given === 'function' ? given() : given) } as Record<string, string>;
  expect(await status('/api/file', headers)).toBe(403);
  expect(await status('/api/read', headers, 'POST')).toBe(403);
  expect(await status('/lsp', { ...headers, ...socket })).toBe(403);
});

test('who changes something or opens a socket says from where', async () => {
  const { origin: _, ...unnamed } = own();
  expect(await status('/api/file', unnamed)).toBe(200);
  for (const method of ['POST', 'PUT', 'DELETE'])
    expect(await status('/api/file', unnamed, method)).toBe(403);
  expect(await status('/lsp', { ...unnamed, ...socket })).toBe(403);
});

test('the token works once, and is told apart from every other', async () => {
  const { pathname, search } = new URL(studio.url);
  const stranger = { host: `127.0.0.1:${studio.port}` };
  expect(await status(pathname + search, stranger)).toBe(403);
  expect(await status('/open?token=', stranger)).toBe(403);
  expect(await status('/open', stranger)).toBe(403);
  const other = await openStudio(manifestOf('http://127.0.0.1:9'));
  // What it has used up, and what opens another one.
  expect(await status(`/open${new URL(other.url).search}`, stranger)).toBe(403);
  // Whoever is known may press the link again.
  expect(await status(pathname + search, own())).toBe(302);
  await other.close();
});

test('the cookie cannot be read by a page, nor sent from another one', async () => {
  const another = await openStudio(manifestOf('http://127.0.0.1:9'));
  expect(another.cookie).toMatch(new RegExp(`^manifold_studio_${another.port}=[\\w-]{40,}$`));
  expect(another.cookie).not.toContain(new URL(another.url).searchParams.get('token'));
  await another.close();
  const answer = await studio.ask('/');
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'");
  expect(answer.headers.get('cache-control')).toBe('no-store');
});

test.each([
  '/assets/../shop.yaml',
  '/assets/..%2fshop.yaml',
  '/assets/%2e%2e/shop.yaml',
  '/assets/main.js%00.map',
  '/assets//etc/passwd',
  '/assets/shop.yaml',
])('no path leads out of the page: %s', async (path) => {
  expect([404, 400]).toContain(await status(path, own()));
});
