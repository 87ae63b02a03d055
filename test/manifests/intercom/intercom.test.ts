import type { StreamState } from '../../../engine/contract/families.ts';
import type { JsonObject } from '../../../engine/util/json/json.ts';
import type { Fault } from '../../intercom-api/faults.ts';
import { listed, type StreamName, streamNames } from './listed.ts';
import type { VirtualClock } from './virtual-clock.ts';
import {
  expectEverything,
  expectNothingLost,
  sorted,
  withIntercom,
  withIntercomServer,
} from './with-intercom.ts';

describe('a sync of Intercom', () => {
  it('reads its main streams, record for record, and asks for nothing twice', async () => {
    await withIntercomServer({}, async ({ api, sync }) => {
      const result = await sync();
      await expectEverything(api, result);
      expect(result.warnings).toEqual([]);
      const asked = api.requests
        .filter(({ path }) => path !== '/companies/scroll')
        .map(({ method, path, query, body }) => JSON.stringify([method, path, query, body]));
      expect(asked.length - new Set(asked).size).toBe(0);
      // 35 companies on pages of 10, and an empty page.
      expect(api.requests.filter(({ path }) => path === '/companies/scroll')).toHaveLength(5);
      expect(new Set(api.requests.map(({ status }) => status))).toEqual(new Set([200]));
    });
  });

  it('reads only what changed since the start date', async () => {
    await withIntercom({}, async ({ api, sync }) => {
      const start = '2025-03-01T07:30:00Z';
      const from = Date.parse(start) / 1000;
      const { records, errors } = await sync({ config: { start_date: start } });
      expect(errors).toEqual([]);
      const all = await listed(api.workspace);
      const changed = (record: JsonObject) => Number(record.updated_at) >= from;
      const expected: Partial<Record<StreamName, JsonObject[]>> = {
        contacts: all.contacts.filter(changed),
        companies: all.companies.filter(changed),
        conversations: all.conversations.filter(changed),
        tickets: all.tickets.filter(changed),
        activity_logs: all.activity_logs.filter(({ created_at }) => Number(created_at) >= from),
      };
      const conversations = new Set(expected.conversations?.map(({ id }) => Number(id)));
      const companies = new Set(expected.companies?.map(({ id }) => id));
      expected.conversation_parts = all.conversation_parts.filter((part) =>
        conversations.has(part.conversation_id as number),
      );
      expected.company_segments = all.company_segments.filter((segment) => companies.has(segment.company_id));
      for (const [stream, rows] of Object.entries(expected) as [StreamName, JsonObject[]][]) {
        expect(rows.length).toBeGreaterThan(0);
        expect([stream, sorted(stream, records.get(stream) ?? [])]).toEqual([stream, sorted(stream, rows)]);
      }
    });
  });

  it('reads what changed between two syncs, and hardly anything else', async () => {
    await withIntercom({}, async ({ api, clock, sync }) => {
      const { workspace } = api;
      const first = await sync();
      clock.advance(3_600_000);
      const [contact] = workspace.contacts.rows();
      const [company] = workspace.companies.rows();
      const [conversation] = workspace.conversations.rows();
      const [ticket] = workspace.tickets.rows();
      if (!contact || !company || !conversation || !ticket) throw new Error('the workspace is empty');
      workspace.touchContact(contact.id, { os: 'Changed' });
      const born = workspace.createContact();
      workspace.updateCompany(company.id, { name: 'Changed' });
      workspace.addConversationPart(conversation.id);
      workspace.touchTicket(ticket.id, { title: 'Changed' });
      workspace.addActivityLog();
      clock.advance(300_000);
      const before = api.requests.length;
      const second = await sync({ states: first.states });
      expect(second.errors).toEqual([]);
      await expectNothingLost(api, [first, second]);
      expect(second.records.get('contacts')?.map(({ id }) => id)).toEqual(
        expect.arrayContaining([contact.id, born.id]),
      );
      for (const stream of ['contacts', 'companies', 'conversations', 'tickets', 'activity_logs']) {
        expect(second.records.get(stream)?.length).toBeGreaterThan(0);
        expect(second.records.get(stream)?.length).toBeLessThanOrEqual(4);
      }
      const parts = api.requests.slice(before).filter(({ path }) => /^\/conversations\/\d+$/.test(path));
      expect(parts.length).toBeGreaterThan(0);
      expect(parts.length).toBeLessThanOrEqual(2);
    });
  });

  it('keeps states as the reference connector does', async () => {
    await withIntercom({}, async ({ sync }) => {
      const { states } = await sync({ streams: ['contacts', 'conversation_parts', 'activity_logs'] });
      const seconds = expect.stringMatching(/^\d{10}$/);
      expect(states.get('contacts')).toEqual({ updated_at: seconds });
      expect(states.get('activity_logs')).toEqual({ created_at: seconds });
      expect(states.get('conversation_parts')).toMatchObject({
        use_global_cursor: true,
        state: { updated_at: seconds },
        parent_state: { conversations: { updated_at: seconds } },
      });
    });
  });

  const entry = (id: string, at: string) => ({
    partition: { conversation_id: id, parent_slice: {} },
    cursor: { updated_at: at },
  });
  it.each<[string, (at: string) => StreamState]>([
    ['with the parent beside it', (at) => ({ updated_at: at, conversations: { updated_at: at } })],
    ['without a parent', (at) => ({ updated_at: at, prior_state: { updated_at: '1' } })],
    ['for each parent, some twice', (at) => ({ states: [entry('1', '5'), entry('1', at), entry('2', '7')] })],
  ])('goes on from a state that the reference connector once wrote, %s', async (_name, stateOf) => {
    await withIntercom({}, async ({ api, clock, sync }) => {
      const { workspace } = api;
      const state = stateOf(String(Math.floor(clock.now() / 1000)));
      clock.advance(10_000);
      const [conversation] = workspace.conversations.rows();
      const part = workspace.addConversationPart(conversation?.id ?? '');
      clock.advance(300_000);
      const states = new Map([['conversation_parts', state]]);
      const after = await sync({ streams: ['conversation_parts'], states });
      expect(after.errors).toEqual([]);
      expect(after.records.get('conversation_parts')?.map(({ id }) => id)).toContain(part.id);
      expect(api.requests.filter(({ path }) => /^\/conversations\/\d+$/.test(path))).toHaveLength(1);
      expect(after.states.get('conversation_parts')).toMatchObject({
        use_global_cursor: true,
        state: { updated_at: String(part.updated_at) },
        parent_state: { conversations: { updated_at: expect.stringMatching(/^\d{10}$/) } },
      });
    });
  });

  it.each(['2.16', 'Preview'])('speaks version %s of the API', async (version) => {
    await withIntercom({}, async ({ api, sync }) => {
      const { records, errors } = await sync({ config: { api_version: version } });
      expect(errors).toEqual([]);
      // Companies are read in a version that can search them.
      const asked = api.requests.filter(({ path }) => path !== '/companies/scroll');
      expect(new Set(asked.map(({ headers }) => headers['intercom-version']))).toEqual(new Set([version]));
      const all = await listed(api.workspace, version);
      for (const stream of streamNames) {
        expect([stream, sorted(stream, records.get(stream) ?? [])]).toEqual([
          stream,
          sorted(stream, all[stream]),
        ]);
      }
    });
  });
});

describe('what people write', () => {
  it('never counts as an error of the API', async () => {
    await withIntercom({}, async ({ api, clock, sync }) => {
      const body = 'Active subscription needed: scroll already exists, api_plan_restricted, scroll_exists';
      api.workspace.createConversation({ body, title: body });
      api.workspace.createCompany({ name: body });
      clock.advance(300_000);
      await expectEverything(api, await sync());
    });
  });
});

describe('while Intercom changes', () => {
  it('loses nothing over two syncs', async () => {
    const touch = (count: number): Fault => {
      let turn = 0;
      return {
        kind: 'mutate',
        match: { path: /search|scroll|conversations\/\d+|segments/, every: 3, times: count * 3 },
        run(workspace) {
          turn++;
          const pick = <T>(rows: readonly T[]): T => rows[(turn * 7) % rows.length] as T;
          workspace.touchContact(pick(workspace.contacts.rows()).id, { os: `Changed ${turn}` });
          workspace.createContact();
          workspace.updateCompany(pick(workspace.companies.rows()).id, { name: `Changed ${turn}` });
          workspace.addConversationPart(pick(workspace.conversations.rows()).id);
          workspace.touchTicket(pick(workspace.tickets.rows()).id);
          workspace.addActivityLog();
        },
      };
    };
    await withIntercomServer({ faults: [touch(20)] }, async ({ api, clock, sync }) => {
      let events = 0;
      const onEvent = () => {
        if (++events % 5 === 0) clock.advance(1000);
      };
      const first = await sync({ onEvent });
      expect(first.errors).toEqual([]);
      clock.advance(120_000);
      const second = await sync({ states: first.states });
      expect(second.errors).toEqual([]);
      clock.advance(300_000);
      const third = await sync({ states: second.states });
      await expectNothingLost(api, [first, second, third]);
    });
  });

  it('loses no child of a company that came after the pages that were kept for it', async () => {
    let time: VirtualClock | undefined;
    const change: Fault = {
      kind: 'mutate',
      match: { path: '/companies/scroll', nth: 2 },
      run(workspace) {
        workspace.createCompany({ segments: workspace.segments.map(({ id }) => String(id)) });
        time?.advance(20_000);
        const last = [...workspace.companies.rows()].sort((a, b) => (a.id < b.id ? -1 : 1)).at(-2);
        workspace.updateCompany(last?.id ?? '', { name: 'Changed later' });
        time?.advance(20_000);
      },
    };
    await withIntercom({ faults: [change] }, async ({ api, clock, sync }) => {
      time = clock;
      const streams = ['companies', 'company_segments'] as const;
      // One after the other: the children begin when all pages of the parent have been kept.
      const config = { concurrency: 1, company_scroll_days: 0 };
      const first = await sync({ streams, config });
      // The one that is new, and the one that changed since the sync began, come next time.
      expect(first.records.get('companies')).toHaveLength(api.workspace.companies.size - 2);
      clock.advance(3_600_000);
      const second = await sync({ streams, config, states: first.states });
      expect(second.errors).toEqual([]);
      await expectNothingLost(api, [first, second], streams);
    });
  });

  it('leaves out the children of a conversation that is deleted meanwhile', async () => {
    const gone: Fault = {
      kind: 'mutate',
      match: { path: /conversations\/\d+$/, nth: 1 },
      run(workspace) {
        for (const { id } of workspace.conversations.rows().slice(-10)) workspace.deleteConversation(id);
      },
    };
    await withIntercom({ faults: [gone] }, async ({ api, sync }) => {
      const result = await sync({ streams: ['conversation_parts'] });
      await expectEverything(api, result, ['conversation_parts']);
    });
  });
});

describe('signing in', () => {
  const oauth = { clientId: 'id', clientSecret: 'secret', codes: ['code-1'], refreshTokens: ['refresh-0'] };
  const app = { auth_type: 'oauth', client_id: 'id', client_secret: 'secret' };

  it('renews tokens that expire within the sync, and tells the platform each refresh token', async () => {
    await withIntercomServer(
      { oauth: { ...oauth, rotate: true, expiresInSeconds: 90 } },
      async ({ api, clock, sync }) => {
        const credentials = { ...app, refresh_token: 'refresh-0' };
        const result = await sync({
          // Few, because time flies here while requests are on their way.
          config: { access_token: undefined, credentials, concurrency: 8 },
          onEvent: ({ kind }) => {
            if (kind === 'records') clock.advance(2_000);
          },
        });
        await expectEverything(api, result);
        expect(result.configs.length).toBeGreaterThan(1);
        const last = result.configs.at(-1)?.credentials as JsonObject;
        expect(last.refresh_token).toBe(`refresh-${result.configs.length}`);
        expect(api.requests.filter(({ status }) => status !== 200)).toEqual([]);
      },
    );
  });

  it('renews a token once when Intercom refuses it', async () => {
    await withIntercom({ oauth }, async ({ api, sync }) => {
      const credentials = { ...app, refresh_token: 'refresh-0', access_token: 'revoked' };
      const result = await sync({ config: { access_token: undefined, credentials } });
      await expectEverything(api, result);
      expect(api.requests.filter(({ path }) => path === '/auth/eagle/token')).toHaveLength(1);
    });
  });

  it('exchanges a code once', async () => {
    await withIntercom({ oauth }, async ({ api, sync }) => {
      const credentials = { ...app, code: 'code-1' };
      const result = await sync({ config: { access_token: undefined, credentials } });
      await expectEverything(api, result);
      expect(result.configs).toHaveLength(1);
      expect(result.configs[0]?.credentials).not.toHaveProperty('code');
    });
  });

  it('says what is wrong with a refused access token', async () => {
    await withIntercom({}, async ({ api, sync }) => {
      const { errors } = await sync({ config: { access_token: 'wrong' }, streams: ['tags', 'contacts'] });
      expect(errors).toEqual([expect.stringMatching(/^config_error: Intercom refuses the access token/)]);
      // Contacts have a window for each of the 25 months; those under way at once learn it at once.
      expect(api.requests.length).toBeGreaterThan(0);
      expect(api.requests.length).toBeLessThanOrEqual(9);
    });
  });

  it('does not try a refused refresh token again', async () => {
    await withIntercom({ oauth }, async ({ api, sync }) => {
      const credentials = { ...app, refresh_token: 'stale' };
      const { errors } = await sync({
        config: { access_token: undefined, credentials },
        streams: ['tags', 'contacts'],
      });
      expect(errors).toEqual([expect.stringMatching(/^config_error: Intercom gave no access token/)]);
      expect(api.requests.map(({ path }) => path)).toEqual(['/auth/eagle/token']);
    });
  });
});
