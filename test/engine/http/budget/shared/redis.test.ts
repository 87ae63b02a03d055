import { type AddressInfo, createServer, type Server } from 'node:net';
import { openRedis } from '../../../../../engine/http/budget/shared/redis.ts';

/** So long a busy machine may keep an answer back without the server counting as gone. */
const patience = 120_000;

/** A server that gives each command the same answer, but is ready for them. */
async function answering(reply: string): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      for (const command of String(chunk).split(/(?=^\*\d+\r\n)/m))
        socket.write(/info/i.test(command) ? '$15\r\nredis_version:7\r\n' : `${reply}\r\n`);
    });
  });
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
  return server;
}

const portOf = (server: Server) => (server.address() as AddressInfo).port;

test.each([
  ['NOAUTH Authentication required.', 'Give its password in the address: redis://:PASSWORD@HOST:PORT.'],
  [
    'WRONGPASS invalid username-password pair',
    'Check user and password in its address: redis://USER:PASSWORD@HOST:PORT.',
  ],
  [
    'NOPERM this user has no permissions',
    'Let its user run scripts (EVAL) on keys that begin with "manifold:".',
  ],
  [
    "READONLY You can't write against a read only replica.",
    'It is a replica: give the address of its primary.',
  ],
  [
    'OOM command not allowed when used memory > maxmemory.',
    'Its memory is full, of which it needs a few kilobytes.',
  ],
  ['MOVED 3999 10.0.0.1:6381', 'It is a node of a cluster: give a server that stands alone.'],
  ['CLUSTERDOWN Hash slot not served', 'It is a node of a cluster: give a server that stands alone.'],
])('says what to do about %s', async (error, what) => {
  const server = await answering(`-${error}`);
  const said: string[] = [];
  const address = `redis://somebody:hidden@127.0.0.1:${portOf(server)}`;
  const redis = await openRedis(address, (level, message) => void said.push(`${level} ${message}`), patience);
  try {
    for (let count = 0; count < 2; count += 1)
      expect(await redis.ask((client) => client.set('key', 'value'))).toBeUndefined();
    expect(said).toEqual([
      `WARN The rate limit store redis://127.0.0.1:${portOf(server)} refuses to work (${error.replace(/\.$/, '')}). ${what} This process goes on with its own share of the limit until it does.`,
    ]);
  } finally {
    await redis.close();
    server.close();
  }
});

test('says why there is no connection', async () => {
  const server = await answering('');
  const port = portOf(server);
  await new Promise((closed) => server.close(closed));
  const said: string[] = [];
  const redis = await openRedis(
    `redis://127.0.0.1:${port}`,
    (_level, message) => void said.push(message),
    patience,
  );
  try {
    expect(await redis.ask((client) => client.get('key'))).toBeUndefined();
    expect(said).toEqual([
      `The rate limit store redis://127.0.0.1:${port} does not answer (connect ECONNREFUSED 127.0.0.1:${port}). This process goes on with its own share of the limit until it does.`,
    ]);
  } finally {
    await redis.close();
  }
});
