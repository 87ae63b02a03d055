import { ApiError, invalid, notFound } from '../error-list.ts';
import { pageOf, wholeNumber } from '../paging.ts';
import { type Call, get, post, type Route } from '../route.ts';
import type { ActivityLogRow, JsonObject, TeamRow } from '../rows.ts';
import { adminView } from '../views/people.ts';

const activityLogView =
  (call: Call) =>
  (row: ActivityLogRow): JsonObject => {
    const admin = call.workspace.admins.find((candidate) => candidate.id === row.adminId);
    return {
      id: row.id,
      performed_by: { type: 'admin', id: row.adminId, email: admin?.email ?? '', ip: '127.0.0.1' },
      metadata: row.metadata,
      created_at: row.created_at,
      activity_type: row.activity_type,
      activity_description: row.activity_description,
    };
  };

/** The times come as UNIX seconds in text (or as numbers in a body). */
const activityLogs = (call: Call, from: unknown, to: unknown, kinds?: unknown): ActivityLogRow[] => {
  if (from === undefined || from === null || from === '') {
    const message = 'created_at_after is a required parameter';
    throw new ApiError(400, 'parameter_not_found', message, { field: 'created_at_after' });
  }
  const seconds = (value: unknown, name: string): number => {
    if (!/^\d+$/.test(String(value))) throw invalid(`${name} must be a UNIX timestamp`, name);
    return Number(value);
  };
  const after = seconds(from, 'created_at_after');
  const before =
    to === undefined || to === null ? Number.POSITIVE_INFINITY : seconds(to, 'created_at_before');
  return call.workspace.activityLogs.filter(
    (row) =>
      row.created_at >= after &&
      row.created_at <= before &&
      (!Array.isArray(kinds) || kinds.includes(row.activity_type)),
  );
};

const teamView = (team: TeamRow, version: number): JsonObject => ({
  type: 'team',
  id: team.id,
  name: team.name,
  admin_ids: team.admin_ids,
  ...(version >= 14 ? { assignment_limit: 10, distribution_method: 'round_robin' } : {}),
});

const logPage = {
  perPage: 20,
  maxPerPage: 250,
  key: 'activity_logs',
  type: 'activity_log.list',
  next: 'url',
} as const;

export const adminRoutes: readonly Route[] = [
  get('/me', ({ workspace, version }) => {
    const admin = workspace.admins[0];
    if (!admin) throw notFound();
    return {
      ...adminView(admin, version, true),
      email_verified: true,
      app: {
        type: 'app',
        id_code: workspace.id,
        name: workspace.name,
        created_at: workspace.created_at,
        secure: false,
        identity_verification: false,
        timezone: workspace.timezone,
        region: 'US',
      },
    };
  }),
  get('/admins', ({ workspace, version, query }) => ({
    type: 'admin.list',
    admins: workspace.admins.map((admin) =>
      adminView(admin, version, query.get('display_avatar') === 'true'),
    ),
  })),
  get('/admins/activity_logs', (call) => {
    const rows = activityLogs(call, call.query.get('created_at_after'), call.query.get('created_at_before'));
    return pageOf(call, rows, activityLogView(call), logPage);
  }),
  post(
    '/admins/activity_logs/search',
    (call) => {
      const body = (call.body ?? {}) as JsonObject;
      const rows = activityLogs(call, body.created_at_after, body.created_at_before, body.event_types);
      const url = new URL(call.url);
      const page = wholeNumber(body.page, 'page', 1);
      url.searchParams.set('page', String(page));
      url.searchParams.set('per_page', String(wholeNumber(body.per_page, 'per_page', 20, 250)));
      const asked = { ...call, query: url.searchParams };
      return pageOf(asked, rows, activityLogView(call), { ...logPage, next: 'null' });
    },
    { since: 16 },
  ),
  get(
    '/admins/activity_log_event_types',
    ({ workspace }) => ({
      type: 'activity_log_event_type.list',
      event_types: [...new Set(workspace.activityLogs.map((row) => row.activity_type))].sort(),
    }),
    { since: 16 },
  ),
  get('/admins/:id', ({ workspace, version, params }) => {
    const admin = workspace.admins.find((candidate) => candidate.id === params.id);
    if (!admin) throw notFound('Admin not found', 'admin_not_found');
    return adminView(admin, version);
  }),
  get('/teams', ({ workspace, version }) => ({
    type: 'team.list',
    teams: workspace.teams.map((team) => teamView(team, version)),
  })),
  get('/teams/:id', ({ workspace, version, params }) => {
    const team = workspace.teams.find((candidate) => candidate.id === params.id);
    if (!team) throw notFound('Team not found', 'team_not_found');
    return teamView(team, version);
  }),
  get(
    '/teams/:id/metrics',
    ({ workspace, params }) => {
      const team = workspace.teams.find((candidate) => candidate.id === params.id);
      if (!team) throw notFound('Team not found', 'team_not_found');
      const data = team.admin_ids.map((id, index) => ({
        type: 'team_metric',
        admin_id: String(id),
        open: index + 1,
        idle: index,
        snoozed: 0,
      }));
      return { type: 'team_metric.list', data };
    },
    { since: 16, plan: 'realtimeMonitoring' },
  ),
];
