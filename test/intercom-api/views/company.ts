import type { CompanyRow, JsonObject } from '../rows.ts';
import type { WorkspaceData } from '../workspace.ts';
import { tagBasic } from './people.ts';

/** A company shows this many of its notes. */
const embedded = 10;

export const segmentsOf = (ids: readonly string[], data: WorkspaceData): JsonObject[] =>
  data.segments.filter((segment) => ids.includes(String(segment.id)));

/** Fields that were never set are left out, not null; an unset plan is an empty object. */
export function companyView(row: CompanyRow, data: WorkspaceData, version: number): JsonObject {
  const set = (name: keyof CompanyRow): JsonObject => (row[name] === null ? {} : { [name]: row[name] });
  return {
    type: 'company',
    company_id: row.company_id,
    id: row.id,
    app_id: data.id,
    name: row.name,
    ...set('remote_created_at'),
    created_at: row.created_at,
    updated_at: row.updated_at,
    ...set('last_request_at'),
    monthly_spend: row.monthly_spend,
    session_count: row.session_count,
    user_count: row.user_count,
    ...set('size'),
    ...set('website'),
    ...set('industry'),
    tags: { type: 'tag.list', tags: row.tags.map((id) => tagBasic(id, data)) },
    segments: { type: 'segment.list', segments: segmentsOf(row.segments, data) },
    plan: row.planId === null ? {} : { type: 'plan', id: row.planId, name: `Plan ${row.planId}` },
    custom_attributes: row.custom_attributes,
    ...(version >= 16
      ? {
          notes: {
            type: 'list',
            data: row.notes.slice(0, embedded).map(({ id }) => ({ id, type: 'note', url: `/notes/${id}` })),
            url: `/companies/${row.id}/notes`,
            total_count: row.notes.length,
            has_more: row.notes.length > embedded,
          },
        }
      : {}),
  };
}
