import { createIntercom, defaultAccessToken } from '../../intercom-api/intercom.ts';
import type { Workspace } from '../../intercom-api/workspace.ts';

export type Row = Record<string, unknown>;

/** Asks a simulated Intercom straight away: no limit, no faults. With a body it posts. */
export type Ask = (path: string, body?: unknown) => Promise<Row>;

export function askIn(workspace: Workspace, version: string): Ask {
  const intercom = createIntercom(workspace, { rateLimit: false });
  const headers = new Headers({
    Authorization: `Bearer ${defaultAccessToken}`,
    'Intercom-Version': version,
    'Content-Type': 'application/json',
  });
  return async (path, body) => {
    const answer = await intercom.answer({
      method: body === undefined ? 'GET' : 'POST',
      url: new URL(`https://api.intercom.io${path}`),
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (answer === 'cut' || answer.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer)}`);
    return JSON.parse(String(answer.body)) as Row;
  };
}
