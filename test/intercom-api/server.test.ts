import { defaultAccessToken } from './intercom.ts';
import type { JsonObject } from './rows.ts';
import { type IntercomApi, type StartOptions, startIntercomApi } from './server.ts';

const noon = Date.parse('2025-06-15T12:00:00Z');
let api: IntercomApi | undefined;
const start = async (options: StartOptions = {}): Promise<IntercomApi> => {
  api = await startIntercomApi({ now: () => noon, ...options });
  return api;
};
const json = async (response: Response | Promise<Response>) => (await (await response).json()) as JsonObject;
const ask = (path: string, init: RequestInit = {}) =>
  fetch(`${api?.url}${path}`, {
    ...init,
    headers: { Authorization: `Bearer ${defaultAccessToken}`, ...init.headers },
  });

afterEach(() => api?.close());

describe('the served simulator', () => {
  it('answers over a real port and keeps a log of the requests', async () => {
    const { requests } = await start();
    const response = await ask('/admins?display_avatar=true');
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ type: 'admin.list', admins: { length: 5 } });
    expect(requests).toMatchObject([
      { method: 'GET', path: '/admins', query: { display_avatar: 'true' }, status: 200 },
    ]);
  });

  it('writes links to the next page that lead back to itself', async () => {
    const { url } = await start();
    const { next } = (await json(ask('/admins/activity_logs?created_at_after=0'))).pages as { next: string };
    expect(next).toBe(`${url}/admins/activity_logs?created_at_after=0&per_page=20&page=2`);
    const second = await json(ask(next.slice(url.length)));
    expect(second.activity_logs).toHaveLength(20);
  });

  it('breaks the connection in the middle of a body', async () => {
    await start({ faults: [{ kind: 'cut', match: { path: '/tags', nth: 1 } }] });
    const response = await ask('/tags');
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
    expect((await ask('/tags')).status).toBe(200);
  });

  it('breaks the connection before any byte', async () => {
    await start({ faults: [{ kind: 'cut', afterBytes: 0, match: { path: '/tags' } }] });
    await expect(ask('/tags')).rejects.toThrow();
  });

  it('breaks an answer without a body as well', async () => {
    const match = { path: '/tags' };
    await start({
      faults: [
        { kind: 'status', code: 502, body: '', match },
        { kind: 'cut', match },
      ],
    });
    await expect(ask('/tags')).rejects.toThrow();
  });

  it('reads form bodies', async () => {
    await start({ oauth: { clientId: 'id', clientSecret: 'secret', codes: ['code'] } });
    const body = new URLSearchParams({ client_id: 'id', client_secret: 'secret', code: 'code' });
    expect(await json(ask('/auth/eagle/token', { method: 'POST', body }))).toMatchObject({
      token_type: 'Bearer',
    });
  });
});
