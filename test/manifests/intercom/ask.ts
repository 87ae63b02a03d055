import { getResponse } from 'msw';
import { defaultAccessToken, intercomHandlers } from '../../intercom-api/intercom-handlers.ts';
import type { Workspace } from '../../intercom-api/workspace.ts';

export type Row = Record<string, unknown>;

/** Asks a simulated Intercom straight away: no limit, no faults. With a body it posts. */
export type Ask = (path: string, body?: unknown) => Promise<Row>;

export function askIn(workspace: Workspace, version: string): Ask {
  const handlers = intercomHandlers(workspace, { rateLimit: false });
  return async (path, body) => {
    const headers = {
      Authorization: `Bearer ${defaultAccessToken}`,
      'Intercom-Version': version,
      'Content-Type': 'application/json',
    };
    const init = body === undefined ? { headers } : { headers, method: 'POST', body: JSON.stringify(body) };
    const response = await getResponse(handlers, new Request(`https://api.intercom.io${path}`, init));
    if (response?.status !== 200) throw new Error(`${path}: ${response?.status}`);
    return (await response.json()) as Row;
  };
}
