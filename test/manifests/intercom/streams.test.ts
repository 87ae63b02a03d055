import type { Transport } from '../../../engine/contract/scope.ts';
import type { JsonObject } from '../../../engine/util/json/json.ts';
import type { Fault } from '../../intercom-api/faults.ts';
import type { Row } from './ask.ts';
import { listedMore, type MoreStreamName, moreStreamNames } from './listed-more.ts';
import { connectIntercom, type SyncResult } from './sync-intercom.ts';
import { type Api, type Run, withIntercom } from './with-intercom.ts';

/** Several pages of everything that has pages. */
const sizes = {
  ...{ contacts: 60, companies: 25, conversations: 30, tickets: 15 },
  ...{ articles: 52, newsItems: 52, calls: 30, collections: 52, macros: 160, customObjects: 160 },
};
const noLag: Fault = { kind: 'index-lag', seconds: 0, match: {} };

type Keys = ReadonlyMap<string, readonly string[]>;

async function primaryKeys(): Promise<Keys> {
  const connector = await connectIntercom({ access_token: 'x', start_date: '2024-01-01T00:00:00Z' });
  try {
    const streams = await connector.streams();
    return new Map(
      streams.map(({ name, primaryKey }) => [name, (primaryKey ?? []).map(([field = '']) => field)]),
    );
  } finally {
    await connector.close();
  }
}

/** What a destination holds: the last record of each key. */
function held(key: readonly string[], records: readonly Row[]): Row {
  const rows = new Map(
    records.map((record) => [key.map((field) => String(record[field])).join(' '), record]),
  );
  return Object.fromEntries([...rows].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * What lies inside of a record comes again as a whole when the record changes: what does not was removed from it.
 */
function withoutRemoved(rows: Row, parents: ReadonlyMap<unknown, Row>, kind: string | undefined): Row {
  if (kind === undefined) return rows;
  const isThere = (row: Row) => parents.get(row[`${kind}_id`])?.updated_at === row[`${kind}_updated_at`];
  return Object.fromEntries(Object.entries(rows).filter(([, row]) => isThere(row as Row)));
}

describe.each(['2.17', '2.11'])('in version %s', (version) => {
  let keys: Keys;
  let before: Record<MoreStreamName, Row[]>;
  let first: SyncResult;
  let second: SyncResult;
  let after: Record<MoreStreamName, Row[]>;
  let parents: ReadonlyMap<unknown, Row>;

  beforeAll(async () => {
    keys = await primaryKeys();
    await withIntercom({ sizes, faults: [noLag], exportSeconds: 1 }, async ({ api, clock, sync }) => {
      const streams = [...moreStreamNames, 'contacts', 'companies', 'conversations', 'tickets'];
      const config = { api_version: version };
      const [contact] = api.workspace.contacts.rows();
      for (let index = 0; index < 12; index++)
        api.workspace.addTag('contact', contact?.id ?? '', api.workspace.createTag(`Tag ${index}`).id);
      clock.advance(60_000);
      before = structuredClone(await listedMore(api.workspace, version));
      first = await sync({ streams, config });
      clock.advance(3_600_000);
      change(api);
      clock.advance(60_000);
      second = await sync({ streams, config, states: first.states });
      after = await listedMore(api.workspace, version);
      parents = new Map(
        [first, second].flatMap(({ records }) =>
          ['contacts', 'companies', 'conversations', 'tickets']
            .flatMap((name) => records.get(name) ?? [])
            .map((record) => [record.id, record] as const),
        ),
      );
    });
  });

  it('both syncs end well', () => {
    expect(first.errors).toEqual([]);
    expect(second.errors).toEqual([]);
  });

  it.each(moreStreamNames)('%s are read whole', (stream) => {
    const key = keys.get(stream) ?? [];
    const records = first.records.get(stream) ?? [];
    expect(before[stream].length).toBeGreaterThan(0);
    expect(held(key, records)).toEqual(held(key, before[stream]));
    expect(records).toHaveLength(before[stream].length);
  });

  it.each(moreStreamNames)('%s are the same as in the workspace after a second sync', (stream) => {
    const key = keys.get(stream) ?? [];
    const [kind] = key.length > 1 ? (/^(contact|company|conversation|ticket)(?=_)/.exec(stream) ?? []) : [];
    const rows = held(key, [...(first.records.get(stream) ?? []), ...(second.records.get(stream) ?? [])]);
    expect(withoutRemoved(rows, parents, kind)).toEqual(held(key, after[stream]));
  });
});

/** Something in every stream that can change. */
function change({ workspace }: Api): void {
  const [contact, other] = workspace.contacts.rows();
  const [company] = workspace.companies.rows();
  const [conversation, later] = workspace.conversations.rows();
  const [ticket] = workspace.tickets.rows();
  const tag = workspace.createTag('New').id;
  const now = workspace.seconds();
  if (!contact || !other || !company || !conversation || !later || !ticket)
    throw new Error('the workspace is empty');
  workspace.addTag('contact', contact.id, tag);
  workspace.touchContact(other.id, { tags: [], companies: [] });
  workspace.addNote(contact.id, 'Called');
  workspace.attachCompany(contact.id, company.id);
  workspace.addTag('company', company.id, tag);
  workspace.addTag('conversation', conversation.id, tag);
  workspace.touchConversation(later.id, { tags: [] });
  workspace.addTicketPart(ticket.id);
  workspace.addActivityLog({ activity_type: 'new_kind_of_event' });
  const iso = new Date(now * 1000).toISOString();
  for (const [name, list] of Object.entries(workspace.lists)) {
    const [changed] = list;
    if (!changed || changed.updated_at === undefined || name === 'article_versions') continue;
    changed.updated_at = typeof changed.updated_at === 'string' ? iso : now;
  }
}

describe('what lies inside of records', () => {
  const free = {
    contacts: ['contact_tags', 'contact_companies'],
    conversations: [
      'conversation_tags',
      'conversation_contacts',
      'conversation_teammates',
      'conversation_links',
    ],
    tickets: ['ticket_parts', 'ticket_contacts', 'ticket_links'],
    companies: ['company_tags'],
    teams: ['team_admins'],
    ticket_types: ['ticket_type_attributes'],
  };

  async function requestsOf({ api, sync }: Run, streams: readonly string[], states?: SyncResult['states']) {
    const from = api.requests.length;
    const result = await sync({ streams, ...(states && { states }) });
    expect(result.errors).toEqual([]);
    const paths = api.requests
      .slice(from)
      .map(({ method, path, query, body }) => JSON.stringify([method, path, query, body]));
    return { paths: paths.sort(), result };
  }

  it.each(Object.entries(free))(
    'costs no request beside those of %s, in the next sync neither',
    async (parent, streams) => {
      await withIntercom({ faults: [noLag] }, async (run) => {
        const alone = await requestsOf(run, [parent]);
        const together = await requestsOf(run, [parent, ...streams]);
        expect(together.paths.length).toBe(alone.paths.length);
        run.clock.advance(3_600_000);
        change(run.api);
        run.clock.advance(60_000);
        const later = await requestsOf(run, [parent, ...streams], together.result.states);
        const laterAlone = await requestsOf(run, [parent], together.result.states);
        expect(later.paths.length).toBe(laterAlone.paths.length);
      });
    },
  );

  it('stands where its records do, also where no record has any of it', async () => {
    await withIntercom({ faults: [noLag] }, async ({ api, sync }) => {
      for (const { id } of [...api.workspace.contacts.rows()]) {
        const { updated_at } = api.workspace.contacts.get(id) ?? { updated_at: 0 };
        api.workspace.touchContact(id, { tags: [], updated_at });
      }
      const { states, records } = await sync({ streams: ['contacts', 'contact_tags'] });
      expect(records.get('contact_tags') ?? []).toEqual([]);
      expect(states.get('contact_tags')?.contact_updated_at).toBe(states.get('contacts')?.updated_at);
    });
  });
});

describe('children', () => {
  it('are not asked for where their parent says that there are none', async () => {
    await withIntercom({ faults: [noLag] }, async ({ api, sync }) => {
      await sync({ streams: ['contact_notes', 'article_drafts'] });
      const withNotes = api.workspace.contacts.rows().filter(({ notes }) => notes.length > 0);
      const asked = api.requests.map(({ path }) => path);
      expect(asked.filter((path) => path.endsWith('/notes'))).toHaveLength(withNotes.length);
      const drafts = (api.workspace.lists.articles ?? []).filter(
        (one) => one.has_unpublished_changes === true,
      );
      expect(asked.filter((path) => path.endsWith('/draft'))).toHaveLength(drafts.length);
    });
  });

  it('are asked for only where the parent has changed', async () => {
    const streams = ['contact_segments', 'side_conversations', 'company_notes'];
    await withIntercom({ faults: [noLag] }, async ({ api, clock, sync }) => {
      const first = await sync({ streams });
      clock.advance(3_600_000);
      change(api);
      clock.advance(60_000);
      const from = api.requests.length;
      await sync({ streams, states: first.states });
      const children = api.requests
        .slice(from)
        .filter(({ path }) => /\/(segments|side_conversations|notes)$/.test(path));
      expect(children.length).toBeGreaterThan(0);
      expect(children.length).toBeLessThanOrEqual(8);
    });
  });
});

describe('lists with the newest first', () => {
  it.each(['articles', 'collections'])('%s are read no further than to the state', async (stream) => {
    await withIntercom({ sizes: { articles: 120, collections: 120 } }, async ({ api, clock, sync }) => {
      const first = await sync({ streams: [stream] });
      clock.advance(3_600_000);
      change(api);
      const from = api.requests.length;
      const second = await sync({ streams: [stream], states: first.states });
      expect(api.requests.slice(from)).toHaveLength(1);
      // And the one at which the state stands.
      expect(second.records.get(stream)?.length).toBeGreaterThan(0);
      expect(second.records.get(stream)?.length).toBeLessThanOrEqual(2);
    });
  });
});

describe('custom objects', () => {
  it('are a stream for each type that the config names', async () => {
    await withIntercom({ sizes }, async ({ api, clock, sync }) => {
      const config = { custom_object_types: ['Order'] };
      const streams = ['custom_object_order'];
      const first = await sync({ streams, config });
      expect(first.errors).toEqual([]);
      expect(first.records.get('custom_object_order')).toHaveLength(160);
      clock.advance(3_600_000);
      change(api);
      const second = await sync({ streams, config, states: first.states });
      const changed = second.records.get('custom_object_order') ?? [];
      expect(changed.map(({ external_id }) => external_id)).toContain('order_1');
      // And the one at which the state stands.
      expect(changed.length).toBeLessThanOrEqual(2);
    });
  });
});

describe('custom attributes', () => {
  const streams = ['contacts', 'companies', 'conversations', 'tickets'] as const;
  const typesOf = async (config: JsonObject, transport: Transport | undefined) => {
    const connector = await connectIntercom(config, transport && { transport });
    try {
      const all = await connector.streams();
      const schemas = streams.map(async (name) => {
        const properties = (await all.find((one) => one.name === name)?.schema())?.properties as Row;
        const custom = Object.entries(properties).filter(
          ([column]) => column.startsWith('custom_') && column !== 'custom_attributes',
        );
        return [name, new Map(custom.map(([column, schema]) => [column, (schema as Row).type]))] as const;
      });
      return new Map(await Promise.all(schemas));
    } finally {
      await connector.close();
    }
  };

  it('are columns of their own type when the config says so', async () => {
    await withIntercom({}, async ({ config, sync, transport }) => {
      const types = await typesOf({ ...config, typed_custom_attributes: true }, transport);
      expect(types.get('contacts')?.get('custom_contact_custom_1')).toEqual(['null', 'string']);
      expect(types.get('contacts')?.get('custom_contact_custom_2')).toEqual(['null', 'integer']);
      expect(types.get('companies')?.get('custom_company_custom_3')).toEqual(['null', 'boolean']);
      expect(types.get('conversations')?.get('custom_conversation_custom_5')).toEqual(['null', 'number']);
      expect(types.get('tickets')?.get('custom__default_title_')).toEqual(['null', 'string']);

      const { records, errors } = await sync({ streams, config: { typed_custom_attributes: true } });
      expect(errors).toEqual([]);
      for (const name of streams) {
        const attributes = name === 'tickets' ? 'ticket_attributes' : 'custom_attributes';
        for (const record of records.get(name) ?? []) {
          for (const [attribute, value] of Object.entries(record[attributes] as Row)) {
            expect([name, record[`custom_${attribute}`]]).toEqual([name, value]);
            expect([...(types.get(name)?.keys() ?? [])]).toContain(`custom_${attribute}`);
          }
        }
      }
    });
  });

  it('are left where they are otherwise, and nobody asks for their definitions', async () => {
    await withIntercom({}, async ({ api, sync }) => {
      const { records } = await sync({ streams: ['contacts', 'tickets'] });
      expect(
        Object.keys(records.get('contacts')?.[0] ?? {}).filter((name) => /^custom_(?!attributes)/.test(name)),
      ).toEqual([]);
      expect(
        api.requests.filter(({ path }) => path === '/data_attributes' || path === '/ticket_types'),
      ).toEqual([]);
    });
  });
});
