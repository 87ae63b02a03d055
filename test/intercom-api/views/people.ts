import type { AdminRow, AppliedTag, JsonObject, Link, NoteRow, PersonRef } from '../rows.ts';
import type { WorkspaceData } from '../workspace.ts';

/** An admin as lists and notes show it. */
export function adminView(admin: AdminRow, version: number, avatar = false): JsonObject {
  const picture = `https://static.example.com/${admin.id}.png`;
  return {
    type: 'admin',
    email: admin.email,
    id: admin.id,
    name: admin.name,
    job_title: admin.job_title,
    away_mode_enabled: admin.away_mode_enabled,
    away_mode_reassign: admin.away_mode_reassign,
    has_inbox_seat: admin.has_inbox_seat,
    team_ids: admin.team_ids,
    ...(version >= 8 ? { team_priority_level: {} } : {}),
    ...(version >= 14 ? { away_status_reason_id: null } : {}),
    ...(version >= 16 ? { role: { type: 'role', id: '1', name: 'Agent' } } : {}),
    ...(avatar ? { avatar: version >= 12 ? picture : { image_url: picture } } : {}),
  };
}

/** The author of a message or part, with name and email looked up. */
export function personView(person: PersonRef, data: WorkspaceData): JsonObject {
  if (person.type === 'admin') {
    const admin = data.admins.find((candidate) => candidate.id === person.id);
    return { type: 'admin', id: person.id, name: admin?.name ?? null, email: admin?.email ?? '' };
  }
  const contact = data.contacts.get(person.id);
  return { type: person.type, id: person.id, name: contact?.name ?? null, email: contact?.email ?? '' };
}

const tagName = (id: string, data: WorkspaceData): string =>
  data.tags.find((tag) => tag.id === id)?.name ?? '';

export const tagBasic = (id: string, data: WorkspaceData): JsonObject => ({
  type: 'tag',
  id,
  name: tagName(id, data),
});

export const appliedTagView = (tag: AppliedTag, data: WorkspaceData): JsonObject => ({
  ...tagBasic(tag.id, data),
  applied_at: tag.appliedAt,
  applied_by: { type: 'admin', id: tag.adminId },
});

/** A note of a contact or of a company. */
export function noteView(
  note: NoteRow,
  owner: { readonly type: 'contact' | 'company'; readonly id: string },
  data: WorkspaceData,
  version: number,
): JsonObject {
  const author = data.admins.find((admin) => admin.id === note.authorId);
  return {
    type: 'note',
    id: note.id,
    created_at: note.created_at,
    [owner.type]: { type: owner.type, id: owner.id },
    author: author ? adminView(author, version) : null,
    body: note.body,
  };
}

/** What a conversation or a ticket is linked to. */
export const linkedObjects = (links: readonly Link[] = []): JsonObject => ({
  type: 'list',
  data: links.map((link) => ({ ...link })),
  total_count: links.length,
  has_more: false,
});

/** The contacts that take part in a conversation or a ticket. */
export function contactList(ids: readonly string[], data: WorkspaceData): JsonObject {
  return {
    type: 'contact.list',
    contacts: ids.map((id) => ({
      type: 'contact',
      id,
      external_id: data.contacts.get(id)?.external_id ?? null,
    })),
  };
}
