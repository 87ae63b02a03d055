import { expectEverything, withIntercom } from './with-intercom.ts';

jest.setTimeout(120_000);

const streams = ['conversations', 'conversation_parts'] as const;

/** When, as the records have it. */
const second = (ms: number) => Math.floor(ms / 1000);
const isoSecond = (ms: number) => `${new Date(second(ms) * 1000).toISOString().slice(0, 19)}Z`;

describe('deleted conversations', () => {
  it('are told of once, by the first sync after them', async () => {
    await withIntercom({ sizes: { deletedConversations: 0 } }, async ({ api, clock, sync }) => {
      const config = { include_deletions: true };
      const first = await sync({ config, streams });
      await expectEverything(api, first, streams);
      const [kept, gone] = api.workspace.conversations.rows();
      if (!kept || !gone) throw new Error('the workspace is empty');
      clock.advance(3_600_000);
      api.workspace.deleteConversation(gone.id);
      const deletedAt = clock.now();
      clock.advance(60_000);
      api.workspace.touchConversation(kept.id, {});
      clock.advance(300_000);

      const after = await sync({ config, streams, states: first.states });
      expect(after.errors).toEqual([]);
      const byId = new Map(after.records.get('conversations')?.map((record) => [record.id, record]));
      expect([...byId.keys()]).toEqual(expect.arrayContaining([kept.id, gone.id]));
      expect(byId.get(gone.id)).toEqual({
        type: 'conversation',
        id: gone.id,
        metrics_retained: true,
        updated_at: second(deletedAt),
        _ab_cdc_deleted_at: isoSecond(deletedAt),
      });
      expect(byId.get(kept.id)).not.toHaveProperty('_ab_cdc_deleted_at');
      expect(api.requests.filter(({ path }) => path === `/conversations/${gone.id}`)).toHaveLength(1);

      clock.advance(60_000);
      const later = await sync({ config, streams, states: after.states });
      expect(later.records.get('conversations')?.filter(({ id }) => id === gone.id) ?? []).toEqual([]);
    });
  });

  it('are read once in a sync, however many windows and pages there are', async () => {
    await withIntercom({ sizes: { deletedConversations: 130 } }, async ({ api, sync }) => {
      const { records, errors } = await sync({
        config: { include_deletions: true },
        streams: ['conversations'],
      });
      expect(errors).toEqual([]);
      const told = records.get('conversations')?.filter((record) => '_ab_cdc_deleted_at' in record);
      const feed = api.workspace.deletedConversations;
      expect(told?.map(({ id }) => id).sort()).toEqual(feed.map(({ id }) => id).sort());
      expect(api.requests.filter(({ path }) => path === '/conversations/deleted')).toHaveLength(3);
    });
  });

  it('are not asked for by default', async () => {
    await withIntercom({}, async ({ api, sync }) => {
      await expectEverything(api, await sync({ streams }), streams);
      expect(api.requests.filter(({ path }) => path === '/conversations/deleted')).toEqual([]);
    });
  });
});
