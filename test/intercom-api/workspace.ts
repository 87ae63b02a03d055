import {
  generateActivityLogs,
  generateAdmins,
  generateCompany,
  generateContact,
  generateConversation,
  generateSegments,
  generateTags,
  generateTeams,
  type Surroundings,
} from './generate.ts';
import { generateAttributes, generateSubscriptionTypes } from './generate-attributes.ts';
import { generateLists } from './generate-lists.ts';
import { generateTicket, generateTicketStates, generateTicketTypes } from './generate-tickets.ts';
import { createMutators, type Mutators } from './mutators.ts';
import { createRandom } from './random.ts';
import type {
  ActivityLogRow,
  AdminRow,
  CompanyRow,
  ContactRow,
  ConversationRow,
  JsonObject,
  Sizes,
  TagRow,
  TeamRow,
  TicketRow,
} from './rows.ts';
import { createIds, type Seeded, within } from './seeded.ts';
import { createTable, type Table } from './table.ts';

const defaultSizes: Sizes = Object.freeze({
  admins: 5,
  teams: 3,
  tags: 8,
  segments: 6,
  contacts: 230,
  companies: 120,
  conversations: 170,
  partsPerConversation: 4,
  tickets: 60,
  ticketTypes: 3,
  activityLogs: 90,
  articles: 40,
  collections: 6,
  newsItems: 12,
  calls: 30,
  macros: 8,
  deletedConversations: 25,
  customObjects: 25,
  customAttributes: 7,
});

export interface WorkspaceOptions {
  /** The same seed, sizes and `now` make the same workspace, byte for byte. Default 1. */
  readonly seed?: number;
  readonly sizes?: Partial<Sizes>;
  /** Milliseconds since the epoch, as `Clock.now` of the engine. Default `Date.now`. */
  readonly now?: () => number;
  /** The time zone whose days contact search works with. Default `America/Los_Angeles`. */
  readonly timezone?: string;
}

/** A contact that was merged away. */
export interface MergedContact {
  readonly into: string;
  readonly role: 'user' | 'lead';
  readonly at: number;
}

export interface WorkspaceData {
  readonly id: string;
  readonly name: string;
  readonly timezone: string;
  readonly created_at: number;
  /** Milliseconds since the epoch. */
  now(): number;
  /** UNIX seconds. */
  seconds(): number;
  readonly seeded: Seeded;
  readonly surroundings: Surroundings;
  readonly admins: readonly AdminRow[];
  readonly teams: TeamRow[];
  readonly tags: TagRow[];
  readonly segments: JsonObject[];
  readonly subscriptionTypes: readonly JsonObject[];
  readonly attributes: Record<'contact' | 'company' | 'conversation', JsonObject[]>;
  readonly contacts: Table<ContactRow>;
  readonly mergedContacts: Map<string, MergedContact>;
  /** Oldest first; the feed of Preview. */
  readonly contactActivities: JsonObject[];
  readonly companies: Table<CompanyRow>;
  /** Ids of the contacts of a company, in no order that means anything. */
  contactsOfCompany(companyId: string): readonly ContactRow[];
  readonly conversations: Table<ConversationRow>;
  readonly deletedConversations: JsonObject[];
  readonly ticketTypes: JsonObject[];
  readonly ticketStates: JsonObject[];
  readonly tickets: Table<TicketRow>;
  /** Newest first. */
  readonly activityLogs: ActivityLogRow[];
  readonly calls: JsonObject[];
  /** The smaller collections by name: articles, collections, news_items, macros, brands… */
  readonly lists: Record<string, JsonObject[]>;
}

export type Workspace = WorkspaceData & Mutators;

const makeCalls = (seeded: Seeded, data: Pick<WorkspaceData, 'conversations' | 'admins'>): JsonObject[] => {
  const conversations = data.conversations.rows();
  if (conversations.length === 0) return [];
  return Array.from({ length: seeded.sizes.calls }, () => {
    const conversation = seeded.random.pick(conversations);
    const started = within(seeded, 300);
    return {
      type: 'call',
      id: seeded.serial('call'),
      conversation_id: conversation.id,
      admin_id: seeded.random.pick(data.admins).id,
      contact_id: conversation.contacts[0] ?? null,
      state: 'ended',
      initiated_at: started,
      answered_at: started + 5,
      ended_at: started + 300,
      created_at: started,
      updated_at: started + 300,
      recording_url: null,
      transcription_url: null,
      call_type: 'phone',
      direction: 'inbound',
      ended_reason: 'completed',
      phone: null,
    };
  });
};

/** Builds the whole workspace in memory; every later change goes through the mutators. */
export function createWorkspace(options: WorkspaceOptions = {}): Workspace {
  const now = options.now ?? Date.now;
  const seconds = (): number => Math.floor(now() / 1000);
  const sizes: Sizes = { ...defaultSizes, ...options.sizes };
  const seed = options.seed ?? 1;
  const created = seconds();
  const seeded: Seeded = { random: createRandom(seed), now: created, sizes, ...createIds(seed) };
  const id = `ws${seed}`;

  const teamIds = Array.from({ length: sizes.teams }, () => seeded.serial('team'));
  const admins = generateAdmins(seeded, teamIds);
  const first = admins[0];
  if (!first) throw new Error('a workspace has at least one admin');
  const subscriptionTypes = generateSubscriptionTypes(seeded);
  const attributes = {
    contact: generateAttributes(seeded, 'contact', first.id),
    company: generateAttributes(seeded, 'company', first.id),
    conversation: generateAttributes(seeded, 'conversation', first.id),
  };
  const surroundings: Surroundings = {
    admins,
    teams: generateTeams(teamIds, admins),
    tags: generateTags(seeded),
    segments: generateSegments(seeded),
    subscriptions: subscriptionTypes,
    contactAttributes: attributes.contact,
    companyAttributes: attributes.company,
  };

  const contacts = createTable<ContactRow>();
  const companies = createTable<CompanyRow>();
  const conversations = createTable<ConversationRow>();
  const tickets = createTable<TicketRow>();
  companies.load(Array.from({ length: sizes.companies }, () => generateCompany(seeded, surroundings)));
  const everyCompany = companies.rows();
  contacts.load(
    Array.from({ length: sizes.contacts }, () => generateContact(seeded, surroundings, everyCompany)),
  );
  for (const contact of contacts.rows()) {
    for (const company of contact.companies) {
      const row = companies.get(company);
      if (row) row.user_count++;
    }
  }
  const everyContact = contacts.rows();
  conversations.load(
    Array.from({ length: sizes.conversations }, () =>
      generateConversation(seeded, surroundings, everyContact),
    ),
  );
  const ticketStates = generateTicketStates(seeded);
  const ticketTypes = generateTicketTypes(seeded, id);
  tickets.load(
    Array.from({ length: ticketTypes.length > 0 ? sizes.tickets : 0 }, () =>
      generateTicket(seeded, surroundings, ticketTypes, ticketStates, everyContact),
    ),
  );

  // Every fifth ticket came out of a conversation.
  tickets.rows().forEach((ticket, index) => {
    const conversation = index % 5 === 0 ? conversations.rows()[index] : undefined;
    if (conversation === undefined) return;
    const category = String(ticketTypes.find(({ id }) => id === ticket.typeId)?.category);
    conversation.links = [{ type: 'ticket', id: ticket.id, category }];
    ticket.links = [{ type: 'conversation', id: conversation.id, category: null }];
  });
  // Every tenth contact has taken in another one.
  contacts.rows().forEach((contact, index) => {
    if (index % 10 !== 0 || contact.role !== 'user') return;
    contact.merges = [
      {
        source_contact_id: contact.id.replace(/^...../, 'fffff'),
        source_contact_role: 'lead',
        merged_at: contact.created_at,
      },
    ];
  });

  let membersAt = -1;
  let members = new Map<string, ContactRow[]>();
  const contactsOfCompany = (companyId: string): readonly ContactRow[] => {
    if (membersAt !== contacts.revision) {
      members = new Map();
      for (const contact of contacts.rows()) {
        for (const company of contact.companies) {
          const list = members.get(company);
          if (list) list.push(contact);
          else members.set(company, [contact]);
        }
      }
      membersAt = contacts.revision;
    }
    return members.get(companyId) ?? [];
  };

  const data: WorkspaceData = {
    id,
    name: 'Simulated workspace',
    timezone: options.timezone ?? 'America/Los_Angeles',
    created_at: created - 800 * 86_400,
    now,
    seconds,
    seeded,
    surroundings,
    admins,
    teams: [...surroundings.teams],
    tags: [...surroundings.tags],
    segments: [...surroundings.segments],
    subscriptionTypes,
    attributes,
    contacts,
    mergedContacts: new Map(),
    contactActivities: [],
    companies,
    contactsOfCompany,
    conversations,
    deletedConversations: Array.from({ length: sizes.deletedConversations }, (_, index) => ({
      type: 'conversation',
      id: seeded.serial('conversation'),
      metrics_retained: index % 2 === 0,
      deleted_at: within(seeded, 200),
    })),
    ticketTypes,
    ticketStates,
    tickets,
    activityLogs: generateActivityLogs(seeded, admins),
    calls: makeCalls(seeded, { conversations, admins }),
    lists: generateLists(seeded, id, admins),
  };
  return { ...data, ...createMutators(data) };
}
