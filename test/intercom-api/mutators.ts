import { generateCompany, generateContact, generateConversation } from './generate.ts';
import { generateTicket } from './generate-tickets.ts';
import type {
  ActivityLogRow,
  CompanyRow,
  ContactRow,
  ConversationRow,
  JsonObject,
  PartRow,
  TicketPartRow,
  TicketRow,
} from './rows.ts';
import type { Seeded } from './seeded.ts';
import type { Indexed, Table } from './table.ts';
import type { WorkspaceData } from './workspace.ts';

/** Changes of the workspace. Each sets `updated_at` to the clock's second, unless the changes name one. */
export interface Mutators {
  createContact(changes?: Partial<ContactRow>): ContactRow;
  touchContact(id: string, changes?: Partial<ContactRow>): ContactRow;
  /** Archiving hides a contact as deleting does; no record says so. */
  deleteContact(id: string): void;
  /** `from` disappears and is remembered in the merge history of `into`, which counts as updated. */
  mergeContacts(from: string, into: string): ContactRow;
  createCompany(changes?: Partial<CompanyRow>): CompanyRow;
  updateCompany(id: string, changes?: Partial<CompanyRow>): CompanyRow;
  /** Contacts lose the company; the company leaves lists and scrolls that start later. */
  deleteCompany(id: string): void;
  attachCompany(contactId: string, companyId: string): void;
  createConversation(changes?: Partial<ConversationRow>): ConversationRow;
  touchConversation(id: string, changes?: Partial<ConversationRow>): ConversationRow;
  addConversationPart(id: string, changes?: Partial<PartRow>): PartRow;
  /** Rewrites the body; the part and its conversation move to the same second. */
  redactConversationPart(id: string, partId: string): PartRow;
  deleteConversation(id: string, options?: { readonly retainMetrics?: boolean }): void;
  createTicket(changes?: Partial<TicketRow>): TicketRow;
  touchTicket(id: string, changes?: Partial<TicketRow>): TicketRow;
  addTicketPart(id: string, changes?: Partial<TicketPartRow>): TicketPartRow;
  deleteTicket(id: string): void;
  /** Makes a tag, or tags a contact, company or conversation with one; tagging counts as an update. */
  createTag(name: string): { readonly id: string };
  addTag(kind: 'contact' | 'company' | 'conversation', id: string, tagId: string): void;
  addNote(contactId: string, body: string): void;
  addActivityLog(changes?: Partial<ActivityLogRow>): ActivityLogRow;
}

export function createMutators(data: WorkspaceData): Mutators {
  const { contacts, companies, conversations, tickets, seconds } = data;
  /** New rows are born now, not at the moment the workspace was built. */
  const fresh = (): Seeded => ({ ...data.seeded, now: seconds() });
  const need = <Row extends Indexed>(table: Table<Row>, id: string): Row => {
    const row = table.get(id);
    if (!row) throw new Error(`no row ${id}`);
    return row;
  };
  const change = <Row extends Indexed>(table: Table<Row>, id: string, changes: Partial<Row> = {}): Row => {
    const row = need(table, id);
    const { updated_at, id: _id, ...rest } = changes;
    Object.assign(row, rest);
    table.touch(row, updated_at ?? seconds());
    return row;
  };
  const activity = (event_type: string, contact: ContactRow, more: JsonObject = {}): void => {
    const created_at = seconds();
    data.contactActivities.push({
      type: 'contact_activity',
      id: `${created_at}.${String(data.contactActivities.length).padStart(6, '0')}`,
      event_type,
      contact_id: contact.id,
      external_id: contact.external_id,
      role: contact.role,
      created_at,
      ...more,
    });
  };
  const admin = data.admins[0];
  if (!admin) throw new Error('a workspace has at least one admin');
  const born = (changes: { created_at?: number; updated_at?: number }) => {
    const created_at = changes.created_at ?? seconds();
    return { created_at, updated_at: changes.updated_at ?? created_at };
  };
  const newPart = (changes: Partial<PartRow>): PartRow => ({
    id: data.seeded.serial('part'),
    part_type: 'comment',
    body: '<p>One more thing</p>',
    author: { type: 'admin', id: admin.id },
    assignedTo: null,
    redacted: false,
    ...changes,
    ...born(changes),
  });

  const createContact: Mutators['createContact'] = (changes = {}) => {
    const made = generateContact(fresh(), data.surroundings, [], seconds());
    const row: ContactRow = { ...made, notes: [], last_seen_at: null, ...changes, ...born(changes) };
    contacts.insert(row);
    activity('contact.created', row);
    return row;
  };
  const drop = (id: string): ContactRow => {
    const row = need(contacts, id);
    contacts.remove(id);
    for (const company of row.companies) {
      const owner = companies.get(company);
      if (owner) owner.user_count--;
    }
    return row;
  };

  return {
    createContact,
    touchContact: (id, changes) => change(contacts, id, changes),
    deleteContact: (id) => activity('contact.deleted', drop(id)),
    mergeContacts(from, into) {
      const target = need(contacts, into);
      const source = drop(from);
      const at = seconds();
      data.mergedContacts.set(from, { into, role: source.role, at });
      target.merges.unshift({ source_contact_id: from, source_contact_role: source.role, merged_at: at });
      activity('contact.merged', target, { merge_source_id: from, merge_target_id: into });
      return change(contacts, into);
    },
    createCompany(changes = {}) {
      const made = generateCompany(fresh(), data.surroundings, seconds());
      const row: CompanyRow = { ...made, ...changes, ...born(changes) };
      companies.insert(row);
      return row;
    },
    updateCompany: (id, changes) => change(companies, id, changes),
    deleteCompany(id) {
      need(companies, id);
      companies.remove(id);
      for (const contact of [...data.contactsOfCompany(id)]) {
        change(contacts, contact.id, { companies: contact.companies.filter((company) => company !== id) });
      }
    },
    attachCompany(contactId, companyId) {
      const contact = need(contacts, contactId);
      need(companies, companyId).user_count++;
      change(contacts, contactId, { companies: [...contact.companies, companyId] });
    },
    createConversation(changes = {}) {
      const made = generateConversation(fresh(), data.surroundings, contacts.rows(), seconds());
      const row: ConversationRow = { ...made, parts: [], ...changes, ...born(changes) };
      conversations.insert(row);
      return row;
    },
    touchConversation: (id, changes) => change(conversations, id, changes),
    addConversationPart(id, changes = {}) {
      const part = newPart(changes);
      need(conversations, id).parts.push(part);
      change(conversations, id, { updated_at: part.updated_at });
      return part;
    },
    redactConversationPart(id, partId) {
      const part = need(conversations, id).parts.find((candidate) => candidate.id === partId);
      if (!part) throw new Error(`no part ${partId}`);
      part.body = '<p><i>This message was deleted</i></p>';
      part.redacted = true;
      part.updated_at = seconds();
      change(conversations, id);
      return part;
    },
    deleteConversation(id, options = {}) {
      need(conversations, id);
      conversations.remove(id);
      const metrics_retained = options.retainMetrics ?? true;
      data.deletedConversations.push({ type: 'conversation', id, metrics_retained, deleted_at: seconds() });
    },
    createTicket(changes = {}) {
      const made = generateTicket(
        fresh(),
        data.surroundings,
        data.ticketTypes,
        data.ticketStates,
        contacts.rows(),
        seconds(),
      );
      const row: TicketRow = { ...made, parts: [], ...changes, ...born(changes) };
      tickets.insert(row);
      return row;
    },
    touchTicket: (id, changes) => change(tickets, id, changes),
    addTicketPart(id, changes = {}) {
      const part: TicketPartRow = { ...newPart(changes), previousState: null, state: null };
      need(tickets, id).parts.push(part);
      change(tickets, id, { updated_at: part.updated_at });
      return part;
    },
    deleteTicket(id) {
      need(tickets, id);
      tickets.remove(id);
    },
    createTag(name) {
      const tag = { id: data.seeded.serial('tag'), name };
      data.tags.push(tag);
      return tag;
    },
    addTag(kind, id, tagId) {
      const applied = { id: tagId, appliedAt: seconds(), adminId: admin.id };
      if (kind === 'contact') change(contacts, id, { tags: [...need(contacts, id).tags, applied] });
      else if (kind === 'company') change(companies, id, { tags: [...need(companies, id).tags, tagId] });
      else change(conversations, id, { tags: [...need(conversations, id).tags, applied] });
    },
    addNote(contactId, body) {
      const note = { id: data.seeded.serial('note'), created_at: seconds(), authorId: admin.id, body };
      change(contacts, contactId, { notes: [note, ...need(contacts, contactId).notes] });
    },
    addActivityLog(changes = {}) {
      const row: ActivityLogRow = {
        id: data.seeded.uuid(),
        adminId: admin.id,
        created_at: seconds(),
        activity_type: 'admin_login_success',
        activity_description: `${admin.name} logged in.`,
        metadata: null,
        ...changes,
      };
      data.activityLogs.unshift(row);
      data.activityLogs.sort((a, b) => b.created_at - a.created_at);
      return row;
    },
  };
}
