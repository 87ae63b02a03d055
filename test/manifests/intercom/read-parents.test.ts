import { expectNothingLost, withIntercom } from './with-intercom.ts';

const streams = ['conversation_parts'] as const;
const sizes = { conversations: 30 };

describe('children of parents that are found once more', () => {
  it('are not asked for again, unless their parents have changed', async () => {
    await withIntercom({ sizes }, async ({ api, clock, sync }) => {
      const [first, second] = api.workspace.conversations.rows();
      if (!first || !second) throw new Error('the workspace is empty');
      for (const { id } of [first, second]) api.workspace.addConversationPart(id);
      clock.advance(300_000);
      const results = [await sync({ streams })];
      const asked = async () => {
        const before = api.requests.length;
        results.push(await sync({ streams, states: results.at(-1)?.states ?? new Map() }));
        return api.requests
          .slice(before)
          .map(({ path }) => path)
          .filter((path) => /^\/conversations\/\d+$/.test(path));
      };
      expect(await asked()).toEqual([]);
      api.workspace.addConversationPart(first.id);
      clock.advance(300_000);
      expect(await asked()).toEqual([`/conversations/${first.id}`]);
      expect(await asked()).toEqual([]);
      await expectNothingLost(api, results, streams);
    });
  });

  it('are asked for again when what they belong to changed while it was read', async () => {
    await withIntercom(
      { sizes, faults: [{ kind: 'index-lag', seconds: 0, match: {} }] },
      async ({ api, clock, sync }) => {
        const [row] = api.workspace.conversations.rows();
        if (!row) throw new Error('the workspace is empty');
        api.workspace.addConversationPart(row.id);
        const first = await sync({ streams });
        // In the same second.
        api.workspace.addConversationPart(row.id, { updated_at: Math.floor(clock.now() / 1000) });
        clock.advance(300_000);
        const second = await sync({ streams, states: first.states });
        await expectNothingLost(api, [first, second], streams);
      },
    );
  });

  it('are kept for the minutes of the overlap, and no longer', async () => {
    await withIntercom({ sizes }, async ({ api, clock, sync }) => {
      const kept = ({ states }: Awaited<ReturnType<typeof sync>>) =>
        Object.keys((states.get('conversation_parts')?.read_parents ?? {}) as object);
      const ids = api.workspace.conversations.rows().map(({ id }) => id);
      for (const id of ids.slice(0, 3)) api.workspace.addConversationPart(id);
      clock.advance(1_800_000);
      api.workspace.addConversationPart(ids[4] ?? '');
      clock.advance(600_000);
      const first = await sync({ streams });
      expect(kept(first)).toEqual([ids[4]]);
    });
  });
});
