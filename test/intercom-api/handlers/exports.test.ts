import { gunzipSync } from 'node:zlib';
import { getResponse } from 'msw';
import { defaultAccessToken } from '../intercom.ts';
import { intercomHandlers } from '../intercom-handlers.ts';
import { simulate } from '../simulate.ts';
import { createWorkspace } from '../workspace.ts';

const range = { created_at_after: 0, created_at_before: 2_000_000_000 };

describe('export jobs', () => {
  it('of messages are one at a time, and done after a while', async () => {
    const { post, get, pass } = simulate();
    const { body } = await post('/export/content/data', range);
    expect(body).toMatchObject({ status: 'pending', download_url: '' });
    const second = await post('/export/content/data', range);
    expect([second.status, second.code]).toEqual([429, 'rate_limit_exceeded']);
    const status = async () => (await get(`/export/content/data/${body.job_identifier}`)).body.status;
    pass(15);
    expect(await status()).toBe('in_progress');
    pass(15);
    expect(await status()).toBe('completed');
    expect((await post('/export/content/data', range)).status).toBe(200);
  });

  it('give gzipped CSV to those who accept it, for two days', async () => {
    let time = Date.parse('2025-06-15T12:00:00Z');
    const handlers = intercomHandlers(createWorkspace({ now: () => time, sizes: { contacts: 20 } }));
    const ask = async (path: string, init: RequestInit = {}) => {
      const headers = { Authorization: `Bearer ${defaultAccessToken}`, ...init.headers };
      const response = await getResponse(
        handlers,
        new Request(`https://api.intercom.io${path}`, { ...init, headers }),
      );
      if (!response) throw new Error('not handled');
      return response;
    };
    const made = await ask('/export/content/data', { method: 'POST', body: JSON.stringify(range) });
    const { job_identifier: id } = (await made.json()) as { job_identifier: string };
    const download = `/download/content/data/${id}`;
    const headers = { Accept: 'application/octet-stream' };
    expect((await ask(download, { headers })).status).toBe(404);
    time += 30_000;
    expect((await ask(download)).status).toBe(400);
    const lines = gunzipSync(await (await ask(download, { headers })).arrayBuffer())
      .toString()
      .trimEnd()
      .split('\n');
    expect(lines[0]).toMatch(/^user_id,user_external_id,/);
    expect(lines[1]).toContain('"Hello, ""you"""');
    time += 2 * 86_400_000;
    expect((await ask(download, { headers })).status).toBe(404);
  });

  it('of reports say what is wrong with the request', async () => {
    const { post, get, pass } = simulate({ version: '2.14' });
    const request = {
      dataset_id: 'conversation',
      attribute_ids: ['conversation.state'],
      start_time: 0,
      end_time: 1,
    };
    expect((await post('/export/reporting_data/enqueue', { ...request, attribute_ids: ['x'] })).code).toBe(
      'bad_request',
    );
    const { body } = await post('/export/reporting_data/enqueue', request);
    pass(30);
    const path = `/export/reporting_data/${body.job_identifier}`;
    expect((await get(path)).code).toBe('bad_request');
    expect((await get(`${path}?app_id=a&client_id=c`)).body.status).toBe('complete');
    expect((await get('/export/reporting_data/none?app_id=a&client_id=c')).code).toBe('not_found');
  });
});
