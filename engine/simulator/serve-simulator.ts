import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OutgoingRequest } from '../contract/families.ts';
import { jsonAnswer, type SimulatedAnswer } from './answers.ts';
import type { Simulator } from './simulator.ts';

export interface ServeSimulatorOptions {
  readonly simulator: Simulator;
  readonly port: number;
  readonly host: string;
  /** The share of answers that are 429, 503 or a connection that breaks off. */
  readonly faults: number;
  /** The share of answers after which a record is created, updated or deleted. */
  readonly edits?: number;
  /** In [0, 1). */
  readonly random: () => number;
  /** Told of every request, once it is answered. */
  readonly log: (line: string) => void;
}

export interface SimulatorServer {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Serves a simulated API: as the API itself, whatever its hosts are called, and as a proxy for HTTP. */
export async function serveSimulator(options: ServeSimulatorOptions): Promise<SimulatorServer> {
  const { simulator, port, host, faults, edits = 0, random, log } = options;

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await requestOf(incoming);
    const line = `${request.method} ${request.url.pathname}${request.url.search}`;
    if (random() < faults) {
      const fault = random();
      log(`${line} fault`);
      if (fault < 0.34) response.destroy();
      else if (fault < 0.67)
        write(response, {
          ...jsonAnswer({ message: 'Too many requests' }, 429),
          headers: [['retry-after', '1']],
        });
      else write(response, jsonAnswer({ message: 'Service unavailable' }, 503));
      return;
    }
    const answer = await simulator.serve(request);
    log(`${line} ${answer.status}`);
    if (edits > 0 && random() < edits) {
      const edit = simulator.edit(random);
      if (edit !== undefined) log(`${edit.stream}: a record was ${edit.kind}`);
    }
    write(response, answer);
  }

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch((error: unknown) => {
      write(response, jsonAnswer({ message: String(error) }, 500));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  return Object.freeze({
    url: `http://${host}:${address.port}`,
    port: address.port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  });
}

function write(response: ServerResponse, { status, headers, body }: SimulatedAnswer): void {
  response.writeHead(status, Object.fromEntries(headers));
  response.end(body);
}

async function requestOf(incoming: IncomingMessage): Promise<OutgoingRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString();
  return {
    method: incoming.method ?? 'GET',
    // A proxy is asked for a whole URL, a server for a path.
    url: new URL(incoming.url ?? '/', `http://${incoming.headers.host ?? 'localhost'}`),
    headers: {},
    ...(body !== '' && { body }),
  };
}
