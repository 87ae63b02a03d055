import type { StreamState } from '../../../engine/language/families.ts';
import type { JsonObject } from '../../../engine/util/json.ts';
import type { Fault } from '../../intercom-api/faults.ts';
import { defaultAccessToken } from '../../intercom-api/intercom-handlers.ts';
import { type IntercomApi, type StartOptions, startIntercomApi } from '../../intercom-api/server.ts';
import { listed } from './listed.ts';
import {
  type StreamName,
  type SyncOptions,
  type SyncResult,
  streamNames,
  syncIntercom,
} from './sync-intercom.ts';
import { type VirtualClock, virtualClock } from './virtual-clock.ts';

/** Whole syncs over real sockets: a busy machine may take its time. */
jest.setTimeout(120_000);

const keys: Partial<Record<StreamName, readonly string[]>> = {
  company_segments: ['company_id', 'id'],
  company_attributes: ['full_name'],
  contact_attributes: ['full_name'],
};

const keyOf = (stream: StreamName, record: JsonObject): string =>
  (keys[stream] ?? ['id']).map((field) => String(record[field])).join(' ');

const byKey = (stream: StreamName, records: readonly JsonObject[]): Map<string, JsonObject> =>
  new Map(records.map((record) => [keyOf(stream, record), record]));

const sorted = (stream: StreamName, records: readonly JsonObject[]): JsonObject[] =>
  [...records].sort((a, b) => (keyOf(stream, a) < keyOf(stream, b) ? -1 : 1));

interface Run {
  readonly api: IntercomApi;
  readonly clock: VirtualClock;
  sync(options?: Partial<SyncOptions>): Promise<SyncResult>;
}

/** Everything in them is younger than the start date below. */
const small = { contacts: 160, companies: 35, conversations: 50, tickets: 30, activityLogs: 40 };

async function withIntercom(options: StartOptions, run: (run: Run) => Promise<void>): Promise<void> {
  const clock = virtualClock();
  const api = await startIntercomApi({
    now: clock.now,
    sleep: clock.sleep,
    scrollPageSize: 10,
    ...options,
    sizes: { ...small, ...options.sizes },
  });
  const config = { access_token: defaultAccessToken, start_date: '2023-06-01T00:00:00Z', base_url: api.url };
  try {
    await run({
      api,
      clock,
      sync: ({ config: more, ...rest } = {}) =>
        syncIntercom({ clock, ...rest, config: withoutUndefined({ ...config, ...more }) }),
    });
  } finally {
    await api.close();
  }
}

const withoutUndefined = (config: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined));

async function expectEverything(
  api: IntercomApi,
  { records, errors }: SyncResult,
  streams: readonly StreamName[] = streamNames,
) {
  expect(errors).toEqual([]);
  const all = await listed(api.workspace);
  for (const stream of streams) {
    expect([stream, sorted(stream, records.get(stream) ?? [])]).toEqual([
      stream,
      sorted(stream, all[stream]),
    ]);
  }
}

/** What a destination holds after several syncs: the last record of each key. */
async function expectNothingLost(
  api: IntercomApi,
  results: readonly SyncResult[],
  streams: readonly StreamName[] = streamNames,
) {
  const all = await listed(api.workspace);
  for (const stream of streams) {
    const held = byKey(
      stream,
      results.flatMap(({ records }) => records.get(stream) ?? []),
    );
    for (const [key, record] of byKey(stream, all[stream]))
      expect([stream, held.get(key)]).toEqual([stream, record]);
  }
}

describe('a sync of Intercom', () => {
  it('reads all thirteen streams, record for record, and asks for nothing twice', async () => {
    await withIntercom({}, async ({ api, sync }) => {
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
      clock.advance(60_000);
      const before = api.requests.length;
      const second = await sync({ states: first.states });
      expect(second.errors).toEqual([]);
      await expectNothingLost(api, [first, second]);
      expect(second.records.get('contacts')?.map(({ id }) => id)).toEqual(
        expect.arrayContaining([contact.id, born.id]),
      );
      for (const stream of ['contacts', 'companies', 'conversations', 'tickets', 'activity_logs']) {
        expect(second.records.get(stream)?.length).toBeLessThanOrEqual(4);
      }
      const parts = api.requests.slice(before).filter(({ path }) => /^\/conversations\/\d+$/.test(path));
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

  it('goes on from a state that the reference connector once wrote', async () => {
    await withIntercom({}, async ({ api, clock, sync }) => {
      const { workspace } = api;
      const seconds = String(Math.floor(clock.now() / 1000));
      const state = { updated_at: seconds, conversations: { updated_at: seconds } };
      clock.advance(10_000);
      const [conversation] = workspace.conversations.rows();
      const part = workspace.addConversationPart(conversation?.id ?? '');
      const states = new Map([['conversation_parts', state]]);
      const { records, errors } = await sync({ streams: ['conversation_parts'], states });
      expect(errors).toEqual([]);
      expect(records.get('conversation_parts')?.map(({ id }) => id)).toContain(part.id);
      expect(api.requests.filter(({ path }) => /^\/conversations\/\d+$/.test(path))).toHaveLength(1);
    });
  });

  it.each(['2.16', 'Preview'])('speaks version %s of the API', async (version) => {
    await withIntercom({}, async ({ api, sync }) => {
      const { records, errors } = await sync({ config: { api_version: version } });
      expect(errors).toEqual([]);
      expect(new Set(api.requests.map(({ headers }) => headers['intercom-version']))).toEqual(
        new Set([version]),
      );
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
    await withIntercom({}, async ({ api, sync }) => {
      const body = 'Active subscription needed: scroll already exists, api_plan_restricted, scroll_exists';
      api.workspace.createConversation({ body, title: body });
      api.workspace.createCompany({ name: body });
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
    await withIntercom({ faults: [touch(20)] }, async ({ api, clock, sync }) => {
      let events = 0;
      const onEvent = () => {
        if (++events % 5 === 0) clock.advance(1000);
      };
      const first = await sync({ onEvent });
      expect(first.errors).toEqual([]);
      clock.advance(120_000);
      const second = await sync({ states: first.states });
      expect(second.errors).toEqual([]);
      const third = await sync({ states: second.states });
      await expectNothingLost(api, [first, second, third]);
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

describe('when Intercom fails', () => {
  const faults: Record<string, readonly Fault[]> = {
    'every tenth request with a 500': [
      { kind: 'status', code: 500, match: { path: /^(?!.*scroll)/, every: 10 } },
    ],
    'every tenth request with a 503': [{ kind: 'status', code: 503, match: { every: 10 } }],
    'every seventh request with a 429 without headers': [{ kind: 'status', code: 429, match: { every: 7 } }],
    'by cutting answers off': [{ kind: 'cut', match: { every: 9 } }],
    'by cutting pages of the scroll off': [{ kind: 'cut', match: { path: '/companies/scroll', nth: 3 } }],
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
        expect(result.errors).toHaveLength(2);
        for (const error of result.errors)
          expect(error).toMatch(/^transient_error: Intercom lost the scroll over companies 11 times/);
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
    await withIntercom({}, async ({ api, sync }) => {
      const headers = { Authorization: `Bearer ${defaultAccessToken}` };
      await fetch(`${api.url}/companies/scroll`, { headers });
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

describe('signing in', () => {
  const oauth = { clientId: 'id', clientSecret: 'secret', codes: ['code-1'], refreshTokens: ['refresh-0'] };
  const app = { auth_type: 'oauth', client_id: 'id', client_secret: 'secret' };

  it('renews tokens that expire within the sync, and tells the platform each refresh token', async () => {
    await withIntercom(
      { oauth: { ...oauth, rotate: true, expiresInSeconds: 90 } },
      async ({ api, clock, sync }) => {
        const credentials = { ...app, refresh_token: 'refresh-0' };
        const result = await sync({
          config: { access_token: undefined, credentials },
          onEvent: () => clock.advance(2_000),
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
    await withIntercom({}, async ({ sync }) => {
      const { errors } = await sync({ config: { access_token: 'wrong' }, streams: ['tags'] });
      expect(errors).toEqual([expect.stringMatching(/^config_error: Intercom refuses the access token/)]);
    });
  });
});

describe('at the edges of windows and days', () => {
  const startDate = '2025-01-10T05:00:00Z';
  const start = Date.parse(startDate) / 1000;
  const now = Date.parse('2025-06-15T12:00:00Z') / 1000;
  const step = 30 * 86_400;
  const zones = ['UTC', 'America/Los_Angeles', 'Australia/Lord_Howe', 'Pacific/Kiritimati', 'Asia/Kathmandu'];

  /** Seconds around every boundary of a window, and around midnight where the clocks change. */
  const edges = (): number[] => {
    const moments = [
      start,
      now,
      Date.parse('2025-03-09T08:00:00Z') / 1000,
      Date.parse('2025-04-05T15:00:00Z') / 1000,
    ];
    for (let edge = start; edge < now; edge += step) moments.push(edge);
    return moments.flatMap((moment) => [-3601, -1, 0, 1, 3600].map((offset) => moment + offset));
  };
  const none = { contacts: 1, companies: 1, conversations: 1, tickets: 1, activityLogs: 1 };

  it.each(zones)('nothing is lost and nothing comes twice in %s', async (timezone) => {
    await withIntercom({ timezone, sizes: none }, async ({ api, clock, sync }) => {
      const { workspace } = api;
      for (const at of edges().filter((moment) => moment <= now)) {
        const times = { created_at: at - 10, updated_at: at };
        workspace.createContact(times);
        workspace.createConversation(times);
        workspace.createTicket(times);
        workspace.addActivityLog({ created_at: at });
      }
      const streams = ['contacts', 'conversations', 'tickets', 'activity_logs'] as const;
      const first = await sync({ streams, config: { start_date: startDate } });
      expect(first.errors).toEqual([]);
      const all = await listed(workspace);
      for (const stream of streams) {
        const inRange = all[stream].filter((row) => Number(row.updated_at ?? row.created_at) >= start);
        expect([stream, sorted(stream, first.records.get(stream) ?? [])]).toEqual([
          stream,
          sorted(stream, inRange),
        ]);
      }
      // A record of the very second that the state names, written after it was read.
      const late = workspace.createContact({ created_at: now, updated_at: now });
      clock.advance(1000);
      const second = await sync({ streams, config: { start_date: startDate }, states: first.states });
      expect(second.records.get('contacts')?.map(({ id }) => id)).toContain(late.id);
    });
  });
});

describe('a sync that is killed', () => {
  it.each([
    ['as usual', []],
    ['not keeping the order', [{ kind: 'unordered', match: {} } as const]],
  ])(
    'goes on from its last state without a loss, the API %s',
    async (_name, faults) => {
      const streams = [
        'contacts',
        'conversations',
        'conversation_parts',
        'tickets',
        'companies',
        'company_segments',
      ] as const;
      const sizes = { contacts: 60, conversations: 30, companies: 20, tickets: 20 };
      await withIntercom({ faults, sizes }, async ({ api, clock, sync }) => {
        const cuts: { records: Map<string, JsonObject[]>; states: Map<string, StreamState> }[] = [];
        const records = new Map<string, JsonObject[]>();
        const states = new Map<string, StreamState>();
        let events = 0;
        await sync({
          streams,
          onEvent(event) {
            if (event.kind === 'records')
              records.set(event.stream, [...(records.get(event.stream) ?? []), ...event.records]);
            // States are wanted often: one is due after five minutes.
            clock.advance(20_000);
            if (event.kind !== 'state') return;
            states.set(event.stream, structuredClone(event.state));
            if (++events % 30 === 7 && cuts.length < 4) cuts.push(structuredClone({ records, states }));
          },
        });
        expect(cuts.length).toBeGreaterThan(2);
        for (const cut of cuts) {
          const rest = await sync({ streams, states: cut.states });
          await expectNothingLost(api, [{ ...rest, records: cut.records }, rest], streams);
        }
      });
    },
    30_000,
  );
});
