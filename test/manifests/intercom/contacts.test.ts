import type { Transport } from '../../../engine/contract/scope.ts';
import type { JsonObject } from '../../../engine/util/json/json.ts';
import type { Fault } from '../../intercom-api/faults.ts';
import { testResponse } from '../../kit/response.ts';
import { connectIntercom } from './sync-intercom.ts';
import { expectNothingLost, withIntercom } from './with-intercom.ts';

const streams = ['contacts'] as const;
const none = { contacts: 0, companies: 30, conversations: 0, tickets: 0, activityLogs: 1, tags: 20 };
const at = (name: string) => (record: JsonObject | undefined) =>
  (record?.[name] as { data: JsonObject[]; total_count: number; has_more: boolean }) ?? { data: [] };

describe('a contact with more than ten of something', () => {
  it.each(['2.11', '2.17'])('has all of it in version %s', async (api_version) => {
    await withIntercom({ sizes: none }, async ({ api, clock, sync }) => {
      const { workspace } = api;
      const companies = workspace.companies.rows().map(({ id }) => id);
      const many = workspace.createContact({ companies: companies.slice(0, 25), tags: [], notes: [] });
      for (const { id } of workspace.tags.slice(0, 16)) workspace.addTag('contact', many.id, id);
      for (let note = 0; note < 13; note++) workspace.addNote(many.id, `Note ${note}`);
      const few = workspace.createContact({ companies: companies.slice(0, 10), tags: [], notes: [] });
      clock.advance(300_000);
      const result = await sync({ streams, config: { api_version } });
      expect(result.errors).toEqual([]);
      const byId = new Map(result.records.get('contacts')?.map((record) => [record.id, record]));
      const record = byId.get(many.id);
      expect(at('companies')(record)).toMatchObject({ total_count: 25, has_more: false });
      expect(at('companies')(record).data.map(({ id }) => id)).toEqual(companies.slice(0, 25));
      expect(at('tags')(record).data).toHaveLength(16);
      expect(at('notes')(record).data).toHaveLength(13);
      // Later entries have the form of the first ten.
      expect(at('tags')(record).data.at(-1)).toEqual({ id: '16', type: 'tag', url: '/tags/16' });
      expect(at('companies')(byId.get(few.id)).data).toHaveLength(10);
      // Nothing is asked for where there is no more.
      const asked = api.requests.filter(({ path }) => /^\/contacts\/(?!search)/.test(path));
      expect(asked.map(({ path }) => path).sort()).toEqual(
        ['companies', 'notes', 'tags'].map((name) => `/contacts/${many.id}/${name}`),
      );
    });
  });

  // As a workspace has answered: eleven shown, fourteen counted, and no more said to be.
  it('has all of it although the list says that there is no more than it shows', async () => {
    const tags = Array.from({ length: 14 }, (_, index) => ({
      type: 'tag',
      id: String(index),
      name: `Tag ${index}`,
    }));
    const shown = { type: 'list', data: tags.slice(0, 11), total_count: 14, has_more: false };
    const asked: string[] = [];
    const transport: Transport = {
      async send({ url }) {
        asked.push(url.pathname);
        const contact = {
          type: 'contact',
          id: 'c1',
          updated_at: 1_749_900_000,
          tags: { ...shown, url: '/contacts/c1/tags' },
        };
        return testResponse({ body: { data: url.pathname === '/contacts/c1/tags' ? tags : [contact] } });
      },
      async close() {},
    };
    const config = { access_token: 'x', start_date: '2025-06-01T00:00:00Z' };
    const clock = { now: () => 1_750_000_000_000, sleep: async () => {} };
    const connector = await connectIntercom(config, { clock, transport });
    const found: JsonObject[] = [];
    for await (const record of connector.records('contacts')) found.push(record);
    expect(asked).toEqual(['/contacts/search', '/contacts/c1/tags']);
    expect(found.map((record) => at('tags')(record))).toMatchObject([{ total_count: 14, has_more: false }]);
    expect(at('tags')(found[0]).data.map(({ id }) => id)).toEqual(tags.map(({ id }) => id));
  });

  it('keeps what was seen of it when it is gone before the rest is asked for', async () => {
    const gone: Fault = {
      kind: 'mutate',
      match: { path: /companies$/, nth: 1 },
      run: (workspace) => workspace.deleteContact(workspace.contacts.rows()[0]?.id ?? ''),
    };
    await withIntercom({ sizes: none, faults: [gone] }, async ({ api, clock, sync }) => {
      const companies = api.workspace.companies.rows().map(({ id }) => id);
      api.workspace.createContact({ companies: companies.slice(0, 12), tags: [], notes: [] });
      clock.advance(300_000);
      const { records, errors, warnings } = await sync({ streams });
      expect(errors).toEqual([]);
      expect(warnings).toEqual([expect.stringContaining('of which the rest could not be read: 1')]);
      expect(at('companies')(records.get('contacts')?.[0])).toMatchObject({
        total_count: 12,
        has_more: true,
      });
    });
  });
});

describe('a sync of contacts every fifteen minutes', () => {
  const perDay = 2_400;

  async function requestsOf(api_version: string, faults: readonly Fault[] = []): Promise<number> {
    let count = 0;
    await withIntercom({ sizes: none, faults }, async ({ api, clock, sync }) => {
      const config = { api_version };
      // So that a day ends an hour after it is midnight in the workspace.
      clock.advance(18 * 3_600_000);
      const plain = { companies: [], tags: [], notes: [] };
      for (let contact = 0; contact < perDay; contact++) {
        api.workspace.createContact(plain);
        clock.advance(86_400_000 / perDay);
      }
      const first = await sync({ streams, config });
      for (let contact = 0; contact < perDay / 96; contact++) {
        clock.advance(86_400_000 / perDay);
        api.workspace.touchContact(api.workspace.contacts.rows()[contact]?.id ?? '', { os: 'Changed' });
      }
      const before = api.requests.length;
      const second = await sync({ streams, config, states: first.states });
      count = api.requests.length - before;
      clock.advance(300_000);
      const third = await sync({ streams, config, states: second.states });
      await expectNothingLost(api, [first, second, third], streams, api_version);
    });
    return count;
  }

  it.each(['2.11', '2.16', '2.17', 'Preview'])(
    'takes at most two requests in version %s',
    async (version) => {
      const count = await requestsOf(version);
      expect(count).toBeGreaterThan(0);
      expect(count).toBeLessThanOrEqual(2);
    },
  );

  it('reads all since midnight where the API does not keep the order', async () => {
    expect(await requestsOf('2.11', [{ kind: 'unordered', match: {} }])).toBeGreaterThan(
      ((perDay / 24) * 23) / 150,
    );
  });
});
