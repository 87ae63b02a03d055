import type { JsonObject } from '../rows.ts';
import { simulate } from '../simulate.ts';

const list = (body: JsonObject, key = 'data'): JsonObject[] => body[key] as JsonObject[];

describe('activity logs', () => {
  it('need created_at_after in UNIX seconds', async () => {
    const { get } = simulate();
    expect((await get('/admins/activity_logs')).code).toBe('parameter_not_found');
    expect((await get('/admins/activity_logs?created_at_after=yesterday')).code).toBe('parameter_invalid');
  });

  it('are newest first, between two moments', async () => {
    const { get, workspace } = simulate();
    const now = workspace.seconds();
    const late = workspace.addActivityLog({ created_at: now + 50 });
    workspace.addActivityLog({ created_at: now + 60 });
    const { body } = await get(
      `/admins/activity_logs?created_at_after=${now - 10}&created_at_before=${now + 50}`,
    );
    expect(list(body, 'activity_logs').map((log) => log.id)).toEqual([late.id]);
    expect(body.pages).toMatchObject({ next: null });
  });
});

describe('data attributes', () => {
  it('come by model, archived ones on request', async () => {
    const { get } = simulate();
    const known = list((await get('/data_attributes?model=company')).body);
    const all = list((await get('/data_attributes?model=company&include_archived=true')).body);
    expect(new Set(known.map((attribute) => attribute.model))).toEqual(new Set(['company']));
    expect(all.length).toBe(known.length + 1);
    expect(known.find((attribute) => attribute.custom === false)).not.toHaveProperty('id');
  });

  it('of conversations moved to their own endpoint in 2.16', async () => {
    const { get } = simulate({ version: '2.16' });
    const moved = await get('/data_attributes?model=conversation');
    expect([moved.status, moved.code]).toEqual([422, 'parameter_invalid']);
    expect(list((await get('/conversations/attributes')).body)).not.toHaveLength(0);
  });
});

describe('paged lists', () => {
  it('of articles run newest first and have no link', async () => {
    const { get } = simulate({ sizes: { articles: 30 } });
    const { body } = await get('/articles?per_page=20&page=2');
    expect(list(body)).toHaveLength(10);
    expect(body.pages).toEqual({ type: 'pages', page: 2, per_page: 20, total_pages: 2 });
    const times = list((await get('/articles?per_page=30')).body).map((article) =>
      Number(article.updated_at),
    );
    expect(times).toEqual([...times].sort((a, b) => b - a));
  });

  it('of audiences and snippets count pages beside the data', async () => {
    const { get } = simulate({ version: '2.16' });
    expect((await get('/audiences')).body).toMatchObject({
      page: 1,
      per_page: 50,
      total_pages: 1,
      total_count: 2,
    });
    expect((await get('/content_snippets?per_page=51')).code).toBe('parameter_invalid');
  });

  it('of macros go on behind a cursor', async () => {
    const { get } = simulate({ version: '2.16', sizes: { macros: 5 } });
    const first = await get('/macros?per_page=3');
    const { next } = first.body.pages as { next: { starting_after: string } };
    const second = await get(`/macros?per_page=3&starting_after=${next.starting_after}`);
    expect(new Set([...list(first.body), ...list(second.body)].map((macro) => macro.id)).size).toBe(5);
    expect(second.body.pages).toMatchObject({ next: null });
  });

  it('of custom objects exist from 2.16; before, one is asked for', async () => {
    const { get } = simulate({ version: '2.16' });
    expect((await get('/custom_object_instances/Order?per_page=10')).body.pages).toMatchObject({
      total_pages: 3,
    });
    expect((await get('/custom_object_instances/Nothing')).status).toBe(404);
    expect((await get('/custom_object_instances/Order', { 'Intercom-Version': '2.15' })).status).toBe(400);
  });
});

describe('events of a contact', () => {
  it('are listed for ninety days and linked by URL', async () => {
    const { get, workspace } = simulate({ sizes: { contacts: 0, conversations: 0, tickets: 0 } });
    const { id } = workspace.createContact({
      created_at: workspace.seconds() - 365 * 86_400,
      updated_at: workspace.seconds(),
    });
    const first = await get(`/events?type=user&intercom_user_id=${id}&per_page=3`);
    expect(list(first.body, 'events')).toHaveLength(3);
    const { next } = first.body.pages as { next: string };
    const rest = await get(next.slice('https://api.intercom.io'.length));
    expect(list(rest.body, 'events')).toHaveLength(2);
    expect(rest.body.pages).toEqual({});
    const summary = await get(`/events?type=user&summary=true&intercom_user_id=${id}`);
    expect(list(summary.body, 'events').map((event) => event.count)).toEqual([10, 9]);
  });
});

it('executions of data connectors are those of the last hour unless asked', async () => {
  const { get, workspace } = simulate({ version: '2.16' });
  const id = String(workspace.lists.data_connectors?.[0]?.id);
  expect(list((await get(`/data_connectors/${id}/execution_results`)).body)).toHaveLength(4);
  const all = await get(`/data_connectors/${id}/execution_results?start_ts=0&per_page=30`);
  expect(list(all.body)).toHaveLength(20);
});

it('call transcripts come for 1 to 20 conversations', async () => {
  const { post, workspace } = simulate({ version: '2.14' });
  expect((await post('/calls/search', { conversation_ids: [] })).code).toBe('conversation_id_limit_exceeded');
  const id = workspace.calls[0]?.conversation_id;
  const { body } = await post('/calls/search', { conversation_ids: [id] });
  expect(list(body).every((call) => call.conversation_id === id)).toBe(true);
});

it.each([
  [
    '2.7',
    '/tags /teams /segments /subscription_types /help_center/help_centers /help_center/collections /news/news_items',
  ],
  [
    '2.16',
    '/brands /emails /away_status_reasons /office_hours_schedules /internal_articles /calls /ip_allowlist /me',
  ],
  [
    '2.16',
    '/ai/content_import_sources /ai/external_pages /data_connectors /admins/activity_log_event_types /news/newsfeeds',
  ],
])('answers the whole lists of %s', async (version, paths) => {
  const { get } = simulate({ version });
  for (const path of paths.split(' ')) expect([path, (await get(path)).status]).toEqual([path, 200]);
});

it('searches all content, with links both ways', async () => {
  const { get } = simulate({ version: '2.16' });
  const { body } = await get('/content/search?page=2&per_page=5');
  expect(body.pages).toMatchObject({
    next: expect.stringContaining('page=3'),
    prev: expect.stringContaining('page=1'),
  });
  const articles = await get('/content/search?query=internal%20article%201&per_page=0');
  expect(list(articles.body)).toMatchObject([{ type: 'internal_article' }]);
});
