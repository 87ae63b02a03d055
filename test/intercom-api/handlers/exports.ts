import { gzipSync } from 'node:zlib';
import { ApiError, invalid, notFound } from '../error-list.ts';
import type { ExportJob, ExportKind } from '../export-jobs.ts';
import { type Call, get, post, RawAnswer, type Route } from '../route.ts';
import type { ConversationRow, JsonObject } from '../rows.ts';

const columns = [
  ...['user_id', 'user_external_id', 'company_id', 'email', 'name', 'ruleset_id', 'content_id'],
  ...['content_type', 'content_title', 'ruleset_version_id', 'receipt_id', 'received_at', 'series_id'],
  ...['series_title', 'node_id', 'first_reply', 'first_completion', 'first_series_completion'],
  ...['first_series_disengagement', 'first_series_exit', 'first_goal_success', 'first_open', 'first_click'],
  ...['first_dismisall', 'first_unsubscribe', 'first_hard_bounce'],
];

const csvCell = (value: unknown): string => {
  const text = value === null || value === undefined ? '' : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const csv = (names: readonly string[], rows: readonly JsonObject[]): string =>
  [names, ...rows.map((row) => names.map((name) => row[name]))]
    .map((row) => `${row.map(csvCell).join(',')}\n`)
    .join('');

/** Who received a message: every contact that was contacted in the time asked for. */
const messages = (call: Call, job: ExportJob): string => {
  const [from, to] = [Number(job.request.created_at_after), Number(job.request.created_at_before)];
  const rows = call.workspace.contacts
    .rows()
    .filter(({ last_contacted_at: at }) => at !== null && at >= from && at <= to)
    .map((contact) => ({
      user_id: contact.id,
      user_external_id: contact.external_id,
      company_id: contact.companies[0],
      email: contact.email,
      name: contact.name,
      ruleset_id: '1',
      content_id: '1',
      content_type: 'email',
      content_title: 'Hello, "you"',
      receipt_id: `r-${contact.id}`,
      received_at: contact.last_contacted_at,
      first_open: contact.last_contacted_at === null ? null : contact.last_contacted_at + 60,
    }));
  return csv(columns, rows);
};

const reported: Record<string, (row: ConversationRow) => unknown> = {
  'conversation.conversation_id': (row) => row.id,
  'conversation.conversation_started_at': (row) => row.created_at,
  'conversation.state': (row) => row.state,
  'conversation.updated_at': (row) => row.updated_at,
};

const conversations = (call: Call, job: ExportJob): string => {
  const names = job.request.attribute_ids as readonly string[];
  const [from, to] = [Number(job.request.start_time), Number(job.request.end_time)];
  const rows = call.workspace.conversations
    .rows()
    .filter((row) => row.created_at >= from && row.created_at <= to)
    .map((row) => Object.fromEntries(names.map((name) => [name, reported[name]?.(row)])));
  return csv(names, rows);
};

const jobOf = (call: Call, kind: ExportKind): ExportJob => {
  const job = call.jobs.find(kind, call.params.id ?? '');
  if (!job) throw notFound(`Export job not found for identifier: ${call.params.id}`);
  return job;
};

const jobView = (call: Call, job: ExportJob): JsonObject => {
  const now = call.workspace.now();
  const status = call.jobs.status(job, now);
  const done = status === 'complete';
  const path = job.kind === 'content' ? 'content/data' : 'reporting_data';
  return {
    job_identifier: job.id,
    // The two kinds of job do not agree on the word.
    status: done && job.kind === 'content' ? 'completed' : status,
    download_url: done ? `${call.url.origin}/download/${path}/${job.id}` : '',
    download_expires_at: done ? new Date(call.jobs.expiresAt(job)).toISOString() : '',
  };
};

const download = (call: Call, kind: ExportKind, make: (call: Call, job: ExportJob) => string): RawAnswer => {
  const job = jobOf(call, kind);
  const now = call.workspace.now();
  if (call.jobs.status(job, now) !== 'complete' || now >= call.jobs.expiresAt(job)) throw notFound();
  if (call.headers.get('accept') !== 'application/octet-stream') {
    throw invalid('Accept must be application/octet-stream', 'Accept');
  }
  return new RawAnswer(gzipSync(make(call, job)), { 'Content-Type': 'application/octet-stream' });
};

const badRequest = (message: string): ApiError => new ApiError(400, 'bad_request', message);

const enqueue = (call: Call): JsonObject => {
  const body = (call.body ?? {}) as JsonObject;
  for (const name of ['dataset_id', 'attribute_ids', 'start_time', 'end_time']) {
    if (body[name] === undefined) throw badRequest(`'${name}' is a required parameter`);
  }
  const { attribute_ids: names } = body;
  if (body.dataset_id !== 'conversation') throw badRequest(`${body.dataset_id} is not a valid dataset_id`);
  if (!Array.isArray(names)) throw badRequest("'attribute_ids' not an array must be of type Array");
  if (names.length === 0) throw badRequest('attribute_ids must contain at least one attribute_id');
  const unknown = names.filter((name) => !Object.hasOwn(reported, String(name)));
  if (unknown.length > 0)
    throw badRequest(`attribute_ids invalid for conversation dataset: ${unknown.join(', ')}`);
  return jobView(call, call.jobs.start('reporting', body, call.workspace.now()));
};

export const exportRoutes: readonly Route[] = [
  post('/export/content/data', (call) => {
    const body = (call.body ?? {}) as JsonObject;
    for (const name of ['created_at_after', 'created_at_before']) {
      if (!Number.isInteger(Number(body[name] ?? Number.NaN)))
        throw invalid(`${name} must be a UNIX timestamp`, name);
    }
    return jobView(call, call.jobs.start('content', body, call.workspace.now()));
  }),
  get('/export/content/data/:id', (call) => jobView(call, jobOf(call, 'content'))),
  post('/export/cancel/:id', (call) => {
    const job = jobOf(call, 'content');
    job.canceled = true;
    return jobView(call, job);
  }),
  get('/download/content/data/:id', (call) => download(call, 'content', messages)),
  get(
    '/export/reporting_data/get_datasets',
    () => ({
      type: 'list',
      data: [
        {
          id: 'conversation',
          name: 'Conversation',
          description: 'Every conversation',
          default_time_attribute_id: 'conversation.conversation_started_at',
          attributes: Object.keys(reported).map((id) => ({
            id: id.slice('conversation.'.length),
            qualified_id: id,
            name: id,
            type: id.endsWith('_at') ? 'datetime' : 'string',
          })),
        },
      ],
    }),
    { since: 14 },
  ),
  post('/export/reporting_data/enqueue', enqueue, { since: 14 }),
  get(
    '/export/reporting_data/:id',
    (call) => {
      for (const name of ['app_id', 'client_id']) {
        if (!call.query.has(name)) throw badRequest(`'${name}' is a required parameter`);
      }
      return jobView(call, jobOf(call, 'reporting'));
    },
    { since: 14 },
  ),
  get('/download/reporting_data/:id', (call) => download(call, 'reporting', conversations), { since: 14 }),
];
