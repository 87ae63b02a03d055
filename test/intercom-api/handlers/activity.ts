import { ApiError, invalid, notFound } from '../error-list.ts';
import { cursorPageOf, pageOf, wholeNumber } from '../paging.ts';
import { type Call, get, post, type Route } from '../route.ts';
import type { ContactRow, JsonObject } from '../rows.ts';
import { noteView } from '../views/people.ts';

/** Events older than this cannot be listed, only counted. */
const eventDays = 90;

/** A contact's events follow from the contact: one every twenty days from its first to its last change, newest first. */
const eventsOf = (contact: ContactRow): JsonObject[] => {
  const events: JsonObject[] = [];
  for (let time = contact.created_at; time <= contact.updated_at && events.length < 60; time += 20 * 86_400) {
    events.push({
      type: 'event',
      event_name: events.length % 2 === 0 ? 'signed-in' : 'invited-friend',
      created_at: time,
      user_id: contact.external_id,
      id: contact.external_id,
      intercom_user_id: contact.id,
      email: contact.email ?? '',
      metadata: {},
    });
  }
  return events.reverse();
};

const events = (call: Call): JsonObject => {
  const { query, workspace } = call;
  if (query.get('type') !== 'user') throw invalid('type must be user', 'type');
  const contact =
    workspace.contacts.get(query.get('intercom_user_id') ?? '') ??
    workspace.contacts
      .rows()
      .find((row) => row.external_id === query.get('user_id') || row.email === (query.get('email') ?? ''));
  if (!contact) throw notFound('User Not Found');
  const all = eventsOf(contact);
  const who = { email: contact.email ?? '', intercom_user_id: contact.id, user_id: contact.external_id };
  if (query.get('summary') === 'true') {
    const names = [...new Set(all.map((event) => String(event.event_name)))];
    const at = (event: JsonObject | undefined): string =>
      new Date(Number(event?.created_at ?? 0) * 1000).toISOString();
    const summary = names.map((name) => {
      const same = all.filter((event) => event.event_name === name);
      return { name, first: at(same.at(-1)), last: at(same[0]), count: same.length, description: '' };
    });
    return { type: 'event.summary', ...who, events: summary };
  }
  const per_page = wholeNumber(query.get('per_page'), 'per_page', 15);
  const before = Number(query.get('before') ?? Number.POSITIVE_INFINITY);
  const oldest = workspace.seconds() - eventDays * 86_400;
  const listed = all.filter(
    (event) => Number(event.created_at) >= oldest && Number(event.created_at) * 1000 < before,
  );
  const page = listed.slice(0, per_page);
  const pages: JsonObject = {};
  if (listed.length > per_page) {
    const link = new URL(call.url);
    link.searchParams.set('before', String(Number(page.at(-1)?.created_at) * 1000));
    pages.next = link.href;
  }
  return { type: 'event.list', ...who, events: page, pages };
};

const executions = (call: Call): JsonObject => {
  const { lists } = call.workspace;
  if (!lists.data_connectors?.some((connector) => connector.id === call.params.id)) {
    throw notFound('Data connector not found', 'data_connector_not_found');
  }
  const bound = (name: string, fallback: number): number => {
    const text = call.query.get(name);
    if (text === null) return fallback;
    if (!/^\d+$/.test(text)) throw invalid(`${name} must be a Unix timestamp (integer)`, name);
    return Number(text);
  };
  const now = call.workspace.seconds();
  // Without bounds only the last hour is answered.
  const [from, to] = [bound('start_ts', now - 3600) * 1000, bound('end_ts', now) * 1000];
  const records = (lists.data_connector_executions ?? []).filter((record) => {
    const time = Date.parse(String(record.created_at));
    return record.data_connector_id === call.params.id && time >= from && time <= to;
  });
  return cursorPageOf(call, records, 'created_at', { perPage: 10, maxPerPage: 30 });
};

export const activityRoutes: readonly Route[] = [
  get('/events', events),
  get(
    '/calls',
    (call) =>
      pageOf(call, call.workspace.calls, (record) => record, { perPage: 25, maxPerPage: 25, next: 'absent' }),
    { since: 14 },
  ),
  post(
    '/calls/search',
    (call) => {
      const ids = ((call.body ?? {}) as JsonObject).conversation_ids;
      if (!Array.isArray(ids) || ids.length === 0 || ids.length > 20) {
        throw new ApiError(
          400,
          'conversation_id_limit_exceeded',
          'A list of up to 20 conversation IDs is required',
        );
      }
      const wanted = new Set(ids.map(String));
      const data = call.workspace.calls
        .filter((record) => wanted.has(String(record.conversation_id)))
        .map((record) => {
          const isDone = Number(record.id) % 2 === 0;
          const transcript = isDone ? [{ speaker: 'contact', text: 'Hello' }] : [];
          return { ...record, transcript, transcript_status: isDone ? 'completed' : null };
        });
      return { type: 'list', data };
    },
    { since: 14 },
  ),
  get(
    '/data_connectors',
    (call) => {
      const newest = [...(call.workspace.lists.data_connectors ?? [])].sort((a, b) =>
        String(a.updated_at) < String(b.updated_at) ? 1 : -1,
      );
      return cursorPageOf(call, newest, 'updated_at', { perPage: 20, maxPerPage: 50 });
    },
    { since: 16 },
  ),
  get('/data_connectors/:id/execution_results', executions, { since: 16 }),
  get(
    '/custom_object_instances/:type',
    (call) => {
      const records = (call.workspace.lists.custom_object_instances ?? []).filter(
        (one) => one.type === call.params.type,
      );
      if (records.length === 0) throw notFound(`Custom object type \`${call.params.type}\` not found`);
      const external = call.query.get('external_id');
      if (external === null && call.version < 16) throw invalid('external_id is required', 'external_id');
      if (external === null)
        return pageOf(call, records, (one) => one, { perPage: 20, maxPerPage: 150, next: 'url' });
      const found = records.find((one) => one.external_id === external);
      if (!found) throw notFound();
      return found;
    },
    { since: 13 },
  ),
  get('/notes/:id', (call) => {
    const { workspace, version, params } = call;
    for (const contact of workspace.contacts.rows()) {
      const note = contact.notes.find((candidate) => candidate.id === params.id);
      if (note) return noteView(note, { type: 'contact', id: contact.id }, workspace, version);
    }
    throw notFound();
  }),
];
