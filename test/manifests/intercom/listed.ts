import type { Workspace } from '../../intercom-api/workspace.ts';
import { type Ask, askIn, type Row } from './ask.ts';

/** Asks the API in other ways than the connector does. */
interface Listing {
  readonly workspace: Workspace;
  readonly version: string;
  readonly ask: Ask;
  /** The list of one answer. */
  rows(path: string, key: string): Promise<Row[]>;
  /** The lists of all pages. */
  paged(path: string, key: string): Promise<Row[]>;
  /** A stream's records, listed once. */
  of(stream: string): Promise<Row[]>;
}

/** How the records of each stream can be listed without windows, faults and limits. The list of all streams. */
const lists = {
  activity_logs: ({ rows }) => rows('/admins/activity_logs?created_at_after=0&per_page=250', 'activity_logs'),
  workspace: async ({ ask }) => [(await ask('/me')).app as Row],
  admins: ({ rows }) => rows('/admins?display_avatar=true', 'admins'),
  tags: ({ rows }) => rows('/tags', 'data'),
  teams: ({ rows }) => rows('/teams', 'teams'),
  segments: ({ rows }) => rows('/segments?include_count=true', 'segments'),
  companies: scrolledCompanies,
  company_segments: async ({ of, rows }) =>
    eachOf(await of('companies'), async ({ id }) =>
      (await rows(`/companies/${id}/segments`, 'data')).map((row) => ({ ...row, company_id: id })),
    ),
  company_attributes: ({ rows }) => rows('/data_attributes?model=company&include_archived=true', 'data'),
  contact_attributes: ({ rows }) => rows('/data_attributes?model=contact&include_archived=true', 'data'),
  contacts: async ({ paged, workspace }) =>
    (await paged('/contacts', 'data')).map((contact) => withWholeLists(contact, workspace)),
  conversations: ({ paged }) => paged('/conversations', 'conversations'),
  deleted_conversations: async ({ workspace }) => [...workspace.deletedConversations],
  conversation_parts: async ({ of, ask }) =>
    eachOf(await of('conversations'), async ({ id }) => {
      const { conversation_parts: parts } = await ask(`/conversations/${id}`);
      return rowsAt(parts as Row, 'conversation_parts').map((row) => ({
        ...row,
        conversation_id: Number(id),
      }));
    }),
  tickets: searchedTickets,
} satisfies Readonly<Record<string, (listing: Listing) => Promise<Row[]>>>;

export type StreamName = keyof typeof lists;

export const streamNames = Object.keys(lists) as readonly StreamName[];

/** All records of every stream: what a full sync from the beginning of time must come to. */
export async function listed(workspace: Workspace, version = '2.17'): Promise<Record<StreamName, Row[]>> {
  const listing = createListing(workspace, version);
  const found = await Promise.all(streamNames.map(async (name) => [name, await listing.of(name)] as const));
  return Object.fromEntries(found) as Record<StreamName, Row[]>;
}

function createListing(workspace: Workspace, version: string): Listing {
  const ask = askIn(workspace, version);
  const known = new Map<string, Promise<Row[]>>();
  const listing: Listing = {
    workspace,
    version,
    ask,
    rows: async (path, key) => rowsAt(await ask(path), key),
    async paged(path, key) {
      const all: Row[] = [];
      let after = '';
      for (;;) {
        const answer = await ask(`${path}?per_page=150${after}`);
        all.push(...rowsAt(answer, key));
        const token = nextToken(answer);
        if (token === undefined) return all;
        after = `&starting_after=${encodeURIComponent(token)}`;
      }
    },
    of(stream) {
      const list: (of: Listing) => Promise<Row[]> = lists[stream as StreamName];
      const rows = known.get(stream) ?? list(listing);
      known.set(stream, rows);
      return rows;
    },
  };
  return listing;
}

function rowsAt(answer: Row, key: string): Row[] {
  return answer[key] as Row[];
}

function nextToken(answer: Row): string | undefined {
  return ((answer.pages as Row | null)?.next as { starting_after?: string } | null | undefined)
    ?.starting_after;
}

async function eachOf(parents: readonly Row[], children: (parent: Row) => Promise<Row[]>): Promise<Row[]> {
  return (await Promise.all(parents.map(children))).flat();
}

async function scrolledCompanies({ ask }: Listing): Promise<Row[]> {
  const all: Row[] = [];
  let query = '';
  for (;;) {
    const answer = await ask(`/companies/scroll${query}`);
    const data = rowsAt(answer, 'data');
    if (data.length === 0) return all;
    all.push(...data);
    query = `?scroll_param=${answer.scroll_param}`;
  }
}

async function searchedTickets({ ask }: Listing): Promise<Row[]> {
  const all: Row[] = [];
  let starting_after: string | undefined;
  do {
    const query = { field: 'created_at', operator: '>', value: 0 };
    const answer = await ask('/tickets/search', { query, pagination: { per_page: 150, starting_after } });
    all.push(...rowsAt(answer, 'tickets'));
    starting_after = nextToken(answer);
  } while (starting_after !== undefined);
  return all;
}

/** A contact shows ten of its tags, notes and companies; the workspace knows all of them. */
function withWholeLists(contact: Row, workspace: Workspace): Row {
  const row = workspace.contacts.get(String(contact.id));
  const whole = (name: string, type: string, ids: readonly string[] = []): Row => ({
    ...(contact[name] as Row),
    data: ids.map((id) => ({ id, type, url: `/${name}/${id}` })),
    has_more: false,
  });
  const idsOf = (things: readonly { readonly id: string }[] = []) => things.map(({ id }) => id);
  return {
    ...contact,
    tags: whole('tags', 'tag', idsOf(row?.tags)),
    notes: whole('notes', 'note', idsOf(row?.notes)),
    companies: whole('companies', 'company', row?.companies),
  };
}
