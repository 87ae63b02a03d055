import net, { type AddressInfo } from 'node:net';
import tls from 'node:tls';
import type { Certificate } from './certificate.ts';

/** A server on loopback that answers with bytes as they are given, by the path of the request. */
export interface RawServer {
  readonly origin: string;
  /** The heads of the requests. */
  readonly seen: string[];
  close(): Promise<void>;
}

/** With a certificate it speaks TLS. `answer` gets the path, and the connection to write to; what it returns is sent, and the connection closed. */
export async function listenRaw(
  answer: (path: string, socket: net.Socket) => string | Uint8Array | undefined,
  certificate?: Certificate,
): Promise<RawServer> {
  const seen: string[] = [];
  const sockets = new Set<net.Socket>();
  const listener = (socket: net.Socket) => {
    sockets.add(socket);
    let head = '';
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      head += chunk.toString('latin1');
      if (!head.includes('\r\n\r\n')) return;
      seen.push(head);
      const bytes = answer(head.split(' ')[1] ?? '', socket);
      head = '';
      if (bytes !== undefined) socket.end(bytes);
    });
  };
  const server =
    certificate === undefined ? net.createServer(listener) : tls.createServer(certificate, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `${certificate === undefined ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
