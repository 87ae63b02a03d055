import type { ConversationRow, JsonObject, PartRow } from '../rows.ts';
import type { WorkspaceData } from '../workspace.ts';
import { appliedTagView, contactList, linkedObjects, personView } from './people.ts';

/** A conversation answers its newest parts, this many. */
export const mostParts = 500;

const replyTimes = (row: ConversationRow): JsonObject | null => {
  if (row.state !== 'closed' || row.parts.length === 0) return null;
  const first = row.parts[0]?.created_at ?? row.created_at;
  const last = row.parts.at(-1)?.created_at ?? row.created_at;
  const closer = row.parts.findLast((part) => part.author.type === 'admin')?.author.id;
  return {
    type: 'conversation_statistics',
    time_to_assignment: null,
    time_to_admin_reply: first - row.created_at,
    time_to_first_close: last - row.created_at,
    time_to_last_close: last - row.created_at,
    median_time_to_reply: first - row.created_at,
    first_contact_reply_at: first,
    first_assignment_at: null,
    first_admin_reply_at: first,
    first_close_at: last,
    last_assignment_at: null,
    last_assignment_admin_reply_at: null,
    last_contact_reply_at: first,
    last_admin_reply_at: last,
    last_close_at: last,
    last_closed_by_id: closer ?? null,
    count_reopens: 0,
    count_assignments: row.parts.filter((part) => part.part_type === 'assignment').length,
    count_conversation_parts: row.parts.length,
  };
};

const aiAgent = (row: ConversationRow, version: number): JsonObject | null =>
  row.aiAgent
    ? {
        source_type: 'workflow',
        source_title: 'My AI Workflow',
        last_answer_type: 'ai_answer',
        resolution_state: 'assumed_resolution',
        rating: null,
        rating_remark: null,
        content_sources: { type: 'content_source.list', content_sources: [], total_count: 0 },
        ...(version >= 14 ? { created_at: row.created_at, updated_at: row.updated_at } : {}),
      }
    : null;

const rating = (row: ConversationRow, version: number): JsonObject | null =>
  row.rating === null
    ? null
    : {
        rating: row.rating,
        remark: '',
        created_at: row.updated_at,
        ...(version >= 14 ? { updated_at: row.updated_at } : {}),
        contact:
          row.contacts[0] === undefined ? null : { type: 'contact', id: row.contacts[0], external_id: null },
        teammate: ratedTeammate(row, version),
      };

/** Where nobody took part, a workflow has asked for the rating; before 2.17 a team stands in its place. */
function ratedTeammate(row: ConversationRow, version: number): JsonObject {
  if (row.admin_assignee_id !== null) return { type: 'admin', id: String(row.admin_assignee_id) };
  return { type: version >= 17 ? 'workflow' : 'team', id: `7${row.id}` };
}

/** A conversation as lists and search answer it: everything but the parts. */
export function conversationView(row: ConversationRow, data: WorkspaceData, version: number): JsonObject {
  return {
    type: 'conversation',
    id: row.id,
    created_at: row.created_at,
    updated_at: row.updated_at,
    waiting_since: row.waiting_since,
    snoozed_until: row.snoozed_until,
    source: {
      type: row.sourceType,
      id: `4${row.id}`,
      delivered_as: row.deliveredAs,
      subject: row.subject,
      body: row.body,
      author: personView(row.author, data),
      attachments: [],
      url: null,
      redacted: false,
    },
    contacts: contactList(row.contacts, data),
    first_contact_reply:
      row.author.type === 'admin' ? null : { created_at: row.created_at, type: row.sourceType, url: null },
    admin_assignee_id: row.admin_assignee_id,
    team_assignee_id: row.team_assignee_id,
    open: row.open,
    state: row.state,
    read: row.read,
    tags: { type: 'tag.list', tags: row.tags.map((tag) => appliedTagView(tag, data)) },
    priority: version >= 16 ? row.priority : row.priority === 'none' ? 'not_priority' : 'priority',
    sla_applied: null,
    statistics: replyTimes(row),
    conversation_rating: rating(row, version),
    teammates:
      row.admin_assignee_id === null
        ? null
        : { type: 'admin.list', admins: [{ type: 'admin', id: String(row.admin_assignee_id) }] },
    title: row.title,
    custom_attributes: row.custom_attributes,
    topics: {},
    ticket: null,
    linked_objects: linkedObjects(row.links),
    ...(version >= 11 ? { ai_agent: aiAgent(row, version), ai_agent_participated: row.aiAgent } : {}),
    ...(version >= 15 ? { company: null } : {}),
    ...(version >= 16
      ? {
          channel: { initial: row.sourceType, current: row.sourceType },
          sales_agent_participated: false,
          sales_agent: null,
          external_references: [],
        }
      : {}),
  };
}

/** Ids are strings in the schema of every version. */
function partView(part: PartRow, state: string, data: WorkspaceData, version: number): JsonObject {
  return {
    type: 'conversation_part',
    id: part.id,
    part_type: part.part_type,
    body: part.body,
    created_at: part.created_at,
    updated_at: part.updated_at,
    notified_at: part.created_at,
    assigned_to: part.assignedTo === null ? null : { type: part.assignedTo.type, id: part.assignedTo.id },
    author: personView(part.author, data),
    attachments: [],
    external_id: null,
    redacted: part.redacted,
    ...(version >= 13
      ? { email_message_metadata: null, state, tags: [], event_details: null, app_package_code: null }
      : {}),
    ...(version >= 14 ? { metadata: null } : {}),
  };
}

/** A single conversation with its newest parts, oldest first; `total_count` counts them all. */
export function fullConversationView(row: ConversationRow, data: WorkspaceData, version: number): JsonObject {
  return {
    ...conversationView(row, data, version),
    conversation_parts: {
      type: 'conversation_part.list',
      conversation_parts: row.parts.slice(-mostParts).map((part) => partView(part, row.state, data, version)),
      total_count: row.parts.length,
    },
  };
}
