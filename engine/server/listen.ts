import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { createApp, type ServerOptions } from './app.ts';

export interface ListenOptions extends ServerOptions {
  /** 0 is any free port. */
  readonly port: number;
  readonly host: string;
}

export interface ManifestServer {
  /** `http://127.0.0.1:8000`, without a slash at the end. */
  readonly url: string;
  /** Accepts no more requests and cuts off those under way. */
  close(): Promise<void>;
}

/** Serves the API of the manifest server. Rejects when the port is taken. */
export async function listen({ port, host, ...options }: ListenOptions): Promise<ManifestServer> {
  const server = createAdaptorServer({ fetch: createApp(options).fetch }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { port: bound, family, address } = server.address() as AddressInfo;
  return Object.freeze({
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${bound}`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  });
}
