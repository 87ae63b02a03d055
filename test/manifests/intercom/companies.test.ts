import type { Fault } from '../../intercom-api/faults.ts';
import { expectNothingLost, withIntercom } from './with-intercom.ts';

const sizes = { contacts: 60, companies: 205, conversations: 1, tickets: 1, activityLogs: 1 };
const day = 86_400_000;
const streams = ['companies', 'company_segments'] as const;

describe('companies', () => {
  it('are scrolled over once, however slowly their records are taken', async () => {
    await withIntercom({ sizes }, async ({ api, clock, sync }) => {
      const result = await sync({
        streams,
        onEvent({ kind }) {
          if (kind === 'records') clock.advance(61_000);
        },
      });
      expect(result.errors).toEqual([]);
      await expectNothingLost(api, [result], streams);
      expect(result.records.get('companies')).toHaveLength(205);
      // Pages of ten, and an empty one.
      expect(api.requests.filter(({ path }) => path === '/companies/scroll')).toHaveLength(22);
    });
  });

  it.each(['2.11', '2.16', '2.17', 'Preview'])(
    'that changed are searched, and all of them scrolled over once a week, in version %s',
    async (api_version) => {
      await withIntercom({ sizes }, async ({ api, clock, sync }) => {
        const { workspace } = api;
        const config = { api_version };
        const asked = (path: string) => api.requests.filter((request) => request.path === path).length;
        const results = [await sync({ config, streams: ['companies'] })];
        const lonely = workspace.companies.rows().find(({ user_count }) => user_count === 0);
        const [shared] = workspace.companies.rows().filter(({ user_count }) => user_count > 0);
        if (lonely === undefined || shared === undefined) throw new Error('there is no such company');
        expect([asked('/companies/scroll'), asked('/companies/search')]).toEqual([22, 0]);
        // 15 June 2025 is a Sunday; weeks begin on Thursdays, as the first one of all did.
        for (let turn = 0; turn < 3; turn++) {
          clock.advance(day);
          workspace.updateCompany(lonely.id, { name: `Lonely ${turn}` });
          workspace.updateCompany(shared.id, { name: `Shared ${turn}` });
          clock.advance(300_000);
          const last = results.at(-1);
          results.push(await sync({ config, streams: ['companies'], states: last?.states ?? new Map() }));
          expect(results.at(-1)?.errors).toEqual([]);
          const found = results
            .at(-1)
            ?.records.get('companies')
            ?.map(({ id }) => id);
          expect(found).toContain(shared.id);
          expect(found).not.toContain(lonely.id);
        }
        expect([asked('/companies/scroll'), asked('/companies/search')]).toEqual([22, 3]);
        // Thursday: the changes of the company without users come, although later ones of others have come before.
        clock.advance(day);
        workspace.updateCompany(shared.id, { name: 'Shared on Thursday' });
        clock.advance(300_000);
        const { states = new Map() } = results.at(-1) ?? {};
        results.push(await sync({ config, streams: ['companies'], states }));
        expect([asked('/companies/scroll'), asked('/companies/search')]).toEqual([44, 3]);
        await expectNothingLost(api, results, ['companies'], api_version);
      });
    },
  );

  it.each(['2.11', '2.17'])(
    'of version %s are scrolled over in each sync when company_scroll_days is 0',
    async (api_version) => {
      await withIntercom({ sizes: { ...sizes, companies: 15 } }, async ({ api, clock, sync }) => {
        const config = { api_version, company_scroll_days: 0 };
        const first = await sync({ streams: ['companies'], config });
        clock.advance(3_600_000);
        await sync({ streams: ['companies'], config, states: first.states });
        expect(api.requests.map(({ path }) => path)).toEqual(Array(6).fill('/companies/scroll'));
      });
    },
  );

  it('that have not changed for long are searched all the same', async () => {
    await withIntercom({ sizes: { ...sizes, companies: 15 } }, async ({ api, clock, sync }) => {
      const both = ['companies', 'company_tags'];
      const first = await sync({ streams: both });
      clock.advance(80 * day);
      const second = await sync({ streams: both, states: first.states });
      const before = api.requests.length;
      for (let states = second.states, turn = 0; turn < 3; turn++) {
        clock.advance(3_600_000);
        ({ states } = await sync({ streams: both, states }));
      }
      expect(api.requests.slice(before).map(({ path }) => path)).toEqual(Array(3).fill('/companies/search'));
    });
  });

  it.each([
    [400, 'intercom_version_invalid'],
    [403, 'forbidden'],
  ])('that may not be searched say what to do instead, when Intercom answers %s', async (code, reason) => {
    const body = { type: 'error.list', errors: [{ code: reason, message: 'No' }] };
    const refused: Fault = { kind: 'status', code, body, match: { path: '/companies/search' } };
    const few = { ...sizes, companies: 15 };
    await withIntercom({ sizes: few, faults: [refused] }, async ({ clock, sync }) => {
      const first = await sync({ streams: ['companies'] });
      clock.advance(3_600_000);
      const second = await sync({ streams: ['companies'], states: first.states });
      expect(second.errors).toEqual([expect.stringMatching(/^config_error: .*"company_scroll_days" to 0/)]);
      const third = await sync({
        config: { company_scroll_days: 0 },
        streams: ['companies'],
        states: second.states,
      });
      expect(third.errors).toEqual([]);
    });
  });

  it('have all of their notes', async () => {
    await withIntercom({ sizes: { ...sizes, companies: 3 } }, async ({ api, sync }) => {
      const { workspace } = api;
      const [company] = workspace.companies.rows();
      if (company === undefined) throw new Error('the workspace is empty');
      const notes = Array.from({ length: 13 }, (_, index) => ({
        id: `${9000 + index}`,
        created_at: 1_700_000_000 + index,
        authorId: workspace.admins[0]?.id ?? '',
        body: 'Note',
      }));
      workspace.updateCompany(company.id, { notes });
      const { records, errors } = await sync({ streams: ['companies'] });
      expect(errors).toEqual([]);
      const record = records.get('companies')?.find(({ id }) => id === company.id);
      expect(record?.notes).toMatchObject({ total_count: 13, has_more: false });
      const whole = notes.map(({ id }) => ({ id, type: 'note', url: `/notes/${id}` }));
      expect(record).toHaveProperty('notes.data', whole);
    });
  });
});
