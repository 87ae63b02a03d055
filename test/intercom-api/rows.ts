import type { Indexed } from './table.ts';

/** A JSON object as the API answers it. */
export type JsonObject = Record<string, unknown>;

/** How many of everything a generated workspace has. */
export interface Sizes {
  admins: number;
  teams: number;
  tags: number;
  segments: number;
  contacts: number;
  companies: number;
  conversations: number;
  /** Mean number of parts of a conversation (0 to twice as many). */
  partsPerConversation: number;
  tickets: number;
  ticketTypes: number;
  activityLogs: number;
  articles: number;
  collections: number;
  newsItems: number;
  calls: number;
  macros: number;
  deletedConversations: number;
  customObjects: number;
  /** Custom attributes of contacts and of companies, each. */
  customAttributes: number;
}

export interface NoteRow {
  readonly id: string;
  readonly created_at: number;
  readonly authorId: string;
  readonly body: string;
}

export interface AppliedTag {
  readonly id: string;
  readonly appliedAt: number;
  readonly adminId: string;
}

export interface MergeRow {
  readonly source_contact_id: string;
  readonly source_contact_role: string;
  readonly merged_at: number;
}

export interface ContactRow extends Indexed {
  role: 'user' | 'lead';
  email: string | null;
  name: string | null;
  phone: string | null;
  external_id: string | null;
  ownerId: number | null;
  signed_up_at: number | null;
  last_seen_at: number | null;
  last_replied_at: number | null;
  last_contacted_at: number | null;
  unsubscribed_from_emails: boolean;
  country: string | null;
  city: string | null;
  browser: string | null;
  os: string | null;
  custom_attributes: JsonObject;
  tags: AppliedTag[];
  notes: NoteRow[];
  companies: string[];
  segments: string[];
  subscriptions: string[];
  merges: MergeRow[];
}

export interface CompanyRow extends Indexed {
  company_id: string;
  name: string;
  planId: string | null;
  remote_created_at: number | null;
  last_request_at: number | null;
  monthly_spend: number;
  session_count: number;
  user_count: number;
  size: number | null;
  website: string | null;
  industry: string | null;
  custom_attributes: JsonObject;
  tags: string[];
  segments: string[];
  notes: NoteRow[];
}

export interface PersonRef {
  readonly type: 'admin' | 'user' | 'lead' | 'bot';
  readonly id: string;
}

export interface PartRow {
  readonly id: string;
  readonly part_type: string;
  body: string | null;
  readonly created_at: number;
  updated_at: number;
  readonly author: PersonRef;
  readonly assignedTo: PersonRef | null;
  redacted: boolean;
}

export interface ConversationRow extends Indexed {
  links?: readonly Link[];
  title: string | null;
  state: 'open' | 'closed' | 'snoozed';
  open: boolean;
  read: boolean;
  priority: 'none' | 'low' | 'medium' | 'high' | 'urgent';
  waiting_since: number | null;
  snoozed_until: number | null;
  admin_assignee_id: number | null;
  team_assignee_id: number | null;
  sourceType: string;
  deliveredAs: string;
  subject: string;
  body: string;
  author: PersonRef;
  contacts: string[];
  tags: AppliedTag[];
  rating: number | null;
  aiAgent: boolean;
  custom_attributes: JsonObject;
  parts: PartRow[];
}

export interface TicketPartRow extends PartRow {
  readonly previousState: string | null;
  readonly state: string | null;
}

/** Another conversation or ticket, as both of them show it. */
export interface Link {
  readonly type: 'conversation' | 'ticket';
  readonly id: string;
  readonly category: string | null;
}

export interface TicketRow extends Indexed {
  links?: readonly Link[];
  ticket_id: string;
  typeId: string;
  stateId: string;
  contacts: string[];
  admin_assignee_id: number;
  team_assignee_id: number;
  open: boolean;
  snoozed_until: number | null;
  is_shared: boolean;
  title: string;
  description: string | null;
  parts: TicketPartRow[];
}

export interface AdminRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly job_title: string;
  away_mode_enabled: boolean;
  away_mode_reassign: boolean;
  readonly has_inbox_seat: boolean;
  readonly team_ids: readonly number[];
}

export interface TeamRow {
  readonly id: string;
  name: string;
  readonly admin_ids: readonly number[];
}

export interface TagRow {
  readonly id: string;
  name: string;
}

export interface ActivityLogRow {
  readonly id: string;
  readonly adminId: string;
  readonly created_at: number;
  readonly activity_type: string;
  readonly activity_description: string;
  readonly metadata: JsonObject | null;
}
