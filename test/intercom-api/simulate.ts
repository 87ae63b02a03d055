import { createIntercom, defaultAccessToken, type RequestLog, type SimulatorOptions } from './intercom.ts';
import type { JsonObject } from './rows.ts';
import { createWorkspace, type Workspace, type WorkspaceOptions } from './workspace.ts';

export interface SimulateOptions extends Omit<WorkspaceOptions, 'now'>, SimulatorOptions {
  /** The version that requests name. Default 2.11. */
  readonly version?: string;
  /** Where the clock starts, in milliseconds. Default: noon UTC of 15 June 2025. */
  readonly startsAt?: number;
}

/** An answer, read. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: JsonObject;
  /** The code of the first error, when it is an error.list. */
  readonly code: string | undefined;
}

export interface Simulation {
  readonly workspace: Workspace;
  readonly requests: RequestLog[];
  /** Moves the clock. */
  pass(seconds: number): void;
  get(path: string, headers?: Record<string, string>): Promise<Answered>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answered>;
}

/** The simulator inside this process: requests go straight to it, time passes when told. */
export function simulate(options: SimulateOptions = {}): Simulation {
  let time = options.startsAt ?? Date.parse('2025-06-15T12:00:00Z');
  const workspace = createWorkspace({ ...options, now: () => time });
  const requests: RequestLog[] = [];
  const intercom = createIntercom(workspace, {
    ...options,
    onRequest: (request) => requests.push(request),
  });

  const send = async (
    path: string,
    { method, body }: { readonly method: string; readonly body?: string },
    headers: Record<string, string> = {},
  ): Promise<Answered> => {
    const all = new Headers({
      Authorization: `Bearer ${defaultAccessToken}`,
      'Intercom-Version': options.version ?? '2.11',
      'Content-Type': 'application/json',
      ...headers,
    });
    const answer = await intercom.answer({
      method,
      url: new URL(`https://api.intercom.io${path}`),
      headers: all,
      body,
    });
    if (answer === 'cut') return { status: 0, headers: new Headers(), body: {}, code: undefined };
    const said = JSON.parse(String(answer.body)) as JsonObject;
    const [error] = (said.errors ?? []) as { readonly code: string }[];
    return {
      status: answer.status,
      headers: new Headers([...answer.headers]),
      body: said,
      code: error?.code,
    };
  };

  return {
    workspace,
    requests,
    pass(seconds) {
      time += seconds * 1000;
    },
    get: (path, headers) => send(path, { method: 'GET' }, headers),
    post: (path, body, headers) => send(path, { method: 'POST', body: JSON.stringify(body) }, headers),
  };
}
