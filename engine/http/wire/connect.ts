import dns from 'node:dns';
import net, { type Socket } from 'node:net';
import { buildConnector } from 'undici';

export interface ConnectSettings {
  /** Milliseconds until there is a connection, TLS included. */
  readonly timeout: number;
  /** Certificates in place of Node's own, asked for with the first encrypted connection. */
  readonly certificates: () => string[] | undefined;
  /** Throws when a host must not be reached at one of its addresses. */
  readonly checkAddresses?: ((host: string, addresses: readonly string[]) => void) | undefined;
}

/** Milliseconds until the next address of a host is tried as well (RFC 8305). */
const headStart = 250;

/**
 * Connects to whichever address of a host answers first. Node tries them one after the other, and gives each but a
 * quarter of a second, which a distant host exceeds; here an attempt goes on until another one succeeds. The addresses
 * that are checked are those that are connected to.
 */
export function createConnect({
  timeout,
  certificates,
  checkAddresses,
}: ConnectSettings): buildConnector.connector {
  let secure: buildConnector.connector | undefined;

  async function open(options: buildConnector.Options, signal: AbortSignal): Promise<Socket> {
    const { hostname, protocol, port } = options;
    const addresses = await addressesOf(hostname);
    checkAddresses?.(hostname, addresses);
    const socket = await race(addresses, Number(port || (protocol === 'https:' ? 443 : 80)), signal);
    if (protocol !== 'https:') return socket;
    secure ??= buildConnector({ timeout: 0, ...certificatesOption(certificates()) });
    const encrypt = secure;
    signal.addEventListener('abort', () => socket.destroy());
    return new Promise((resolve, reject) => {
      encrypt({ ...options, httpSocket: socket }, (...[error, encrypted]) =>
        error === null ? resolve(encrypted) : reject(error),
      );
    });
  }

  return (options, callback) => {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), timeout);
    const late = new Promise<never>((_resolve, reject) => {
      controller.signal.addEventListener('abort', () => reject(failure('UND_ERR_CONNECT_TIMEOUT')));
    });
    Promise.race([open(options, controller.signal), late])
      .finally(() => clearTimeout(timer))
      .then(
        (socket) => callback(null, socket),
        (error) => callback(error, null),
      );
  };
}

function certificatesOption(ca: string[] | undefined): { ca?: string[] } {
  return ca === undefined ? {} : { ca };
}

function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/** All addresses of a host. */
export function addressesOf(host: string): Promise<readonly string[]> {
  if (net.isIP(host) !== 0) return Promise.resolve([host]);
  return new Promise((resolve, reject) => {
    dns.lookup(host, { all: true }, (error, found) => {
      if (error) reject(error);
      else resolve(found.map(({ address }) => address));
    });
  });
}

// A connection that has died is noticed, and small requests are not held back.
const socketOptions = {
  keepAlive: true,
  keepAliveInitialDelay: 60_000,
  noDelay: true,
  highWaterMark: 64 * 1024,
};

function race(addresses: readonly string[], port: number, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const open = new Set<Socket>();
    let timer: NodeJS.Timeout | undefined;
    let started = 0;
    let firstError: Error | undefined;

    function settle(finish: () => void): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      for (const socket of open) socket.destroy();
      finish();
    }
    const stop = () => settle(() => reject(failure('UND_ERR_CONNECT_TIMEOUT')));

    function start(): void {
      clearTimeout(timer);
      const host = addresses[started++];
      if (host === undefined) return;
      const options = { ...socketOptions, host, port };
      const socket = net.connect(options);
      open.add(socket);
      socket.once('connect', () => {
        open.delete(socket);
        socket.off('error', fail);
        settle(() => resolve(socket));
      });
      function fail(error: Error): void {
        open.delete(socket);
        firstError ??= error;
        if (started < addresses.length) start();
        else if (open.size === 0) settle(() => reject(firstError));
      }
      socket.once('error', fail);
      if (started < addresses.length) timer = setTimeout(start, headStart);
    }

    signal.addEventListener('abort', stop);
    if (addresses.length === 0) settle(() => reject(failure('ENOTFOUND')));
    else start();
  });
}
