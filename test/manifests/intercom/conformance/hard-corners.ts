import { isObject, type JsonObject } from '../../../../engine/util/json/json.ts';
import * as answers from './answers.ts';
import { type Edit, now, type RecordOptions, record } from './record.ts';
import { testText } from './test-text.ts';

const small = { deletion_capacity: 50 };
const sweeping = { include_deletions: true, deletion_sweep_hours: 0, ...small };
const anHourLater = now + 3_600_000;
const iso = (seconds: number) => new Date(seconds * 1000).toISOString();

/** What takes a workspace in a certain state. */
export async function hardCorners(config: JsonObject): Promise<readonly string[]> {
  const written: string[] = [];

  async function write(name: string, stream: string, own: JsonObject, options: RecordOptions): Promise<void> {
    const recording = await record(stream, { ...config, ...own }, options);
    written.push(
      testText({
        name,
        stream,
        recording,
        config: own,
        state: options.state,
        at: options.at,
        isExact: true,
        keepsTable: true,
      }),
    );
  }

  const companies = await record('companies', { ...config, ...sweeping });
  await write('one was deleted since the last sweep', 'companies', sweeping, {
    state: companies.state,
    at: anHourLater,
    prepare: (workspace) => workspace.deleteCompany(workspace.companies.rows()[0]?.id ?? ''),
  });
  const contacts = await record('contacts', { ...config, ...sweeping });
  await write('one was deleted since the last sweep', 'contacts', sweeping, {
    state: contacts.state,
    at: anHourLater,
    prepare: (workspace) => workspace.deleteContact(workspace.contacts.rows()[0]?.id ?? ''),
  });
  const often = { company_segments_days: 0, start_date: '2023-01-01T00:00:00Z', ...small };
  const segments = await record('company_segments', { ...config, ...often });
  await write('all companies are asked once more', 'company_segments', often, {
    state: segments.state,
    at: anHourLater,
  });
  await write(
    'companies from before the start are not asked',
    'company_segments',
    { ...often, start_date: '2024-01-14T00:00:00Z' },
    {
      state: segments.state,
    },
  );

  const seconds = now / 1000;
  await write(
    'two pages in one window',
    'contacts',
    {},
    {
      prepare(workspace) {
        for (const [index, { id }] of workspace.contacts.rows().entries())
          workspace.touchContact(id, { updated_at: seconds - 3600 - index * 60 });
      },
    },
  );
  // Up to 2.16 the newest come first, and a page that ends before the window is the last one.
  await write(
    'pages end at the start of the window',
    'contacts',
    { api_version: '2.16', lookback_window: 0 },
    {
      state: { updated_at: String(seconds - 90) },
      prepare(workspace) {
        for (const [index, { id }] of workspace.contacts.rows().entries())
          workspace.touchContact(id, { updated_at: seconds - 60 - index * 3600 });
      },
    },
  );
  await write(
    'an entry lies outside of the window that was asked for',
    'activity_logs',
    { api_version: '2.11' },
    {
      edit: inLists((item, index) => (index === 0 ? { ...item, created_at: 1600000000 } : item)),
    },
  );
  await write(
    'executions on several pages',
    'data_connector_executions',
    {},
    {
      prepare(workspace) {
        for (const connector of workspace.lists['data_connectors'] ?? [])
          connector['updated_at'] = iso(seconds - 3600);
        const executions = workspace.lists['data_connector_executions'] ?? [];
        executions.splice(2, executions.length, ...executions.slice(20, 21));
      },
    },
  );
  await write(
    'executions of one connector',
    'data_connector_executions',
    {},
    {
      prepare(workspace) {
        workspace.lists['data_connectors']?.splice(1);
        for (const connector of workspace.lists['data_connectors'] ?? [])
          connector['updated_at'] = iso(seconds - 3600);
        workspace.lists['data_connector_executions']?.splice(3);
      },
    },
  );
  const first: Edit = (json, request, index) =>
    request.url.pathname === '/calls' && index === 0 ? copied(json, 25) : json;
  await write(
    'more conversations than one request takes',
    'call_transcripts',
    { start_date: '2022-01-01T00:00:00Z' },
    {
      edit: first,
    },
  );
  await write(
    'the scroll is lost',
    'companies',
    {},
    {
      fault: (_, index) => {
        if (index === 0)
          return answers.answered(200, {
            type: 'list',
            data: [{ type: 'company', id: 'first', name: 'First', updated_at: seconds - 60 }],
            scroll_param: 'lost',
          });
        return index === 1
          ? answers.answered(404, answers.error('not_found', 'scroll parameter not found'))
          : undefined;
      },
    },
  );
  return written;
}

function inLists(change: (item: JsonObject, index: number) => JsonObject): Edit {
  return (json) =>
    Object.fromEntries(
      Object.entries(json).map(([name, value]) => [
        name,
        Array.isArray(value)
          ? value.map((item: unknown, index) => (isObject(item) ? change(item, index) : item))
          : value,
      ]),
    );
}

/** So many calls, each of a conversation of its own. */
function copied(json: JsonObject, count: number): JsonObject {
  const [call] = Array.isArray(json['data']) ? json['data'] : [];
  if (!isObject(call)) return json;
  const data = Array.from({ length: count }, (_, index) => ({
    ...call,
    id: `${String(call['id'])}${index}`,
    conversation_id: `${String(call['conversation_id'])}${index}`,
  }));
  return {
    ...json,
    data,
    pages: { ...(isObject(json['pages']) ? json['pages'] : {}), page: 1, total_pages: 1, next: null },
  };
}
