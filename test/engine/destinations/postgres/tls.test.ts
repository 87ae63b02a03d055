import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { openDestination } from '../../../../engine/destinations/open-destination.ts';
import { readAddress } from '../../../../engine/destinations/postgres/read-address.ts';
import { waysToConnect } from '../../../../engine/destinations/postgres/tls.ts';
import { hasOpenSsl, newAuthority } from '../../../kit/certificate.ts';
import { hasPostgres, type PostgresServer, startPostgres } from '../../../kit/postgres.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postgres-tls-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What a sync into an address comes to. */
async function syncInto(to: string): Promise<string> {
  try {
    const destination = await openDestination(to, {
      identity: { connector: 'shop', config: 'a', start: {} },
      log: () => {},
    });
    await destination.open('orders', { schema: {}, key: [['id']], mode: 'replace' });
    await destination.write('orders', [{ id: 1 }]);
    await destination.complete('orders');
    await destination.close();
    return 'written';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('a server with TLS', () => {
  const it = hasPostgres && hasOpenSsl ? test : test.skip;
  let server: PostgresServer;
  let port: number;
  /** Of files with what is in them. */
  const path = (name: string) => encodeURIComponent(join(folder, name));
  beforeAll(async () => {
    if (!hasPostgres || !hasOpenSsl) return;
    const authority = newAuthority('Tests');
    const person = authority.sign('guest');
    server = await startPostgres({
      ...authority.sign('localhost'),
      clientCa: authority.cert,
      rules: [
        'hostssl all guest 127.0.0.1/32 cert',
        'hostnossl all plain 127.0.0.1/32 trust',
        'hostssl all tester 127.0.0.1/32 trust',
      ],
    });
    port = server.port ?? 0;
    const files = {
      'ca.pem': authority.cert,
      'other.pem': newAuthority('Others').cert,
      'guest.pem': person.cert,
      'guest.key': person.key,
      'notes.txt': 'not a certificate',
    };
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    const client = new Client({ connectionString: server.address });
    await client.connect();
    for (const user of ['guest', 'plain']) await client.query(`CREATE USER ${user} SUPERUSER`);
    await client.end();
  }, 600_000);
  afterAll(() => server?.stop());

  /** `{…}` is the path of a file. */
  const addressed = (rest: string, user = 'tester', host = 'localhost') =>
    `postgres://${user}@${host}:${port}/postgres?schema=s&${rest.replace(/\{(.*?)\}/g, (_, name) => path(name))}`;

  it.each([
    ['encrypts where it has to, without being told', addressed, ''],
    ['asks nobody who it is', addressed, 'sslmode=require'],
    ['knows the authority', addressed, 'sslmode=require&sslrootcert={ca.pem}'],
    [
      'knows the authority, whatever the host',
      addressed,
      'sslmode=verify-ca&sslrootcert={ca.pem}',
      '127.0.0.1',
    ],
    ['knows the authority and the host', addressed, 'sslmode=verify-full&sslrootcert={ca.pem}'],
    ['as another driver says it', addressed, 'ssl=true&sslrootcert={ca.pem}'],
    ['does not ask, as the driver says it', addressed, 'sslmode=no-verify'],
  ])('%s', async (_, address, rest, host = 'localhost') => {
    const uses = jest.spyOn(process, 'emitWarning');
    expect(await syncInto(address(rest, 'tester', host))).toBe('written');
    expect(uses).not.toHaveBeenCalled();
    uses.mockRestore();
  });

  it('shows a certificate of its own', async () => {
    const own = 'sslcert={guest.pem}&sslkey={guest.key}';
    expect(await syncInto(addressed(`sslmode=require&${own}`, 'guest'))).toBe('written');
    expect(await syncInto(addressed('sslmode=require', 'guest'))).toMatch(
      /cannot be reached: connection requires a valid client certificate\.$/,
    );
  });

  it('goes without where the server wants none', async () => {
    expect(await syncInto(addressed('', 'plain'))).toBe('written');
    expect(await syncInto(addressed('sslmode=disable', 'plain'))).toBe('written');
    expect(await syncInto(addressed('sslmode=allow', 'plain'))).toBe('written');
  });

  it.each([
    [
      'sslmode=verify-full',
      'its certificate is from an authority that is not trusted. Give the certificate of its authority in the address (sslrootcert=FILE), or encrypt without knowing with whom: sslmode=require, and no sslrootcert.',
    ],
    [
      'sslmode=require&sslrootcert={other.pem}',
      'its certificate is from an authority that is not trusted. Give the certificate of its authority in the address (sslrootcert=FILE), or encrypt without knowing with whom: sslmode=require, and no sslrootcert.',
    ],
    [
      'sslmode=disable',
      'the server takes nobody without TLS. Leave sslmode out, or give sslmode=require. It says: no pg_hba.conf entry for host "127.0.0.1", user "tester", database "postgres", no encryption.',
    ],
  ])('says in a sentence why %s does not do', async (rest, reason) => {
    expect(await syncInto(addressed(rest))).toBe(
      `PostgreSQL localhost:${port}/postgres (schema s) cannot be reached: ${reason}`,
    );
  });

  it('says that the certificate is for another host', async () => {
    const address = addressed('sslmode=verify-full&sslrootcert={ca.pem}', 'tester', '127.0.0.1');
    expect(await syncInto(address)).toMatch(
      /cannot be reached: its certificate is for another host\. Use the name that it is for, or .* sslmode=verify-ca,/,
    );
  });

  it.each([
    ['sslmode=verify-ca', /^sslmode=verify-ca needs sslrootcert=FILE: /],
    [
      'sslmode=strict',
      /^sslmode=strict is none that PostgreSQL knows: disable, allow, prefer, require, verify-ca, verify-full\.$/,
    ],
    [
      'sslmode=require&sslrootcert=/none',
      /^The file of sslrootcert in the address .* cannot be read: .*ENOENT.*\.$/,
    ],
    [
      'sslmode=require&sslrootcert={notes.txt}',
      /notes\.txt, which .* names as sslrootcert, holds no certificate in PEM form/,
    ],
    [
      'sslmode=require&sslkey={ca.pem}',
      /ca\.pem, which .* names as sslkey, holds no private key in PEM form/,
    ],
  ])('refuses %s before it connects', async (rest, message) => {
    expect(await syncInto(addressed(rest))).toMatch(message);
  });

  it('leaves sockets alone', async () => {
    const plain = await startPostgres();
    try {
      expect(await syncInto(`${plain.address}&sslmode=require`)).toBe('written');
    } finally {
      await plain.stop();
    }
  });
});

test('a server that has no TLS', async () => {
  // It says no to the question, and takes nothing else.
  const server = createServer((socket) => {
    socket.once('data', () => socket.write('N'));
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    expect(await syncInto(`postgres://u@127.0.0.1:${port}/d?sslmode=require`)).toBe(
      `PostgreSQL 127.0.0.1:${port}/d cannot be reached: the server has no TLS, which sslmode asks for. sslmode=prefer takes it where there is one.`,
    );
  } finally {
    server.close();
  }
});

describe('without a mode', () => {
  test.each([
    ['postgres://h/d', [{ rejectUnauthorized: false }, false]],
    ['postgres://u:p@db.example.com:6432/d?schema=a', [{ rejectUnauthorized: false }, false]],
    ['postgres://localhost/d', [false, { rejectUnauthorized: false }]],
    ['postgres://127.0.0.1:5433/d', [false, { rejectUnauthorized: false }]],
    ['postgres://[::1]:5433/d', [false, { rejectUnauthorized: false }]],
    ['postgres://u@/d?host=/run/postgresql', [false]],
    ['postgres:///d?host=%2Frun%2Fpostgresql&sslmode=require', [false]],
  ])('%s', async (to, ways) => {
    expect(await waysToConnect(readAddress(to))).toEqual(ways);
  });
});

test('the driver gets what is not read here, as it was written', () => {
  const address = (rest: string) => readAddress(`postgres://u:p%40@h/d${rest}`).connectionString;
  expect(address('?schema=a')).toBe('postgres://u:p%40@h/d');
  expect(address('?schema=a&options=-c%20x%3D1&sslmode=require&host=/tmp')).toBe(
    'postgres://u:p%40@h/d?options=-c%20x%3D1&host=/tmp',
  );
  expect(address('?x=1&schema=a')).toBe('postgres://u:p%40@h/d?x=1');
  expect(address('')).toBe('postgres://u:p%40@h/d');
});
