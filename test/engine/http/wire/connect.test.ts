import dns from 'node:dns';
import net, { type AddressInfo, type Server } from 'node:net';
import { createConnect } from '../../../../engine/http/wire/connect.ts';

const addresses = (...list: readonly string[]) =>
  jest.spyOn(dns, 'lookup').mockImplementation(((
    _host: string,
    _options: unknown,
    done: (error: null, found: object[]) => void,
  ) =>
    done(
      null,
      list.map((address) => ({ address, family: net.isIP(address) })),
    )) as never);

const servers: Server[] = [];

async function listen(): Promise<number> {
  const server = net.createServer((socket) => socket.end());
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

afterEach(() => {
  jest.restoreAllMocks();
  for (const server of servers.splice(0)) server.close();
});

function open(port: number, settings: Partial<Parameters<typeof createConnect>[0]> = {}) {
  const connect = createConnect({ timeout: 30_000, certificates: () => undefined, ...settings });
  return new Promise<net.Socket>((resolve, reject) => {
    connect({ hostname: 'api.test', protocol: 'http:', port: String(port) }, (error, socket) =>
      error === null ? resolve(socket) : reject(error),
    );
  });
}

test.each([
  ['the first is refused', ['127.0.0.2', '127.0.0.1']],
  // No packet to this block is ever answered.
  ['the first is silent', ['192.0.2.1', '127.0.0.1']],
])('one address that answers is enough: %s', async (_what, list) => {
  const port = await listen();
  addresses(...list);
  const socket = await open(port);
  expect(socket.remoteAddress).toBe('127.0.0.1');
  socket.destroy();
});

test('an attempt goes on while the next address is tried', async () => {
  const port = await listen();
  addresses('127.0.0.1', '192.0.2.1');
  const connect = net.connect;
  // The handshake of the first address takes longer than its head start.
  jest.spyOn(net, 'connect').mockImplementation(((options: { host: string }) => {
    if (options.host === '192.0.2.1') return connect({ ...options, port });
    const socket = new net.Socket();
    setTimeout(() => socket.connect(port, '127.0.0.1'), 400);
    return socket;
  }) as never);
  const socket = await open(port);
  expect(socket.remoteAddress).toBe('127.0.0.1');
  socket.destroy();
});

test('when no address answers, the first error counts', async () => {
  addresses('127.0.0.2', '127.0.0.3');
  await expect(open(1)).rejects.toMatchObject({ code: 'ECONNREFUSED', address: '127.0.0.2' });
});

test('the limit is for all addresses together', async () => {
  addresses('127.0.0.1');
  jest.spyOn(net, 'connect').mockImplementation((() => new net.Socket()) as never);
  await expect(open(1, { timeout: 20 })).rejects.toMatchObject({ code: 'UND_ERR_CONNECT_TIMEOUT' });
});

test('the addresses that are checked are those that are connected to', async () => {
  const lookup = addresses('10.0.0.1');
  const connected = jest.spyOn(net, 'connect');
  const checked: unknown[] = [];
  const opened = open(1, {
    checkAddresses(host, list) {
      checked.push(host, list);
      throw new Error('private');
    },
  });
  await expect(opened).rejects.toThrow('private');
  expect(checked).toEqual(['api.test', ['10.0.0.1']]);
  expect(lookup).toHaveBeenCalledTimes(1);
  expect(connected).not.toHaveBeenCalled();
});

test('a host whose name leads to another address the next time is checked the next time', async () => {
  const checked: unknown[] = [];
  const connected = jest.spyOn(net, 'connect');
  for (const address of ['127.0.0.1', '10.0.0.1']) {
    addresses(address);
    const opened = open(1, {
      checkAddresses(_, [first]) {
        checked.push(first);
        if (first === '10.0.0.1') throw new Error('private');
      },
    });
    await expect(opened).rejects.toThrow(address === '10.0.0.1' ? 'private' : 'ECONNREFUSED');
  }
  expect(checked).toEqual(['127.0.0.1', '10.0.0.1']);
  expect(connected).toHaveBeenCalledTimes(1);
});
