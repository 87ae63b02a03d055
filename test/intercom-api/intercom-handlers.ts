import { type HttpHandler, HttpResponse, http } from 'msw';
import { createIntercom, type Intercom, type SimulatorOptions } from './intercom.ts';
import type { Workspace } from './workspace.ts';

export interface HandlerOptions extends SimulatorOptions {
  /** Origins to answer for, as msw paths start. Default: the three of Intercom; `*` is any. */
  readonly origins?: readonly string[];
}

const intercomOrigins = [
  'https://api.intercom.io',
  'https://api.eu.intercom.io',
  'https://api.au.intercom.io',
];

/**
 * The simulator as msw handlers: one per origin, which finds the endpoint in a table of routes
 * (msw would try a hundred handlers one by one, and copy the request for each).
 */
export function intercomHandlers(workspace: Workspace, options: HandlerOptions = {}): HttpHandler[] {
  const intercom = createIntercom(workspace, options);
  return (options.origins ?? intercomOrigins).map((origin) =>
    http.all(`${origin}/*`, ({ request }) => answerTo(request, intercom)),
  );
}

async function answerTo(request: Request, intercom: Intercom): Promise<Response> {
  const url = new URL(request.url);
  const answer = await intercom.answer({
    method: request.method,
    url,
    headers: request.headers,
    body: await request.text(),
  });
  if (answer === 'cut') return HttpResponse.error();
  const length = Buffer.byteLength(answer.body);
  const headers = [...answer.headers, ['content-length', String(length)]];
  return new HttpResponse(answer.body, { status: answer.status, headers });
}
