import {
  createServer as createHttpServer,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer } from '@mswjs/http-middleware';
import { createFaults } from './faults.ts';
import type { RequestLog, SimulatorOptions } from './intercom.ts';
import { intercomHandlers } from './intercom-handlers.ts';
import { createWorkspace, type Workspace, type WorkspaceOptions } from './workspace.ts';

export interface StartOptions extends WorkspaceOptions, SimulatorOptions {
  /** A workspace made before; else one is made from the other options. */
  readonly workspace?: Workspace;
  /** Default 0: any free port. */
  readonly port?: number;
  /** False keeps no log of the requests, for long runs. Default true. */
  readonly log?: boolean;
}

export interface IntercomApi {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  readonly workspace: Workspace;
  /** What was asked, oldest first. */
  readonly requests: RequestLog[];
  close(): Promise<void>;
}

/** Sends the head and some bytes of the body (half of the first piece by default), then breaks the connection. */
const cutOff = (response: ServerResponse, afterBytes: number | undefined): void => {
  const send = response.write.bind(response);
  response.write = (chunk: unknown): boolean => {
    const bytes =
      typeof chunk === 'string' || chunk instanceof Uint8Array ? Buffer.from(chunk) : Buffer.alloc(0);
    const part = bytes.subarray(0, afterBytes ?? Math.floor(bytes.length / 2));
    if (part.length === 0) response.destroy();
    else send(part, () => response.destroy());
    return true;
  };
  // An answer without a body, and one whose part is with the socket by now.
  response.end = () => response.destroy();
};

/** Serves a simulated Intercom on the loopback interface. */
export async function startIntercomApi(options: StartOptions = {}): Promise<IntercomApi> {
  const workspace = options.workspace ?? createWorkspace(options);
  const requests: RequestLog[] = [];
  const onRequest = (request: RequestLog): void => {
    if (options.log !== false) requests.push(request);
    options.onRequest?.(request);
  };
  const faults = options.faults ?? [];
  const handlers = intercomHandlers(workspace, {
    ...options,
    faults: faults.filter(({ kind }) => kind !== 'cut'),
    onRequest,
    origins: ['*'],
  });
  // The middleware is typed against msw's CommonJS declarations, which TypeScript keeps apart from the ESM ones.
  const app: RequestListener = createServer(...(handlers as unknown as Parameters<typeof createServer>));
  const cuts = createFaults(faults.filter(({ kind }) => kind === 'cut'));
  const server: Server = createHttpServer((request, response) => {
    const [cut] = cuts.strike(request.method ?? 'GET', new URL(request.url ?? '/', 'http://127.0.0.1'));
    if (cut?.kind === 'cut') cutOff(response, cut.afterBytes);
    app(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    workspace,
    requests,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
