import type { Fault } from '../../intercom-api/faults.ts';
import type { StreamName } from './listed.ts';
import { listed } from './listed.ts';
import type { SyncResult } from './sync-intercom.ts';
import { type Api, withIntercom } from './with-intercom.ts';

const swept = ['contacts', 'companies', 'tickets'] as const;
const day = 86_400_000;
const sizes = { contacts: 40, companies: 15, tickets: 20 };
const config = { include_deletions: true, deletion_sweep_hours: 24 };

const isTombstone = (record: object): boolean => '_ab_cdc_deleted_at' in record;

/** What a destination holds that removes what it is told is deleted: the ids of the rows. */
function held(
  results: readonly SyncResult[],
  stream: string,
  keyOf = (record: Record<string, unknown>) => String(record.id),
) {
  const rows = new Set<string>();
  for (const { records } of results) {
    for (const record of records.get(stream) ?? []) {
      if (isTombstone(record)) rows.delete(keyOf(record));
      else rows.add(keyOf(record));
    }
  }
  return [...rows].sort();
}

async function expectSame(api: Api, results: readonly SyncResult[], streams: readonly StreamName[] = swept) {
  for (const { errors } of results) expect(errors).toEqual([]);
  const all = await listed(api.workspace);
  for (const stream of streams)
    expect([stream, held(results, stream)]).toEqual([stream, all[stream].map(({ id }) => String(id)).sort()]);
}

const told = (result: SyncResult, stream: string) =>
  (result.records.get(stream) ?? []).filter(isTombstone).map(({ id }) => id);

/** The first of each. */
const firstOf = ({ workspace }: Api) => ({
  contact:
    workspace.contacts.rows().find(({ role, companies }) => role === 'lead' && companies.length === 0)?.id ??
    '',
  company: workspace.companies.rows()[0]?.id ?? '',
  ticket: workspace.tickets.rows()[0]?.id ?? '',
});

describe.each(['2.11', '2.16', '2.17'])('a sweep in version %s', (api_version) => {
  const all = { ...config, api_version };

  it('tells once of what is gone', async () => {
    await withIntercom({ sizes }, async ({ api, clock, sync }) => {
      const first = await sync({ config: all, streams: swept });
      await expectSame(api, [first]);
      for (const stream of ['companies', 'tickets']) expect(told(first, stream)).toEqual([]);
      clock.advance(day);
      const gone = firstOf(api);
      api.workspace.deleteContact(gone.contact);
      api.workspace.deleteCompany(gone.company);
      api.workspace.deleteTicket(gone.ticket);
      clock.advance(600_000);
      const second = await sync({ config: all, streams: swept, states: first.states });
      await expectSame(api, [first, second]);
      expect(swept.map((stream) => told(second, stream))).toEqual([
        [gone.contact],
        [gone.company],
        [gone.ticket],
      ]);
      const [tombstone] = second.records.get('tickets')?.filter(isTombstone) ?? [];
      expect(tombstone).toEqual({
        type: 'ticket',
        id: gone.ticket,
        updated_at: Math.floor(clock.now() / 1000),
        _ab_cdc_deleted_at: new Date(clock.now()).toISOString().replace(/\.\d+Z$/, 'Z'),
      });
      clock.advance(day);
      const third = await sync({ config: all, streams: swept, states: second.states });
      for (const stream of swept) expect(told(third, stream)).toEqual([]);
    });
  });
});

/** A fault that can be switched on. */
function switched(code: number) {
  const match = { path: '/nothing' };
  const fault: Fault = { kind: 'status', code, match };
  return {
    fault,
    on: (path: string) => {
      match.path = path;
    },
  };
}

describe('a sweep', () => {
  it('waits until its time has come, and then knows of what came and went meanwhile', async () => {
    await withIntercom({ sizes }, async ({ api, clock, sync }) => {
      const first = await sync({ config, streams: swept });
      clock.advance(3 * 3_600_000);
      const contact = api.workspace.createContact({}).id;
      const ticket = api.workspace.createTicket({}).id;
      clock.advance(600_000);
      const second = await sync({ config, streams: swept, states: first.states });
      expect(second.records.get('contacts')?.map(({ id }) => id)).toContain(contact);
      clock.advance(600_000);
      api.workspace.deleteContact(contact);
      api.workspace.deleteTicket(ticket);
      clock.advance(600_000);
      const third = await sync({ config, streams: swept, states: second.states });
      expect(told(third, 'contacts')).toEqual([]);
      clock.advance(day);
      const fourth = await sync({ config, streams: swept, states: third.states });
      expect([told(fourth, 'contacts'), told(fourth, 'tickets')]).toEqual([[contact], [ticket]]);
      await expectSame(api, [first, second, third, fourth]);
    });
  });

  it.each([
    ['a page of its list', () => '/tickets/search'],
    ['the question for one', (ticket: string) => `/tickets/${ticket}`],
  ])('of which %s fails tells of nothing, and is read again', async (_what, pathOf) => {
    const failure = switched(403);
    await withIntercom({ sizes, faults: [failure.fault] }, async ({ api, clock, sync }) => {
      const streams = ['tickets'];
      const first = await sync({ config, streams });
      clock.advance(day);
      const { ticket } = firstOf(api);
      api.workspace.deleteTicket(ticket);
      clock.advance(600_000);
      failure.on(pathOf(ticket));
      const second = await sync({ config, streams, states: first.states });
      expect(second.errors).toEqual([expect.stringContaining('lacks a permission')]);
      expect(told(second, 'tickets')).toEqual([]);
      const kept = first.states.get('tickets')?.deletions;
      expect(kept).toMatchObject({ size: sizes.tickets, gone: [] });
      expect(second.states.get('tickets')?.deletions).toEqual(kept);
      failure.on('/nothing');
      const third = await sync({ config, streams, states: second.states });
      expect(told(third, 'tickets')).toEqual([ticket]);
      await expectSame(api, [{ ...first, errors: [] }, third], ['tickets']);
    });
  });

  it('does not take a server that answers anything but 404 or 410 for a deletion', async () => {
    const failure = switched(500);
    await withIntercom({ sizes, faults: [failure.fault] }, async ({ api, clock, sync }) => {
      const first = await sync({ config, streams: ['tickets'] });
      clock.advance(day);
      const { ticket } = firstOf(api);
      api.workspace.deleteTicket(ticket);
      clock.advance(600_000);
      failure.on(`/tickets/${ticket}`);
      const second = await sync({ config, streams: ['tickets'], states: first.states });
      expect(second.errors).toHaveLength(1);
      expect(told(second, 'tickets')).toEqual([]);
    });
  });

  it('that is killed is read again', async () => {
    await withIntercom({ sizes }, async ({ api, clock, sync }) => {
      const first = await sync({ config, streams: ['tickets'] });
      clock.advance(day);
      const gone = api.workspace.tickets.rows().slice(0, 3);
      for (const { id } of gone) api.workspace.deleteTicket(id);
      const born = api.workspace.createTicket({}).id;
      clock.advance(600_000);
      const states = new Map(first.states);
      const killed = sync({
        config,
        streams: ['tickets'],
        states,
        onEvent(event) {
          if (event.kind === 'state') states.set(event.stream, structuredClone(event.state));
          if (event.kind === 'records' && event.records.some(isTombstone)) throw new Error('killed');
        },
      });
      await expect(killed).rejects.toThrow('killed');
      clock.advance(600_000);
      const third = await sync({ config, streams: ['tickets'], states });
      expect(told(third, 'tickets').sort()).toEqual(gone.map(({ id }) => id).sort());
      await expectSame(api, [first, { ...third, records: withTicket(third, born) }], ['tickets']);
    });
  });

  it('is not misled by a list that is behind', async () => {
    const late: Fault = { kind: 'index-lag', seconds: 7200, match: {} };
    await withIntercom({ sizes, faults: [late] }, async ({ api, clock, sync }) => {
      const results = [await sync({ config, streams: swept })];
      const again = async () =>
        results.push(await sync({ config, streams: swept, states: results.at(-1)?.states ?? new Map() }));
      clock.advance(day);
      const gone = firstOf(api);
      api.workspace.createTicket({});
      api.workspace.createContact({});
      // Changed, found to be gone, and only then seen as it was before.
      api.workspace.touchTicket(gone.ticket);
      api.workspace.touchContact(gone.contact);
      clock.advance(60_000);
      api.workspace.deleteTicket(gone.ticket);
      api.workspace.deleteContact(gone.contact);
      for (let round = 0; round < 3; round++) {
        clock.advance(day);
        await again();
      }
      const wide = { ...config, search_overlap_minutes: 180 };
      results.push(await sync({ config: wide, streams: swept, states: results.at(-1)?.states ?? new Map() }));
      await expectSame(api, results);
    });
  });

  it('tells of what came back, and of its end a second time', async () => {
    await withIntercom({ sizes }, async ({ api, clock, sync }) => {
      const results = [await sync({ config, streams: swept })];
      const again = async () => {
        clock.advance(day);
        results.push(await sync({ config, streams: swept, states: results.at(-1)?.states ?? new Map() }));
        await expectSame(api, results);
        return results.at(-1) as SyncResult;
      };
      const { contact: id } = firstOf(api);
      const before = api.workspace.contacts.get(id);
      const { created_at, updated_at } = before ?? { created_at: 0, updated_at: 0 };
      api.workspace.deleteContact(id);
      expect(told(await again(), 'contacts')).toEqual([id]);
      // Unchanged: no search by updated_at finds it.
      api.workspace.createContact({ id, created_at, updated_at });
      expect((await again()).records.get('contacts')?.map((record) => record.id)).toContain(id);
      api.workspace.deleteContact(id);
      expect(told(await again(), 'contacts')).toEqual([id]);
      api.workspace.createContact({ id });
      await again();
      api.workspace.deleteContact(id);
      expect(told(await again(), 'contacts')).toEqual([id]);
    });
  });

  it('says when more is gone than it can tell', async () => {
    await withIntercom({ sizes: { tickets: 400 } }, async ({ api, clock, sync }) => {
      const small = { ...config, deletion_capacity: 50 };
      const first = await sync({ config: small, streams: ['tickets'] });
      clock.advance(day);
      for (const { id } of api.workspace.tickets.rows().slice(0, 300)) api.workspace.deleteTicket(id);
      clock.advance(600_000);
      const second = await sync({ config: small, streams: ['tickets'], states: first.states });
      expect(told(second, 'tickets')).toEqual([]);
      expect(second.warnings).toEqual([expect.stringContaining('Raise "deletion_capacity"')]);
      clock.advance(day);
      const { ticket } = firstOf(api);
      api.workspace.deleteTicket(ticket);
      clock.advance(600_000);
      const third = await sync({ config: small, streams: ['tickets'], states: second.states });
      expect(told(third, 'tickets')).toEqual([ticket]);
    });
  });

  it('keeps little, however much there is', async () => {
    const sizeWith = async (tickets: number): Promise<number> => {
      let size = 0;
      await withIntercom({ sizes: { tickets } }, async ({ sync }) => {
        const { states } = await sync({
          config: { ...config, deletion_capacity: 100 },
          streams: ['tickets'],
        });
        size = JSON.stringify(states.get('tickets')).length;
      });
      return size;
    };
    const [few, many] = [await sizeWith(10), await sizeWith(1000)];
    expect(many).toBeLessThan(few + 200);
    expect(many).toBeLessThan(100 * 50 + 2000);
  });

  it('is none of a parent, and none that nobody asked for', async () => {
    await withIntercom({ sizes }, async ({ api, sync }) => {
      await sync({ config, streams: ['contact_notes'] });
      await sync({ streams: swept });
      const bodies = api.requests.map(({ body }) => JSON.stringify(body ?? {}));
      expect(bodies.filter((body) => body.includes('created_at'))).toEqual([]);
    });
  });
});

describe('company_segments', () => {
  const pair = ({ company_id, id }: Record<string, unknown>) => `${company_id} ${id}`;
  const pairsIn = (api: Api) =>
    api.workspace.companies
      .rows()
      .flatMap((company) => company.segments.map((segment) => `${company.id} ${segment}`))
      .sort();

  it.each(['2.11', '2.17'])(
    'follow what companies enter and leave without being changed, in version %s',
    async (api_version) => {
      await withIntercom({ sizes: { companies: 30 } }, async ({ api, clock, sync }) => {
        const streams = ['company_segments'];
        const config = { api_version, company_segments_days: 1 };
        const results = [await sync({ config, streams })];
        expect(held(results, 'company_segments', pair)).toEqual(pairsIn(api));
        const [all = []] = [api.workspace.segments.map(({ id }) => String(id))];
        const companies = api.workspace.companies.rows();
        for (const [index, company] of companies.slice(0, 8).entries()) {
          const segments = all.filter((_, at) => (at + index) % 3 === 0);
          Object.assign(company, { segments });
        }
        api.workspace.deleteCompany(companies.at(-1)?.id ?? '');
        api.workspace.updateCompany(companies.at(-2)?.id ?? '', { segments: all.slice(0, 1) });
        for (let round = 0; round < 2; round++) {
          clock.advance(day);
          results.push(await sync({ config, streams, states: results.at(-1)?.states ?? new Map() }));
          expect(results.at(-1)?.errors).toEqual([]);
          expect(held(results, 'company_segments', pair)).toEqual(pairsIn(api));
        }
        expect(results.at(-1)?.records.get('company_segments')?.filter(isTombstone) ?? []).toEqual([]);
      });
    },
  );
});

/** The killed sync had told of it before. */
function withTicket({ records }: SyncResult, id: string): SyncResult['records'] {
  return new Map([...records, ['tickets', [...(records.get('tickets') ?? []), { id }]]]);
}
