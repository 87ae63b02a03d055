import type { Fault } from '../../intercom-api/faults.ts';
import { expectNothingLost, withIntercom } from './with-intercom.ts';

const streams = ['companies', 'contacts', 'conversations', 'conversation_parts', 'tickets'] as const;
const none = { contacts: 3, companies: 1, conversations: 3, tickets: 3, activityLogs: 1 };

/** Of rows that change one after the other, some are found at once and others four minutes later. */
const lag: Fault = { kind: 'index-lag', seconds: 240, of: 'some', match: {} };

describe('a change that is found later than a newer one', () => {
  it.each(['2.11', '2.16', '2.17'])('comes with the next sync in version %s', async (api_version) => {
    await withIntercom({ faults: [lag], sizes: none }, async ({ api, clock, sync }) => {
      const { workspace } = api;
      const config = { api_version };
      const first = await sync({ streams, config });
      clock.advance(3_600_000);
      const since = Math.floor(clock.now() / 1000);
      // Eight of each, a second apart, so that late ones lie before and between those that are found at once.
      for (let turn = 0; turn < 8; turn++) {
        // Of two companies one has no users, which no search finds.
        const [company] = [workspace.createCompany(), workspace.createCompany()];
        workspace.attachCompany(workspace.createContact().id, company.id);
        workspace.createTicket();
        workspace.addConversationPart(workspace.createConversation().id);
        clock.advance(1000);
      }
      clock.advance(60_000);
      const second = await sync({ streams, config, states: first.states });
      const found = (stream: string) =>
        second.records.get(stream)?.filter(({ created_at }) => Number(created_at) >= since).length ?? 0;
      for (const stream of streams) {
        expect(found(stream)).toBeGreaterThan(0);
        expect(found(stream)).toBeLessThan(8);
      }
      clock.advance(300_000);
      const third = await sync({ streams, config, states: second.states });
      clock.advance(7 * 86_400_000);
      const fourth = await sync({ streams, config, states: third.states });
      const searched = streams.filter((stream) => stream !== 'companies');
      await expectNothingLost(api, [first, second, third], searched, api_version);
      await expectNothingLost(api, [first, second, third, fourth], streams, api_version);
      const withUsers = api.workspace.companies.rows().filter(({ user_count }) => user_count > 0);
      const companies = [first, second, third].flatMap(({ records }) => records.get('companies') ?? []);
      for (const { id } of withUsers) expect(companies.map((company) => company.id)).toContain(id);
    });
  });

  it('comes with the next sync of what lies inside of records, and of what belongs to them', async () => {
    const sizes = { ...none, tags: 1 };
    await withIntercom({ faults: [lag], sizes }, async ({ api, clock, sync }) => {
      const { workspace } = api;
      const wanted = ['contact_tags', 'contact_notes'];
      const first = await sync({ streams: wanted });
      clock.advance(3_600_000);
      const contacts: string[] = [];
      for (let turn = 0; turn < 8; turn++) {
        const contact = workspace.createContact({ companies: [], tags: [], notes: [] });
        workspace.addTag('contact', contact.id, workspace.tags[0]?.id ?? '');
        workspace.addNote(contact.id, 'Late');
        contacts.push(contact.id);
        clock.advance(1000);
      }
      clock.advance(60_000);
      const second = await sync({ streams: wanted, states: first.states });
      clock.advance(300_000);
      const third = await sync({ streams: wanted, states: second.states });
      const idsIn = ({ records }: typeof second, stream: string): unknown[] =>
        (records.get(stream) ?? [])
          .map(({ contact_id }) => contact_id)
          .filter((id) => contacts.includes(String(id)));
      for (const stream of wanted) {
        expect([stream, new Set(idsIn(second, stream)).size]).not.toEqual([stream, 8]);
        const found = new Set([second, third].flatMap((result) => idsIn(result, stream)));
        expect([stream, found.size]).toEqual([stream, 8]);
      }
    });
  });

  it('comes in none of the syncs where the overlap is too short', async () => {
    await withIntercom({ faults: [lag], sizes: none }, async ({ api, clock, sync }) => {
      const config = { search_overlap_minutes: 0 };
      const first = await sync({ streams: ['contacts'], config });
      clock.advance(3_600_000);
      const made = Array.from({ length: 8 }, () => {
        clock.advance(1000);
        return api.workspace.createContact().id;
      });
      clock.advance(60_000);
      const second = await sync({ streams: ['contacts'], config, states: first.states });
      clock.advance(300_000);
      const third = await sync({ streams: ['contacts'], config, states: second.states });
      const seen = [second, third].flatMap(({ records }) => records.get('contacts') ?? []);
      const found = made.filter((id) => seen.some((record) => record.id === id));
      expect(found.length).toBeGreaterThan(0);
      expect(found.length).toBeLessThan(made.length);
    });
  });

  it('does not bring what is unchanged twice in one sync', async () => {
    await withIntercom({ sizes: none }, async ({ clock, sync }) => {
      clock.advance(300_000);
      const first = await sync({ streams });
      const second = await sync({ streams, states: first.states });
      for (const result of [first, second]) {
        for (const stream of streams) {
          const ids = (result.records.get(stream) ?? []).map(({ id }) => id);
          expect(new Set(ids).size).toBe(ids.length);
        }
      }
    });
  });
});
