import type { StreamState } from '../../../engine/contract/families.ts';
import type { Fault } from '../../intercom-api/faults.ts';
import { streamNames } from './listed.ts';
import type { SyncResult } from './sync-intercom.ts';
import { expectEverything, expectNothingLost, withIntercom, withIntercomServer } from './with-intercom.ts';

describe('when Intercom fails', () => {
  const faults: Record<string, readonly Fault[]> = {
    'every tenth request with a 500': [
      { kind: 'status', code: 500, match: { path: /^(?!.*scroll)/, every: 10 } },
    ],
    'every tenth request with a 503': [{ kind: 'status', code: 503, match: { every: 10 } }],
    'every seventh request with a 429 without headers': [{ kind: 'status', code: 429, match: { every: 7 } }],
    'by losing the scroll': [{ kind: 'expired-scroll', match: { path: '/companies/scroll', nth: 4 } }],
    'by forgetting the scroll': [
      { kind: 'expired-scroll', code: 404, match: { path: '/companies/scroll', nth: 2 } },
    ],
    'by losing the scroll twice': [
      { kind: 'expired-scroll', match: { path: '/companies/scroll', every: 4, times: 8 } },
    ],
    'by not keeping the order': [{ kind: 'unordered', match: {} }],
    'by answering slowly': [{ kind: 'slow', ms: 5_000, match: { every: 11 } }],
  };
  it.each(Object.entries(faults))('%s, everything is read all the same', async (_name, list) => {
    await withIntercom({ faults: list }, async ({ api, sync }) => {
      await expectEverything(api, await sync());
    });
  });

  it.each<[string, Fault['match']]>([
    ['answers', { every: 9 }],
    ['pages of the scroll', { path: '/companies/scroll', nth: 3 }],
  ])('by cutting %s off, everything is read all the same', async (_what, match) => {
    await withIntercomServer({ faults: [{ kind: 'cut', match }] }, async ({ api, sync }) => {
      await expectEverything(api, await sync());
    });
  });

  it('to index in time, the next syncs bring what was missing', async () => {
    await withIntercom(
      { faults: [{ kind: 'index-lag', seconds: 300, match: {} }] },
      async ({ api, clock, sync }) => {
        const results: SyncResult[] = [];
        let states: ReadonlyMap<string, StreamState> = new Map();
        for (let turn = 0; turn < 4; turn++) {
          const result = await sync({ states });
          expect(result.errors).toEqual([]);
          results.push(result);
          states = result.states;
          const rows = api.workspace.contacts.rows();
          if (turn < 3) {
            api.workspace.touchContact(rows[turn]?.id ?? '', { os: `Changed ${turn}` });
            clock.advance(100_000);
            api.workspace.createContact();
            api.workspace.addConversationPart(api.workspace.conversations.rows()[turn]?.id ?? '');
            clock.advance(100_000);
          }
          if (turn === 2) clock.advance(600_000);
        }
        await expectNothingLost(api, results, ['contacts', 'conversations', 'conversation_parts']);
      },
    );
  });

  it('to find a contact that was just created, the next sync brings it, however new others are', async () => {
    const late: Fault = { kind: 'index-lag', seconds: 300, of: 'created', match: {} };
    await withIntercom({ faults: [late] }, async ({ api, clock, sync }) => {
      const { workspace } = api;
      const first = await sync({ streams: ['contacts'] });
      clock.advance(3_600_000);
      const created = workspace.createContact();
      clock.advance(200_000);
      const [oldest] = workspace.contacts.rows();
      workspace.touchContact(oldest?.id ?? '', { os: 'Changed' });
      clock.advance(10_000);
      const second = await sync({ streams: ['contacts'], states: first.states });
      expect(second.records.get('contacts')?.map(({ id }) => id)).not.toContain(created.id);
      clock.advance(3_600_000);
      const third = await sync({ streams: ['contacts'], states: second.states });
      await expectNothingLost(api, [first, second, third], ['contacts']);
      expect(third.records.get('contacts')?.length).toBe(2);
    });
  });

  it.each([6, 40])(
    'to allow more than %i requests in ten seconds, it is never asked for more',
    async (rateLimit) => {
      await withIntercom(
        { rateLimit, sizes: { companies: 20, conversations: 30 } },
        async ({ api, sync }) => {
          await expectEverything(api, await sync());
          expect(api.requests.filter(({ status }) => status === 429)).toEqual([]);
          const windows = new Map<number, number>();
          for (const { at } of api.requests) {
            const window = Math.floor(at / 10_000);
            windows.set(window, (windows.get(window) ?? 0) + 1);
          }
          const whole = [...windows.values()].slice(0, -1);
          expect(Math.min(...whole)).toBeGreaterThanOrEqual(rateLimit - 1);
        },
      );
    },
  );

  it('to keep a scroll alive at all, companies fail with a transient error and the others go on', async () => {
    await withIntercom(
      { faults: [{ kind: 'expired-scroll', match: { path: '/companies/scroll', every: 3 } }] },
      async ({ api, sync }) => {
        const result = await sync();
        expect(result.errors.length).toBeGreaterThanOrEqual(2);
        for (const error of result.errors)
          expect(error).toMatch(/^transient_error: Intercom lost the scroll over companies 1\d times/);
        const others = streamNames.filter(
          (name) => !name.startsWith('compan') || name === 'company_attributes',
        );
        await expectEverything(api, { ...result, errors: [] }, others);
        const ids = result.records.get('companies')?.map(({ id }) => id) ?? [];
        expect(new Set(ids).size).toBe(ids.length);
      },
    );
  });

  it('to let a second scroll begin, it is waited for', async () => {
    await withIntercomServer({}, async ({ api, config, sync }) => {
      const headers = { Authorization: `Bearer ${config.access_token}` };
      await fetch(`${config.base_url}/companies/scroll`, { headers });
      await expectEverything(api, await sync());
      expect(api.requests.some(({ errorCode }) => errorCode === 'scroll_exists')).toBe(true);
    });
  });

  it('for want of a subscription, its streams say so and the others go on', async () => {
    await withIntercom({ plan: { activeSubscription: false } }, async ({ api, sync }) => {
      const result = await sync();
      expect(result.errors).toEqual([
        expect.stringMatching(/^config_error: .*plan of this Intercom workspace/),
      ]);
      const others = streamNames.filter((name) => !name.startsWith('conversation'));
      await expectEverything(api, { ...result, errors: [] }, others);
    });
  });
});
