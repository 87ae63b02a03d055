import type { Fault } from './faults.ts';
import type { JsonObject } from './rows.ts';
import { simulate } from './simulate.ts';

const statuses = async (fault: Fault, count: number): Promise<number[]> => {
  const { get } = simulate({ faults: [fault] });
  const all: number[] = [];
  for (let index = 0; index < count; index++) all.push((await get('/tags')).status);
  return all;
};

const search = (query: unknown) => ({
  query,
  sort: { field: 'updated_at', order: 'ascending' },
  pagination: { per_page: 150 },
});
const everything = { field: 'updated_at', operator: '>', value: 0 };
const ids = (body: JsonObject): unknown[] => (body.conversations as JsonObject[]).map((one) => one.id);

describe('faults', () => {
  it('strike the nth, every nth or the first matching requests', async () => {
    const fault = (match: Fault['match']): Fault => ({
      kind: 'status',
      code: 503,
      match: { path: '/tags', ...match },
    });
    expect(await statuses(fault({ nth: 2 }), 4)).toEqual([200, 503, 200, 200]);
    expect(await statuses(fault({ every: 2 }), 4)).toEqual([200, 503, 200, 503]);
    expect(await statuses(fault({ times: 2 }), 4)).toEqual([503, 503, 200, 200]);
    expect(await statuses(fault({ path: /^\/segments/ }), 2)).toEqual([200, 200]);
    expect(await statuses(fault({ method: 'POST' }), 1)).toEqual([200]);
  });

  it('answer any status, headers and body', async () => {
    const headers = { 'Retry-After': '7' };
    const faults: Fault[] = [{ kind: 'status', code: 429, headers, match: { path: '/tags' } }];
    const answer = await simulate({ faults }).get('/tags');
    expect([answer.status, answer.code, answer.headers.get('retry-after')]).toEqual([
      429,
      'rate_limit_exceeded',
      '7',
    ]);
  });

  it('wait with the sleep that was given', async () => {
    const waits: number[] = [];
    const sleep = async (ms: number): Promise<void> => void waits.push(ms);
    const { get } = simulate({ sleep, faults: [{ kind: 'slow', ms: 5000, match: { path: '/tags' } }] });
    expect((await get('/tags')).status).toBe(200);
    expect(waits).toEqual([5000]);
  });

  it('are network errors in the process when they cut', async () => {
    const { get } = simulate({ faults: [{ kind: 'cut', match: { path: '/tags' } }] });
    expect((await get('/tags')).status).toBe(0);
  });

  it('lose the scroll, which then has to start again', async () => {
    const { get } = simulate({
      faults: [{ kind: 'expired-scroll', match: { path: /scroll_param=/, nth: 1 } }],
    });
    const { body } = await get('/companies/scroll');
    const lost = await get(`/companies/scroll?scroll_param=${body.scroll_param}`);
    expect(lost.status).toBe(500);
    expect((lost.body.errors as JsonObject[])[0]?.message).toContain('Please restart the scroll operation.');
    expect((await get(`/companies/scroll?scroll_param=${body.scroll_param}`)).status).toBe(404);
    expect((await get('/companies/scroll')).status).toBe(200);
  });

  it('hide recent changes from search', async () => {
    const faults: Fault[] = [{ kind: 'index-lag', seconds: 60, match: { path: /search/ } }];
    const { workspace, post, pass } = simulate({ faults, sizes: { conversations: 3 } });
    const [first] = workspace.conversations.rows();
    const before = first?.updated_at;
    const made = workspace.createConversation();
    workspace.touchConversation(first?.id ?? '');
    const stale = (await post('/conversations/search', search(everything))).body;
    expect(ids(stale)).not.toContain(made.id);
    expect((stale.conversations as JsonObject[])[0]).toMatchObject({ id: first?.id, updated_at: before });
    pass(61);
    expect(ids((await post('/conversations/search', search(everything))).body)).toEqual(
      workspace.conversations.rows().map((row) => row.id),
    );
  });

  it('ignore the order of search, but lose nothing over pages', async () => {
    const faults: Fault[] = [{ kind: 'unordered', match: { path: /search/ } }];
    const { workspace, post } = simulate({ faults, sizes: { conversations: 40 } });
    const inOrder = workspace.conversations.rows().map((row) => row.id);
    const first = await post('/conversations/search', {
      ...search(everything),
      pagination: { per_page: 25 },
    });
    const { next } = first.body.pages as { next: JsonObject };
    const second = await post('/conversations/search', {
      ...search(everything),
      pagination: { per_page: 25, ...next },
    });
    const found = [...ids(first.body), ...ids(second.body)];
    expect(found).not.toEqual(inOrder);
    expect([...found].sort()).toEqual([...inOrder].sort());
  });

  it('change the workspace while it is read', async () => {
    const faults: Fault[] = [
      {
        kind: 'mutate',
        match: { path: '/tags', nth: 2 },
        run: (workspace) => void workspace.createTag('late'),
      },
    ];
    const { get } = simulate({ faults });
    const names = async () => ((await get('/tags')).body.data as JsonObject[]).map((tag) => tag.name);
    expect(await names()).not.toContain('late');
    expect(await names()).toContain('late');
  });
});
