import type { JsonObject } from '../rows.ts';
import { simulate } from '../simulate.ts';

const start = Date.parse('2025-06-15T12:00:00Z') / 1000;

const withConversations = (count: number) => {
  const simulation = simulate({ sizes: { conversations: 0, tickets: 0, calls: 0 } });
  const ids = Array.from(
    { length: count },
    (_, index) =>
      simulation.workspace.createConversation({ created_at: start - 1000 + index, open: index % 2 === 0 }).id,
  );
  const find = async (query: unknown, pagination?: unknown) => {
    const sort = { field: 'updated_at', order: 'ascending' };
    const answer = await simulation.post('/conversations/search', { query, sort, pagination });
    const list = (answer.body.conversations ?? []) as JsonObject[];
    return { ...answer, found: list.map((one) => ids.indexOf(String(one.id))) };
  };
  return { ...simulation, ids, find };
};

describe('conversation search', () => {
  it('takes > and < as "or equal", to the second', async () => {
    const { find } = withConversations(5);
    const bound = (operator: string, offset: number) => ({
      field: 'updated_at',
      operator,
      value: start - 1000 + offset,
    });
    expect((await find(bound('>', 3))).found).toEqual([3, 4]);
    expect((await find(bound('<', 1))).found).toEqual([0, 1]);
    expect((await find(bound('=', 2))).found).toEqual([2]);
    expect((await find({ operator: 'AND', value: [bound('>', 1), bound('<', 3)] })).found).toEqual([1, 2, 3]);
  });

  it('takes numbers as text, and filters other fields', async () => {
    const { find } = withConversations(3);
    expect((await find({ field: 'created_at', operator: '>', value: String(start - 999) })).found).toEqual([
      1, 2,
    ]);
    expect((await find({ field: 'open', operator: '=', value: false })).found).toEqual([1]);
    expect((await find({ field: 'statistics.count_reopens', operator: '>', value: 0 })).status).toBe(200);
  });

  it('has 20 on a page, 150 at most', async () => {
    const { find } = withConversations(25);
    const all = { field: 'updated_at', operator: '>', value: 0 };
    const { body } = await find(all);
    expect(body).toMatchObject({ type: 'conversation.list', total_count: 25, conversations: { length: 20 } });
    expect((await find(all, { per_page: 150 })).found).toHaveLength(25);
    expect((await find(all, { per_page: 151 })).code).toBe('parameter_invalid');
  });
});

describe('one conversation', () => {
  it('has its newest 500 parts and the count of all', async () => {
    const { workspace, get, ids } = withConversations(1);
    for (let index = 0; index < 503; index++)
      workspace.addConversationPart(ids[0] ?? '', { body: String(index) });
    const { body } = await get(`/conversations/${ids[0]}`);
    const { conversation_parts, total_count } = body.conversation_parts as {
      conversation_parts: JsonObject[];
      total_count: number;
    };
    expect(total_count).toBe(503);
    expect(conversation_parts.map((part) => part.body).slice(0, 1)).toEqual(['3']);
    expect(conversation_parts).toHaveLength(500);
  });

  it('moves with its parts', async () => {
    const { workspace, find, ids, pass } = withConversations(2);
    pass(5);
    const part = workspace.addConversationPart(ids[0] ?? '');
    expect((await find({ field: 'updated_at', operator: '>', value: start })).found).toEqual([0]);
    pass(5);
    workspace.redactConversationPart(ids[0] ?? '', part.id);
    expect(workspace.conversations.get(ids[0] ?? '')?.updated_at).toBe(start + 10);
    expect(part).toMatchObject({ redacted: true, updated_at: start + 10 });
  });

  it('is gone once deleted, and stands in the feed of 2.16', async () => {
    const { workspace, get, ids, find } = withConversations(2);
    workspace.deleteConversation(ids[0] ?? '', { retainMetrics: false });
    const missing = await get(`/conversations/${ids[0]}`);
    expect([missing.status, missing.code]).toEqual([404, 'not_found']);
    expect((await find({ field: 'open', operator: 'IN', value: [true, false] })).found).toEqual([1]);
    const feed = await get('/conversations/deleted?per_page=2', { 'Intercom-Version': '2.16' });
    expect(feed.body).toMatchObject({
      type: 'conversations.list',
      pages: { next: expect.stringContaining('page=2') },
    });
    expect((feed.body.conversations as JsonObject[])[0]).toEqual({
      type: 'conversation',
      id: ids[0],
      metrics_retained: false,
      deleted_at: start,
    });
    expect((await get('/conversations/deleted?per_page=61', { 'Intercom-Version': '2.16' })).status).toBe(
      400,
    );
  });
});

it('lists all conversations by cursor', async () => {
  const { get } = withConversations(3);
  const first = await get('/conversations?per_page=2');
  const { next } = first.body.pages as { next: { starting_after: string } };
  const second = await get(
    `/conversations?per_page=2&starting_after=${encodeURIComponent(next.starting_after)}`,
  );
  expect(second.body.conversations).toHaveLength(1);
});

it('answers plain text when asked to', async () => {
  const { get, workspace, ids } = withConversations(1);
  workspace.addConversationPart(ids[0] ?? '', { body: '<p>Hello <b>you</b></p>' });
  const { body } = await get(`/conversations/${ids[0]}?display_as=plaintext`);
  expect(body).toMatchObject({ conversation_parts: { conversation_parts: [{ body: 'Hello you' }] } });
});
