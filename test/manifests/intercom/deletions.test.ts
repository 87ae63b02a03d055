import type { Fault } from '../../intercom-api/faults.ts';
import { expectEverything, expectNothingLost, withIntercom } from './with-intercom.ts';

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

      // An hour is read again, for deletions that are listed late.
      clock.advance(7_200_000);
      api.workspace.touchConversation(kept.id, {});
      clock.advance(300_000);
      const between = await sync({ config, streams, states: after.states });
      api.workspace.touchConversation(kept.id, {});
      clock.advance(300_000);
      const later = await sync({ config, streams, states: between.states });
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

  it('are read no further than to an hour before the last sync', async () => {
    await withIntercom({ sizes: { deletedConversations: 400 } }, async ({ api, clock, sync }) => {
      const config = { include_deletions: true };
      const first = await sync({ config, streams: ['conversations', 'deleted_conversations'] });
      expect(first.records.get('deleted_conversations')).toHaveLength(400);
      clock.advance(3_600_000);
      const [gone, kept] = api.workspace.conversations.rows();
      api.workspace.deleteConversation(gone?.id ?? '');
      api.workspace.touchConversation(kept?.id ?? '');
      clock.advance(300_000);
      const before = api.requests.length;
      const second = await sync({
        config,
        streams: ['conversations', 'deleted_conversations'],
        states: first.states,
      });
      expect(second.errors).toEqual([]);
      expect(second.records.get('deleted_conversations')?.map(({ id }) => id)).toContain(gone?.id);
      // One page of it, for both streams.
      const asked = api.requests.slice(before).filter(({ path }) => path === '/conversations/deleted');
      expect(asked.length).toBeGreaterThan(0);
      expect(asked.length).toBeLessThanOrEqual(3);
    });
  });

  it('do not come back while a search still shows them, and do not move the position of the records', async () => {
    const late: Fault = { kind: 'index-lag', seconds: 900, match: {} };
    const sizes = { deletedConversations: 0, conversations: 4 };
    await withIntercom({ sizes, faults: [late] }, async ({ api, clock, sync }) => {
      const config = { include_deletions: true };
      const first = await sync({ config, streams: ['conversations'] });
      clock.advance(3_600_000);
      const [changed, gone] = api.workspace.conversations.rows();
      // Found only after a quarter of an hour, which is longer than the overlap.
      api.workspace.touchConversation(changed?.id ?? '', { title: 'Changed' });
      clock.advance(720_000);
      api.workspace.deleteConversation(gone?.id ?? '');
      const second = await sync({ config, streams: ['conversations'], states: first.states });
      const told = second.records.get('conversations')?.filter(({ id }) => id === gone?.id);
      expect(told?.map((record) => '_ab_cdc_deleted_at' in record)).toEqual([true]);
      clock.advance(3_600_000);
      const third = await sync({ config, streams: ['conversations'], states: second.states });
      await expectNothingLost(api, [first, second, third], ['conversations']);
    });
  });

  it.each([
    ['one window', '2025-06-01T00:00:00Z'],
    ['two years of windows', '2023-06-01T00:00:00Z'],
  ])('that the app may not list say so, and are not asked for again in %s', async (_what, start_date) => {
    const refused: Fault = { kind: 'status', code: 422, match: { path: '/conversations/deleted' } };
    await withIntercom({ faults: [refused] }, async ({ api, sync }) => {
      const { errors } = await sync({
        config: { include_deletions: true, api_version: '2.11', start_date },
        streams: ['conversations'],
      });
      expect(errors).toEqual([expect.stringMatching(/^config_error: .*from 2\.16 on/)]);
      expect(api.requests.filter(({ path }) => path === '/conversations/deleted')).toHaveLength(1);
    });
  });
});

describe('contacts that were merged into others', () => {
  it.each(['2.16', '2.17'])('are told of with them in version %s', async (api_version) => {
    await withIntercom({ sizes: { contacts: 12 } }, async ({ api, clock, sync }) => {
      const config = { include_deletions: true, api_version };
      const first = await sync({ config, streams: ['contacts'] });
      clock.advance(3_600_000);
      const target = api.workspace.createContact({ role: 'user' });
      const source = api.workspace.contacts.rows().find(({ role }) => role === 'lead');
      api.workspace.mergeContacts(source?.id ?? '', target.id);
      const at = clock.now();
      clock.advance(300_000);
      const after = await sync({ config, streams: ['contacts'], states: first.states });
      expect(after.errors).toEqual([]);
      const told = after.records.get('contacts')?.filter((record) => '_ab_cdc_deleted_at' in record);
      expect(told).toEqual([
        {
          type: 'contact',
          id: source?.id,
          role: 'lead',
          updated_at: second(at),
          merged_into_id: target.id,
          _ab_cdc_deleted_at: isoSecond(at),
        },
      ]);
    });
  });
});
