import type { Workspace } from '../../intercom-api/workspace.ts';
import { type Ask, askIn, type Row } from './ask.ts';
import { listed, type StreamName } from './listed.ts';

/** The others: what lies inside of records, settings, content, children and exports. */
export const moreStreamNames = [
  ...['ticket_parts', 'ticket_contacts', 'ticket_links', 'conversation_tags'],
  ...['conversation_contacts', 'conversation_teammates', 'conversation_links', 'contact_tags'],
  ...['contact_companies', 'company_tags', 'team_admins', 'ticket_type_attributes', 'ticket_types'],
  ...['ticket_states', 'conversation_attributes', 'subscription_types', 'brands', 'email_settings'],
  ...['away_status_reasons', 'audiences', 'activity_log_event_types', 'office_hours_schedules'],
  ...['office_hours_exceptions', 'help_centers', 'collections', 'help_center_redirects', 'articles'],
  ...['internal_articles', 'content_snippets', 'content_import_sources', 'external_pages'],
  ...['news_items', 'newsfeeds', 'newsfeed_items', 'macros', 'data_connectors'],
  ...['data_connector_executions', 'reporting_datasets', 'contact_notes', 'contact_subscriptions'],
  ...['contact_segments', 'contact_merge_history', 'company_notes', 'conversation_handling_events'],
  ...['side_conversations', 'article_versions', 'article_drafts', 'team_metrics', 'calls'],
  ...['call_transcripts', 'data_events', 'data_event_summaries', 'message_exports'],
] as const;

/** Has no records but in windows of a sync: `reporting-data.test.ts` tells what they are. */
export const reportStreamName = 'reporting_data';

export type MoreStreamName = (typeof moreStreamNames)[number];

/**
 * What the API's description calls a record, where that is not the name of the stream in the singular; nothing, where a
 * record is made of several or is described nowhere.
 */
export const otherNames: Readonly<Partial<Record<StreamName | MoreStreamName, string>>> = {
  workspace: 'app',
  company_segments: 'segment',
  company_attributes: 'data_attribute',
  contact_attributes: 'data_attribute',
  deleted_conversations: 'deleted_conversation_item',
  ticket_contacts: 'contact_reference',
  ticket_links: 'linked_object',
  conversation_tags: 'tag',
  conversation_contacts: 'contact_reference',
  conversation_teammates: 'reference',
  conversation_links: 'linked_object',
  contact_tags: 'addressable_list',
  company_tags: 'tag_basic',
  team_admins: '',
  ticket_states: 'ticket_state_detailed',
  activity_log_event_types: '',
  articles: 'article_list_item',
  internal_articles: 'internal_article_list_item',
  newsfeed_items: 'news_item',
  data_connector_executions: 'data_connector_execution_result',
  reporting_datasets: '',
  contact_notes: 'note',
  contact_subscriptions: 'subscription_type',
  contact_segments: 'segment',
  contact_merge_history: 'merge_history_item',
  conversation_handling_events: 'handling_event',
  side_conversations: 'side_conversation_summary',
  article_versions: 'article_version_summary',
  article_drafts: 'article',
  call_transcripts: 'call',
  data_event_summaries: 'data_event_summary_item',
  message_exports: 'data_export_csv',
};

const rowsAt = (record: Row, ...path: readonly string[]): Row[] =>
  (path.reduce<unknown>((inner, name) => (inner as Row | undefined)?.[name], record) as Row[] | undefined) ??
  [];

/** All pages of a list with page numbers, fewer records on each than the connector asks for. */
async function pagesOf(ask: Ask, path: string, key = 'data'): Promise<Row[]> {
  const all: Row[] = [];
  for (let page = 1; ; page++) {
    const answer = await ask(`${path}?page=${page}&per_page=20`);
    all.push(...rowsAt(answer, key));
    const { total_pages = 1 } = (answer.pages ?? answer) as { total_pages?: number };
    if (page >= total_pages) return all;
  }
}

/** What lies inside of other records, one row for each of it. */
const inside = (kind: string, parents: readonly Row[], ...path: readonly string[]): Row[] =>
  parents.flatMap((parent) =>
    rowsAt(parent, ...path).map((item) => ({
      ...item,
      [`${kind}_id`]: parent.id,
      [`${kind}_updated_at`]: parent.updated_at,
    })),
  );

/** One list for each parent. */
async function below(
  kind: string,
  parents: readonly Row[],
  children: (id: string) => Promise<readonly Row[]>,
): Promise<Row[]> {
  const lists = parents.map(async (parent) =>
    (await children(String(parent.id))).map((child) => ({
      ...child,
      [`${kind}_id`]: parent.id,
      [`${kind}_updated_at`]: parent.updated_at,
    })),
  );
  return (await Promise.all(lists)).flat();
}

/**
 * What a full sync of the streams that are not in `listed` must come to: out of the workspace itself, or as its API
 * tells when it is asked in another way.
 */
export async function listedMore(
  workspace: Workspace,
  version = '2.17',
): Promise<Record<MoreStreamName, Row[]>> {
  // A stream that is younger than the version is read in the first one that has it.
  const ask = askIn(workspace, version);
  const since = (first: string) => askIn(workspace, version < first ? first : version);
  const latest = since('2.16');
  const { lists } = workspace;
  const { contacts, companies, conversations, tickets, teams } = await listed(workspace, version);
  const ticketTypes = rowsAt(await ask('/ticket_types'), 'data');
  const calls = workspace.calls.map(({ conversation_id }) => String(conversation_id));
  const conversationsWithCalls = [...new Set(calls)].sort();
  const transcripts: Row[] = [];
  for (const id of conversationsWithCalls) {
    transcripts.push(...rowsAt(await latest('/calls/search', { conversation_ids: [id] }), 'data'));
  }
  const drafts = (lists.articles ?? []).filter(({ has_unpublished_changes: has }) => has === true);
  return {
    ticket_parts: inside('ticket', tickets, 'ticket_parts', 'ticket_parts'),
    ticket_contacts: inside('ticket', tickets, 'contacts', 'contacts'),
    ticket_links: inside('ticket', tickets, 'linked_objects', 'data'),
    conversation_tags: inside('conversation', conversations, 'tags', 'tags'),
    conversation_contacts: inside('conversation', conversations, 'contacts', 'contacts'),
    conversation_teammates: inside('conversation', conversations, 'teammates', 'admins'),
    conversation_links: inside('conversation', conversations, 'linked_objects', 'data'),
    contact_tags: inside('contact', contacts, 'tags', 'data'),
    contact_companies: inside('contact', contacts, 'companies', 'data'),
    company_tags: inside('company', companies, 'tags', 'tags'),
    team_admins: teams.flatMap(({ id, admin_ids }) =>
      (admin_ids as number[]).map((admin) => ({ team_id: id, admin_id: String(admin) })),
    ),
    ticket_type_attributes: ticketTypes.flatMap((type) => rowsAt(type, 'ticket_type_attributes', 'data')),
    ticket_types: ticketTypes,
    ticket_states: rowsAt(await latest('/ticket_states'), 'data'),
    conversation_attributes: rowsAt(await latest('/conversations/attributes?include_archived=true'), 'data'),
    subscription_types: [...workspace.subscriptionTypes],
    brands: lists.brands ?? [],
    email_settings: lists.emails ?? [],
    away_status_reasons: lists.away_status_reasons ?? [],
    audiences: lists.audiences ?? [],
    activity_log_event_types: [...new Set(workspace.activityLogs.map((row) => row.activity_type))].map(
      (event_type) => ({ event_type }),
    ),
    office_hours_schedules: lists.office_hours_schedules ?? [],
    office_hours_exceptions: lists.office_hours_exceptions ?? [],
    help_centers: rowsAt(await ask('/help_center/help_centers'), 'data'),
    collections: lists.collections ?? [],
    help_center_redirects: lists.help_center_redirects ?? [],
    articles: await pagesOf(ask, '/articles'),
    internal_articles: lists.internal_articles ?? [],
    content_snippets: lists.content_snippets ?? [],
    content_import_sources: lists.content_import_sources ?? [],
    external_pages: lists.external_pages ?? [],
    news_items: lists.news_items ?? [],
    newsfeeds: lists.newsfeeds ?? [],
    newsfeed_items: (lists.news_items ?? []).flatMap((item) =>
      rowsAt(item, 'newsfeed_assignments').map(({ newsfeed_id }) => ({
        ...item,
        newsfeed_id: String(newsfeed_id),
      })),
    ),
    macros: lists.macros ?? [],
    data_connectors: lists.data_connectors ?? [],
    data_connector_executions: lists.data_connector_executions ?? [],
    reporting_datasets: rowsAt(await latest('/export/reporting_data/get_datasets'), 'data'),
    contact_notes: await below('contact', contacts, (id) => pagesOf(ask, `/contacts/${id}/notes`)),
    contact_subscriptions: await below('contact', contacts, async (id) =>
      rowsAt(await ask(`/contacts/${id}/subscriptions`), 'data'),
    ),
    contact_segments: await below('contact', contacts, async (id) =>
      rowsAt(await ask(`/contacts/${id}/segments`), 'data'),
    ),
    contact_merge_history: await below('contact', contacts, async (id) => {
      const { role } = workspace.contacts.get(id) ?? {};
      return role === 'user' ? rowsAt(await latest(`/contacts/${id}/merge_history`), 'data') : [];
    }),
    company_notes: await below('company', companies, (id) =>
      pagesOf(since('2.15'), `/companies/${id}/notes`),
    ),
    conversation_handling_events: await below('conversation', conversations, async (id) =>
      rowsAt(await latest(`/conversations/${id}/handling_events`), 'handling_events').map((event) => ({
        ...event,
        teammate_id: String((event.teammate as Row).id),
      })),
    ),
    side_conversations: await below('conversation', conversations, (id) =>
      pagesOf(latest, `/conversations/${id}/side_conversations`, 'side_conversations'),
    ),
    article_versions: lists.article_versions ?? [],
    article_drafts: await Promise.all(drafts.map(({ id }) => latest(`/articles/${id}/draft`))),
    team_metrics: teams.flatMap(({ id, admin_ids }) =>
      (admin_ids as number[]).map((admin, index) => ({
        type: 'team_metric',
        team_id: id,
        admin_id: String(admin),
        open: index + 1,
        idle: index,
        snoozed: 0,
      })),
    ),
    calls: workspace.calls,
    call_transcripts: transcripts,
    data_events: await below('contact', contacts, async (id) =>
      rowsAt(await ask(`/events?type=user&intercom_user_id=${id}&per_page=60`), 'events'),
    ),
    data_event_summaries: await below('contact', contacts, async (id) =>
      rowsAt(await ask(`/events?type=user&intercom_user_id=${id}&summary=true`), 'events'),
    ),
    message_exports: workspace.contacts.rows().flatMap((contact) => {
      const received = contact.last_contacted_at;
      if (received === null) return [];
      const row: Row = {
        user_id: contact.id,
        user_external_id: contact.external_id,
        company_id: contact.companies[0] ?? null,
        email: contact.email,
        name: contact.name,
        ...{ ruleset_id: '1', content_id: '1', content_type: 'email', content_title: 'Hello, "you"' },
        receipt_id: `r-${contact.id}`,
        received_at: received,
        first_open: received + 60,
      };
      return [Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null))];
    }),
  };
}
