import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { createApp, type ServerOptions } from './app.ts';
import { createWorkers } from './workers.ts';

export interface ListenOptions extends ServerOptions {
  /** 0 is any free port. */
  readonly port: number;
  readonly host: string;
  /** The module that answers requests in a process of its own; without it, they are answered in this one. */
  readonly worker?: string | undefined;
  /** Where a worker finds the hooks. */
  readonly hookPaths?: readonly string[];
  /** Megabytes of JavaScript values that one request may hold in a worker. Default 1024. */
  readonly memory?: number;
}

export interface ManifestServer {
  /** `http://127.0.0.1:8000`, without a slash at the end. */
  readonly url: string;
  /** Accepts no more requests and cuts off those under way. */
  close(): Promise<void>;
}

/** Serves the API of the manifest server. Rejects when the port is taken. */
export async function listen({
  port,
  host,
  worker,
  hookPaths = [],
  memory,
  ...options
}: ListenOptions): Promise<ManifestServer> {
  const workers =
    worker === undefined
      ? undefined
      : createWorkers({ file: worker, hookPaths, memory: memory ?? 1024, log: options.log ?? (() => {}) });
  const app = createApp({ ...options, ...(workers && { perform: workers.perform }) });
  const server = createAdaptorServer({
    fetch: app.fetch,
    // A client that sends its request byte by byte must not keep its connection.
    serverOptions: { headersTimeout: 10_000, requestTimeout: 60_000, connectionsCheckingInterval: 5000 },
  }) as Server;
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
      await Promise.all([closed, workers?.close()]);
    },
  });
}
