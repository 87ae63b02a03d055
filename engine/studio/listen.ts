import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type WebSocketServerLike } from '@hono/node-server';
import { WebSocketServer } from 'ws';
import { createStudioApp } from './app.ts';
import type { Bench } from './bench.ts';
import { createGuard } from './guard.ts';
import type { ServerEvent } from './messages.ts';
import { createReads } from './reads.ts';
import { createShelf } from './shelf.ts';

export interface StudioServer {
  /** With the token that opens it, once. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Only this machine can reach it. */
const host = '127.0.0.1';

/** Bytes of a message to the language server: more than any manifest has. */
const largestMessage = 20 * 1024 * 1024;

/** Serves the studio of a manifest. Rejects when the port is taken. */
export async function listenStudio(options: {
  readonly bench: Bench;
  /** 0 is any free port. */
  readonly port: number;
  readonly assets: string;
  readonly log: (message: string) => void;
}): Promise<StudioServer> {
  const { bench, assets, log } = options;
  const listeners = new Set<(event: ServerEvent) => void>();
  const shelf = createShelf(bench, (event) => {
    for (const tell of listeners) tell(event);
  });
  let port = options.port;
  const guard = createGuard(() => port);
  const app = createStudioApp({
    bench,
    guard,
    shelf,
    reads: createReads(bench),
    assets,
    log,
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: largestMessage });
  const server = createAdaptorServer({
    fetch: app.fetch,
    websocket: { server: likeHonos(sockets) },
  }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      shelf.close();
      reject(error);
    });
    server.listen(port, host, resolve);
  });
  port = (server.address() as AddressInfo).port;
  return Object.freeze({
    url: `http://${host}:${port}/open?token=${guard.token}`,
    port,
    async close() {
      shelf.close();
      for (const socket of sockets.clients) socket.terminate();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  });
}

/** It is the server that Hono's adapter is written for; only their declarations disagree about options that are absent. */
function likeHonos(sockets: unknown): WebSocketServerLike {
  return sockets as WebSocketServerLike;
}
