import { notFound } from '../error-list.ts';
import { pageOf } from '../paging.ts';
import { type Call, get, post, type Route } from '../route.ts';
import type { ConversationRow, JsonObject } from '../rows.ts';
import { conversationFields } from '../search-fields.ts';
import type { Field } from '../search-query.ts';
import { conversationView, fullConversationView } from '../views/conversation.ts';
import type { WorkspaceData } from '../workspace.ts';
import { search } from './search-of.ts';

const fieldsOf = new WeakMap<WorkspaceData, (name: string) => Field<ConversationRow> | undefined>();

const conversationOf = (call: Call): ConversationRow => {
  const row = call.workspace.conversations.get(call.params.id ?? '');
  if (!row) throw notFound();
  return row;
};

/** Bodies and subjects without their markup, all the way down. */
const plainText = (record: JsonObject): JsonObject =>
  JSON.parse(JSON.stringify(record), (key, value) =>
    (key === 'body' || key === 'subject') && typeof value === 'string'
      ? value.replaceAll(/<[^>]*>/g, '')
      : value,
  );

/** What teammates said among themselves: in every fifth conversation, from its beginning. */
const sideConversationsOf = (row: ConversationRow, { admins }: WorkspaceData): JsonObject[] => {
  if (Number(row.id) % 5 !== 0) return [];
  return ['1', '2'].map((number) => ({
    side_conversation_id: `${number}${row.id}`,
    conversation_parts: [
      {
        type: 'conversation_part',
        id: `${number}${row.id}0`,
        part_type: 'comment',
        body: '<p>Who knows?</p>',
        author: { type: 'admin', id: admins[0]?.id, name: admins[0]?.name, email: admins[0]?.email },
        created_at: row.created_at,
        updated_at: row.created_at,
      },
    ],
    total_count: 1,
  }));
};

const searchConversations = (
  call: Call,
  query: unknown,
  pagination: JsonObject,
  sort: unknown,
): JsonObject => {
  const { workspace, version } = call;
  const field = fieldsOf.get(workspace) ?? conversationFields(workspace);
  fieldsOf.set(workspace, field);
  const found = search(call, {
    name: 'conversations',
    table: workspace.conversations,
    dialect: { field, dates: 'orEqual', timezone: 'utc' },
    query,
    sort,
    pagination,
    defaultPerPage: 20,
    maxPerPage: 150,
  });
  return {
    type: 'conversation.list',
    pages: found.pages,
    total_count: found.total_count,
    conversations: found.rows.map((row) => conversationView(row, workspace, version)),
  };
};

export const conversationRoutes: readonly Route[] = [
  post(
    '/conversations/search',
    (call) => {
      const body = (call.body ?? {}) as JsonObject;
      return searchConversations(call, body.query, (body.pagination ?? {}) as JsonObject, body.sort);
    },
    { plan: 'activeSubscription' },
  ),
  get(
    '/conversations',
    (call) =>
      searchConversations(
        call,
        'everything',
        { per_page: call.query.get('per_page'), starting_after: call.query.get('starting_after') },
        undefined,
      ),
    { plan: 'activeSubscription' },
  ),
  get(
    '/conversations/deleted',
    (call) => {
      const ascending = call.query.get('order') === 'asc';
      const rows = [...call.workspace.deletedConversations].sort(
        (a, b) => (Number(a.deleted_at) - Number(b.deleted_at)) * (ascending ? 1 : -1),
      );
      const options = {
        perPage: 20,
        maxPerPage: 60,
        next: 'url',
        key: 'conversations',
        type: 'conversations.list',
      } as const;
      return pageOf(call, rows, (row) => row, options);
    },
    { since: 16 },
  ),
  get(
    '/conversations/attributes',
    (call) => ({
      type: 'list',
      data: call.workspace.attributes.conversation
        .filter((attribute) => attribute.custom === true)
        .filter((attribute) => call.query.get('include_archived') === 'true' || attribute.archived !== true)
        .map(({ id, name, description, data_type, archived, created_at, updated_at, admin_id }) => ({
          type: 'conversation_attribute',
          id,
          name,
          description,
          data_type,
          required: false,
          visible_to_team_ids: [],
          archived,
          created_at,
          updated_at,
          admin_id,
        })),
    }),
    { since: 16 },
  ),
  get(
    '/conversations/:id',
    (call) => {
      const view = fullConversationView(conversationOf(call), call.workspace, call.version);
      return call.query.get('display_as') === 'plaintext' ? plainText(view) : view;
    },
    {
      plan: 'activeSubscription',
    },
  ),
  get(
    '/conversations/:id/handling_events',
    (call) => {
      const row = conversationOf(call);
      const admin = call.workspace.admins.find((candidate) => Number(candidate.id) === row.admin_assignee_id);
      if (!admin) return { handling_events: [] };
      const teammate = { type: 'admin', id: Number(admin.id), name: admin.name, email: admin.email };
      const at = (seconds: number): string => new Date(seconds * 1000).toISOString();
      return {
        handling_events: [
          { teammate, type: 'paused', timestamp: at(row.created_at), reason: 'Paused' },
          { teammate, type: 'resumed', timestamp: at(row.created_at + 600), reason: null },
        ],
      };
    },
    { since: 15, scope: 'read_conversations' },
  ),
  get(
    '/conversations/:id/side_conversations',
    (call) => {
      const threads = sideConversationsOf(conversationOf(call), call.workspace);
      return pageOf(call, threads, (thread) => thread, {
        perPage: 25,
        maxPerPage: 50,
        key: 'side_conversations',
        type: 'side_conversation.list',
        next: 'absent',
      });
    },
    { since: 16, scope: 'read_conversations' },
  ),
];
