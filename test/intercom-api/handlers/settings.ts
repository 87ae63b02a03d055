import { ApiError, invalid, notFound } from '../error-list.ts';
import { type Call, get, getOne, type Route } from '../route.ts';
import type { JsonObject } from '../rows.ts';

/** An endpoint that answers a whole list at once. */
const whole = (path: string, list: (call: Call) => readonly JsonObject[], more: Partial<Route> = {}): Route =>
  get(path, (call) => ({ type: 'list', data: list(call) }), more);

const named =
  (name: string) =>
  (call: Call): readonly JsonObject[] =>
    call.workspace.lists[name] ?? [];

const dataAttributes = (call: Call): JsonObject => {
  const { attributes } = call.workspace;
  const model = call.query.get('model');
  const archivedToo = call.query.get('include_archived') === 'true';
  if (model === 'conversation' && call.version >= 16) {
    throw new ApiError(
      422,
      'parameter_invalid',
      'model=conversation is no longer supported. Use GET /conversations/attributes instead',
    );
  }
  if (model !== null && model !== 'contact' && model !== 'company' && model !== 'conversation') {
    throw invalid(`${model} is not a model`, 'model');
  }
  const everything = [
    ...attributes.contact,
    ...attributes.company,
    ...(call.version >= 16 ? [] : attributes.conversation),
  ];
  const data = (model === null ? everything : attributes[model]).filter(
    (one) => archivedToo || one.archived !== true,
  );
  return { type: 'list', data };
};

export const settingRoutes: readonly Route[] = [
  get('/data_attributes', dataAttributes),
  whole('/tags', ({ workspace }) => workspace.tags.map((tag) => ({ type: 'tag', ...tag }))),
  getOne('/tags/:id', ({ workspace }) => workspace.tags.map((tag) => ({ type: 'tag', ...tag }))),
  get('/segments', ({ workspace, query }) => ({
    type: 'segment.list',
    segments: workspace.segments.map((segment) => {
      if (query.get('include_count') !== 'true') return segment;
      const count = workspace.contacts
        .rows()
        .filter((row) => row.segments.includes(String(segment.id))).length;
      return { ...segment, count };
    }),
  })),
  getOne('/segments/:id', ({ workspace }) => workspace.segments),
  whole('/subscription_types', ({ workspace }) => workspace.subscriptionTypes),
  whole('/brands', named('brands'), { since: 15 }),
  getOne('/brands/:id', named('brands'), { since: 15, missing: () => notFound('Brand not found') }),
  whole('/emails', named('emails'), { since: 15 }),
  getOne('/emails/:id', named('emails'), { since: 15, missing: () => notFound('Email setting not found') }),
  whole('/away_status_reasons', named('away_status_reasons'), { since: 14 }),
  get(
    '/office_hours_schedules',
    (call) => ({ type: 'office_hours_schedule.list', data: named('office_hours_schedules')(call) }),
    { since: 16, scope: 'read_write_office_hours' },
  ),
  get(
    '/office_hours_schedules/:id/office_hours_exceptions',
    (call) => ({
      type: 'office_hours_exception.list',
      data: named('office_hours_exceptions')(call).filter(
        (one) => one.office_hours_schedule_id === call.params.id,
      ),
    }),
    { since: 16, scope: 'read_write_office_hours' },
  ),
  get('/ip_allowlist', () => ({ type: 'ip_allowlist', enabled: true, ip_allowlist: ['192.0.2.0/24'] }), {
    since: 14,
    scope: 'manage_ip_allowlist',
  }),
];
