import type { ContactRow, ConversationRow, JsonObject, TicketRow } from './rows.ts';
import type { Field, FieldType } from './search-query.ts';
import { preview } from './versions.ts';
import { contactView } from './views/contact.ts';
import { conversationView } from './views/conversation.ts';
import type { WorkspaceData } from './workspace.ts';

type Fields<Row> = ReadonlyMap<string, Field<Row>>;

/** The value at a dotted path of a record. */
const at = (record: unknown, path: readonly string[]): unknown => {
  let value = record;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return null;
    value = (value as JsonObject)[key];
  }
  return value;
};

const fromView = <Row>(view: (row: Row) => JsonObject, type: FieldType, name: string): Field<Row> => {
  const path = name.split('.');
  return { type, read: (row) => at(view(row), path) };
};

const own = <Row, Key extends keyof Row & string>(type: FieldType, key: Key): [string, Field<Row>] => [
  key,
  { type, read: (row) => row[key] },
];

const contactNames: Record<'string' | 'date' | 'boolean', readonly string[]> = {
  string: [
    'avatar',
    'owner_id',
    'email_domain',
    'formatted_phone',
    'language_override',
    'browser_language',
    'location.country',
    'location.region',
    'location.city',
    'ios_app_version',
    'ios_device',
    'ios_app_device',
    'ios_os_version',
    'ios_app_name',
    'ios_sdk_version',
    'android_app_version',
    'android_device',
    'android_app_name',
    'andoid_sdk_version',
  ],
  date: ['last_email_opened_at', 'last_email_clicked_at', 'ios_last_seen_at', 'android_last_seen_at'],
  boolean: ['marked_email_as_spam', 'has_hard_bounced'],
};

const attributeType = (dataType: unknown): FieldType =>
  dataType === 'date'
    ? 'date'
    : dataType === 'boolean'
      ? 'boolean'
      : dataType === 'integer'
        ? 'integer'
        : 'string';

export function contactFields(data: WorkspaceData): (name: string) => Field<ContactRow> | undefined {
  const view = (row: ContactRow): JsonObject => contactView(row, data, preview);
  const fields = new Map<string, Field<ContactRow>>([
    ...(['id', 'role', 'email', 'name', 'phone', 'external_id', 'browser', 'os'] as const).map((key) =>
      own<ContactRow, typeof key>('string', key),
    ),
    ...(
      [
        'created_at',
        'updated_at',
        'signed_up_at',
        'last_seen_at',
        'last_replied_at',
        'last_contacted_at',
      ] as const
    ).map((key) => own<ContactRow, typeof key>('date', key)),
    own<ContactRow, 'unsubscribed_from_emails'>('boolean', 'unsubscribed_from_emails'),
    ['tag_id', { type: 'string', operators: ['=', '!='], read: (row) => row.tags.map((tag) => tag.id) }],
    ['segment_id', { type: 'string', read: (row) => row.segments }],
  ]);
  for (const [type, names] of Object.entries(contactNames) as [FieldType, readonly string[]][]) {
    for (const name of names) fields.set(name, fromView(view, type, name));
  }
  for (const attribute of data.attributes.contact) {
    if (attribute.custom !== true) continue;
    const name = String(attribute.name);
    fields.set(`custom_attributes.${name}`, {
      type: attributeType(attribute.data_type),
      read: (row) => row.custom_attributes[name],
    });
  }
  return (name) => fields.get(name);
}

const statisticDates = [
  'first_contact_reply',
  'first_assignment',
  'first_admin_reply',
  'first_close',
  'last_assignment',
];
const laterDates = ['last_assignment_admin_reply', 'last_contact_reply', 'last_admin_reply', 'last_close'];
const conversationNames: Record<'string' | 'date' | 'integer', readonly string[]> = {
  string: [
    'source.id',
    'source.url',
    'source.author.name',
    'source.author.email',
    'statistics.last_closed_by_id',
    'conversation_rating.remark',
    'ai_agent.resolution_state',
    'ai_agent.last_answer_type',
    'ai_agent.rating_remark',
    'ai_agent.source_type',
    'ai_agent.source_title',
  ],
  date: [...statisticDates, ...laterDates].map((name) => `statistics.${name}_at`),
  integer: [
    ...[
      'time_to_assignment',
      'time_to_admin_reply',
      'time_to_first_close',
      'time_to_last_close',
      'median_time_to_reply',
    ],
    ...['count_reopens', 'count_assignments', 'count_conversation_parts'],
  ]
    .map((name) => `statistics.${name}`)
    .concat('ai_agent.rating'),
};

export function conversationFields(
  data: WorkspaceData,
): (name: string) => Field<ConversationRow> | undefined {
  const view = (row: ConversationRow): JsonObject => conversationView(row, data, preview);
  const fields: Fields<ConversationRow> = new Map<string, Field<ConversationRow>>([
    ...(['id', 'title', 'state', 'priority'] as const).map((key) =>
      own<ConversationRow, typeof key>('string', key),
    ),
    ...(['created_at', 'updated_at', 'waiting_since', 'snoozed_until'] as const).map((key) =>
      own<ConversationRow, typeof key>('date', key),
    ),
    ...(['open', 'read'] as const).map((key) => own<ConversationRow, typeof key>('boolean', key)),
    ...(['admin_assignee_id', 'team_assignee_id'] as const).map((key) =>
      own<ConversationRow, typeof key>('integer', key),
    ),
    ['ai_agent_participated', { type: 'boolean', read: (row) => row.aiAgent }],
    ['source.type', { type: 'string', read: (row) => row.sourceType }],
    ['channel_initiated', { type: 'string', read: (row) => row.sourceType }],
    ['source.delivered_as', { type: 'string', read: (row) => row.deliveredAs }],
    ['source.subject', { type: 'string', read: (row) => row.subject }],
    // The body is searched word by word.
    [
      'source.body',
      {
        type: 'words',
        read: (row) =>
          row.body
            .replaceAll(/<[^>]*>|[?.,]/g, ' ')
            .trim()
            .split(/\s+/),
      },
    ],
    ['source.author.id', { type: 'string', read: (row) => row.author.id }],
    ['source.author.type', { type: 'string', read: (row) => row.author.type }],
    ['contact_ids', { type: 'string', read: (row) => row.contacts }],
    ['teammate_ids', { type: 'string', read: (row) => [String(row.admin_assignee_id)] }],
    ['tag_ids', { type: 'string', read: (row) => row.tags.map((tag) => tag.id) }],
    ['conversation_rating.score', { type: 'integer', read: (row) => row.rating }],
    ...(Object.entries(conversationNames) as [FieldType, readonly string[]][]).flatMap(([type, names]) =>
      names.map((name): [string, Field<ConversationRow>] => [name, fromView(view, type, name)]),
    ),
  ]);
  return (name) => fields.get(name);
}

const categoryTerms: Record<string, string> = {
  Customer: 'request',
  'Back-office': 'task',
  Tracker: 'tracker',
};

export function ticketFields(data: WorkspaceData): (name: string) => Field<TicketRow> | undefined {
  const typeOf = (row: TicketRow): JsonObject | undefined =>
    data.ticketTypes.find((type) => type.id === row.typeId);
  const fields: Fields<TicketRow> = new Map<string, Field<TicketRow>>([
    ['id', { type: 'string', read: (row) => row.id }],
    [
      'created_at',
      {
        type: 'date',
        read: (row) => row.created_at,
        operators: ['=', '!=', 'IN', 'NIN', '<', '>', '<=', '>='],
      },
    ],
    ['updated_at', { type: 'date', read: (row) => row.updated_at }],
    ['snoozed_until', { type: 'date', read: (row) => row.snoozed_until }],
    ['open', { type: 'boolean', read: (row) => row.open }],
    ['title', { type: 'string', read: (row) => row.title }],
    ['description', { type: 'string', read: (row) => row.description }],
    ['category', { type: 'string', read: (row) => categoryTerms[String(typeOf(row)?.category)] }],
    ['ticket_type_id', { type: 'string', read: (row) => row.typeId }],
    ['contact_ids', { type: 'string', read: (row) => row.contacts }],
    ['teammate_ids', { type: 'string', read: (row) => [String(row.admin_assignee_id)] }],
    ['admin_assignee_id', { type: 'string', read: (row) => String(row.admin_assignee_id) }],
    ['team_assignee_id', { type: 'string', read: (row) => String(row.team_assignee_id) }],
    [
      'state',
      {
        type: 'string',
        read: (row) => data.ticketStates.find((state) => state.id === row.stateId)?.category,
      },
    ],
  ]);
  return (name) => fields.get(name);
}
