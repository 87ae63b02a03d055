import type {
  ActivityLogRow,
  AdminRow,
  AppliedTag,
  CompanyRow,
  ContactRow,
  ConversationRow,
  JsonObject,
  NoteRow,
  PartRow,
  PersonRef,
  TagRow,
  TeamRow,
} from './rows.ts';
import { type Seeded, sentence, since, within, words } from './seeded.ts';

const firstNames = [
  'Ada',
  'Bela',
  'Chidi',
  'Dana',
  'Eilis',
  'Farid',
  'Grete',
  'Hiro',
  'Ines',
  'Jonas',
  'Karla',
  'Łucja',
];
const lastNames = [
  'Abara',
  'Brandt',
  'Costa',
  'Dvořák',
  'Eze',
  'Fuchs',
  'García',
  'Hansen',
  'Ito',
  'Jansen',
  'Kaya',
];
const countries = ['Ireland', 'Germany', 'Brazil', 'Japan', 'United States', null];

export function generateAdmins(seeded: Seeded, teamIds: readonly string[]): AdminRow[] {
  return Array.from({ length: seeded.sizes.admins }, (_, index) => ({
    id: seeded.serial('admin'),
    name: `${seeded.random.pick(firstNames)} ${seeded.random.pick(lastNames)}`,
    email: `admin${index + 1}@example.com`,
    job_title: seeded.random.pick(['Support', 'Support Lead', 'Success Manager']),
    away_mode_enabled: seeded.random.chance(0.2),
    away_mode_reassign: false,
    has_inbox_seat: seeded.random.chance(0.9),
    team_ids: seeded.random.some(teamIds, 2).map(Number),
  }));
}

export function generateTeams(teamIds: readonly string[], admins: readonly AdminRow[]): TeamRow[] {
  return teamIds.map((id, index) => ({
    id,
    name: `Team ${index + 1}`,
    admin_ids: admins.filter((admin) => admin.team_ids.includes(Number(id))).map((admin) => Number(admin.id)),
  }));
}

export function generateTags(seeded: Seeded): TagRow[] {
  return Array.from({ length: seeded.sizes.tags }, (_, index) => ({
    id: seeded.serial('tag'),
    name: `Tag ${index + 1}`,
  }));
}

export function generateSegments(seeded: Seeded): JsonObject[] {
  return Array.from({ length: seeded.sizes.segments }, (_, index) => {
    const created_at = within(seeded, 700);
    return {
      type: 'segment',
      id: seeded.objectId(),
      name: `Segment ${index + 1}`,
      created_at,
      updated_at: since(seeded, created_at),
      person_type: index % 2 === 0 ? 'user' : 'contact',
    };
  });
}

const appliedTags = (
  seeded: Seeded,
  tags: readonly TagRow[],
  admins: readonly AdminRow[],
  most: number,
): AppliedTag[] =>
  seeded.random.some(tags, seeded.random.int(0, most)).map((tag) => ({
    id: tag.id,
    appliedAt: within(seeded, 30),
    adminId: seeded.random.pick(admins).id,
  }));

const notes = (seeded: Seeded, admins: readonly AdminRow[], most: number): NoteRow[] =>
  Array.from({ length: seeded.random.int(0, most) }, () => ({
    id: seeded.serial('note'),
    created_at: within(seeded, 300),
    authorId: seeded.random.pick(admins).id,
    body: `<p>${sentence(seeded)}</p>`,
  })).sort((a, b) => b.created_at - a.created_at);

function customValues(seeded: Seeded, attributes: readonly JsonObject[]): JsonObject {
  const values: JsonObject = {};
  for (const attribute of attributes) {
    if (attribute.custom !== true || attribute.archived === true || !seeded.random.chance(0.7)) continue;
    values[String(attribute.name)] =
      attribute.data_type === 'integer'
        ? seeded.random.int(0, 1000)
        : attribute.data_type === 'boolean'
          ? seeded.random.chance(0.5)
          : attribute.data_type === 'date'
            ? within(seeded, 400)
            : attribute.data_type === 'float'
              ? seeded.random.int(0, 10_000) / 100
              : seeded.random.pick(words);
  }
  return values;
}

/** What rows refer to. */
export interface Surroundings {
  readonly admins: readonly AdminRow[];
  readonly teams: readonly TeamRow[];
  readonly tags: readonly TagRow[];
  readonly segments: readonly JsonObject[];
  readonly subscriptions: readonly JsonObject[];
  readonly contactAttributes: readonly JsonObject[];
  readonly companyAttributes: readonly JsonObject[];
}

export function generateCompany(
  seeded: Seeded,
  around: Surroundings,
  created_at = within(seeded, 700),
): CompanyRow {
  const { random } = seeded;
  const id = seeded.objectId();
  const number = seeded.serial('company');
  return {
    id,
    company_id: `company-${number}`,
    name: `${random.pick(lastNames)} ${random.pick(['GmbH', 'Ltd', 'SARL', 'Inc'])} ${number}`,
    planId: random.chance(0.5) ? String(random.int(1, 4)) : null,
    remote_created_at: random.chance(0.7) ? created_at - 3600 : null,
    last_request_at: random.chance(0.7) ? since(seeded, created_at) : null,
    monthly_spend: random.int(0, 5000),
    session_count: random.int(0, 400),
    user_count: 0,
    size: random.chance(0.6) ? random.int(1, 900) : null,
    website: random.chance(0.6) ? `https://company-${number}.example.com` : null,
    industry: random.chance(0.6) ? random.pick(['Software', 'Retail', 'Logistics']) : null,
    custom_attributes: customValues(seeded, around.companyAttributes),
    tags: random.some(around.tags, random.int(0, 2)).map((tag) => tag.id),
    segments: random.some(around.segments, random.int(0, 3)).map((segment) => String(segment.id)),
    notes: notes(seeded, around.admins, 1),
    created_at,
    updated_at: since(seeded, created_at),
  };
}

export function generateContact(
  seeded: Seeded,
  around: Surroundings,
  companies: readonly CompanyRow[],
  created_at = within(seeded, 700),
): ContactRow {
  const { random } = seeded;
  const number = seeded.serial('contact');
  const role = random.chance(0.75) ? 'user' : 'lead';
  const name = `${random.pick(firstNames)} ${random.pick(lastNames)}`;
  const moment = (probability: number): number | null =>
    random.chance(probability) ? since(seeded, created_at) : null;
  // One contact in a hundred is in more companies than the embedded list of ten shows.
  const companyCount = random.chance(0.01) ? 14 : random.pick([0, 0, 1, 1, 1, 2]);
  return {
    id: seeded.objectId(),
    role,
    email: role === 'user' || random.chance(0.3) ? `contact-${number}@example.org` : null,
    name: random.chance(0.9) ? name : null,
    phone: random.chance(0.3) ? `+353150${number.padStart(5, '0')}` : null,
    external_id: role === 'user' ? `user-${number}` : seeded.uuid(),
    ownerId: random.chance(0.4) ? Number(random.pick(around.admins).id) : null,
    signed_up_at: role === 'user' ? created_at : null,
    last_seen_at: moment(0.6),
    last_replied_at: moment(0.4),
    last_contacted_at: moment(0.4),
    unsubscribed_from_emails: random.chance(0.1),
    country: random.pick(countries),
    city: random.chance(0.5) ? random.pick(['Dublin', 'Berlin', 'Recife', 'Osaka']) : null,
    browser: random.chance(0.6) ? random.pick(['chrome', 'firefox', 'safari']) : null,
    os: random.chance(0.6) ? random.pick(['OS X 10.14.6', 'Windows 10', 'Linux']) : null,
    custom_attributes: customValues(seeded, around.contactAttributes),
    tags: appliedTags(seeded, around.tags, around.admins, random.chance(0.02) ? 15 : 3),
    notes: random.chance(0.2) ? notes(seeded, around.admins, 4) : [],
    companies: random.some(companies, companyCount).map((company) => company.id),
    segments: random.some(around.segments, random.int(0, 2)).map((segment) => String(segment.id)),
    subscriptions: random.some(around.subscriptions, random.int(0, 2)).map((type) => String(type.id)),
    merges: [],
    created_at,
    updated_at: since(seeded, created_at),
  };
}

/** Parts in the order of time, from `from` to `to`; kinds alternate between people and machinery. */
export function generateParts(
  seeded: Seeded,
  count: number,
  from: number,
  to: number,
  people: readonly PersonRef[],
): PartRow[] {
  const { random } = seeded;
  const step = Math.max(1, Math.floor((to - from) / (count + 1)));
  return Array.from({ length: count }, (_, index) => {
    const created_at = Math.min(to, from + step * (index + 1));
    const kind = random.pick(['comment', 'comment', 'comment', 'note', 'assignment', 'close', 'open']);
    const author = random.pick(people);
    return {
      id: seeded.serial('part'),
      part_type: kind,
      body: kind === 'comment' || kind === 'note' ? `<p>${sentence(seeded)}</p>` : null,
      created_at,
      updated_at: created_at,
      author,
      assignedTo: kind === 'assignment' ? author : null,
      redacted: false,
    };
  });
}

export function generateConversation(
  seeded: Seeded,
  around: Surroundings,
  contacts: readonly ContactRow[],
  created_at = within(seeded, 500),
): ConversationRow {
  const { random } = seeded;
  const contact = contacts.length > 0 ? random.pick(contacts) : undefined;
  const admin = random.pick(around.admins);
  const person: PersonRef = contact
    ? { type: contact.role, id: contact.id }
    : { type: 'admin', id: admin.id };
  const updated_at = since(seeded, created_at);
  const state = random.pick(['open', 'closed', 'closed', 'snoozed'] as const);
  const parts = random.int(0, 2 * seeded.sizes.partsPerConversation);
  return {
    id: seeded.serial('conversation'),
    title: random.chance(0.3) ? sentence(seeded) : null,
    state,
    open: state !== 'closed',
    read: random.chance(0.6),
    priority: random.pick(['none', 'none', 'low', 'high'] as const),
    waiting_since: state === 'open' ? updated_at : null,
    snoozed_until: state === 'snoozed' ? seeded.now + 86_400 : null,
    admin_assignee_id: random.chance(0.6) ? Number(admin.id) : null,
    team_assignee_id:
      around.teams.length > 0 && random.chance(0.5) ? Number(random.pick(around.teams).id) : null,
    sourceType: random.pick(['conversation', 'email', 'whatsapp']),
    deliveredAs: random.pick(['customer_initiated', 'admin_initiated', 'automated']),
    subject: random.chance(0.3) ? sentence(seeded) : '',
    body: `<p>${sentence(seeded)}</p>`,
    author: person,
    contacts: contact ? [contact.id] : [],
    tags: random.chance(0.3) ? appliedTags(seeded, around.tags, around.admins, 2) : [],
    rating: random.chance(0.2) ? random.int(1, 5) : null,
    aiAgent: random.chance(0.2),
    custom_attributes: random.chance(0.3) ? { conversation_custom_1: random.pick(words) } : {},
    parts: generateParts(seeded, parts, created_at, updated_at, [person, { type: 'admin', id: admin.id }]),
    created_at,
    updated_at,
  };
}

export function generateActivityLogs(seeded: Seeded, admins: readonly AdminRow[]): ActivityLogRow[] {
  return Array.from({ length: seeded.sizes.activityLogs }, () => {
    const admin = seeded.random.pick(admins);
    const kind = seeded.random.pick([
      'admin_login_success',
      'app_name_change',
      'admin_away_mode_change',
      'bulk_delete',
    ]);
    return {
      id: seeded.uuid(),
      adminId: admin.id,
      created_at: within(seeded, 400),
      activity_type: kind,
      activity_description: `${admin.name}: ${kind.replaceAll('_', ' ')}.`,
      metadata:
        kind === 'app_name_change'
          ? { before: 'before', after: 'after' }
          : kind === 'admin_away_mode_change'
            ? {
                admin: { type: 'admin', id: admin.id, name: admin.name, email: admin.email },
                away_mode: true,
              }
            : null,
    };
  }).sort((a, b) => b.created_at - a.created_at);
}
