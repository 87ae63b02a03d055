import type { ContactRow, JsonObject } from '../rows.ts';
import type { WorkspaceData } from '../workspace.ts';

/** A contact shows this many of its tags, notes and companies. */
const embedded = 10;

const addressable = (
  contact: ContactRow,
  kind: 'tags' | 'notes' | 'companies',
  type: string,
  ids: readonly string[],
) => ({
  type: 'list',
  data: ids.slice(0, embedded).map((id) => ({
    id,
    type,
    url: kind === 'companies' ? `/companies/${id}` : `/${kind}/${id}`,
  })),
  url: `/contacts/${contact.id}/${kind}`,
  total_count: ids.length,
  has_more: ids.length > embedded,
});

/** A contact as search, list and retrieval answer it in a version. */
export function contactView(
  row: ContactRow,
  data: WorkspaceData,
  version: number,
  mergeHistory = false,
): JsonObject {
  return {
    type: 'contact',
    id: row.id,
    workspace_id: data.id,
    external_id: row.external_id,
    role: row.role,
    email: row.email,
    ...(row.email === null ? {} : { email_domain: row.email.slice(row.email.indexOf('@') + 1) }),
    phone: row.phone,
    ...(version >= 12 ? { enabled_push_messaging: null } : {}),
    ...(version === 11 || version > 16 ? { formatted_phone: row.phone } : {}),
    name: row.name,
    avatar: null,
    owner_id: row.ownerId === null ? null : version >= 16 ? String(row.ownerId) : row.ownerId,
    social_profiles: { type: 'list', data: [] },
    has_hard_bounced: false,
    marked_email_as_spam: false,
    unsubscribed_from_emails: row.unsubscribed_from_emails,
    created_at: row.created_at,
    updated_at: row.updated_at,
    signed_up_at: row.signed_up_at,
    last_seen_at: row.last_seen_at,
    last_replied_at: row.last_replied_at,
    last_contacted_at: row.last_contacted_at,
    last_email_opened_at: null,
    last_email_clicked_at: null,
    language_override: null,
    browser: row.browser,
    browser_version: null,
    browser_language: row.browser === null ? null : 'en',
    os: row.os,
    location: { type: 'location', country: row.country, region: null, city: row.city },
    android_app_name: null,
    android_app_version: null,
    android_device: null,
    android_os_version: null,
    android_sdk_version: null,
    android_last_seen_at: null,
    ios_app_name: null,
    ios_app_version: null,
    ios_device: null,
    ios_os_version: null,
    ios_sdk_version: null,
    ios_last_seen_at: null,
    custom_attributes: row.custom_attributes,
    tags: addressable(
      row,
      'tags',
      'tag',
      row.tags.map((tag) => tag.id),
    ),
    notes: addressable(
      row,
      'notes',
      'note',
      row.notes.map((note) => note.id),
    ),
    companies: addressable(row, 'companies', 'company', row.companies),
    ...(mergeHistory && version >= 16 && row.role === 'user'
      ? { merge_history: row.merges.map((merge) => ({ type: 'merge_history', ...merge })) }
      : {}),
  };
}
