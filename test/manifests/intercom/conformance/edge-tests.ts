import { isObject, type JsonObject } from '../../../../engine/util/json/json.ts';
import * as answers from './answers.ts';
import { type Edit, now, type RecordOptions, record } from './record.ts';
import { testText } from './test-text.ts';

const seconds = now / 1000;
const aDay = 86_400;
const inOneWindow = { start_date: '2024-01-01T00:00:00Z' };
const start = Date.parse(inOneWindow.start_date) / 1000;

/** What lies on the edges of windows, on second pages, and in fields that only some configs have. */
export async function edgeTests(config: JsonObject): Promise<readonly string[]> {
  const written: string[] = [];

  async function write(
    name: string,
    stream: string,
    own: JsonObject = {},
    options: RecordOptions = {},
    log?: string,
  ): Promise<void> {
    const recording = await record(stream, { ...config, ...own }, options);
    const { state } = options;
    written.push(testText({ name, stream, recording, config: own, state, log, isExact: true }));
  }

  // Both ends of a window belong to it.
  const ends = 'both ends of the window belong to it';
  await write(ends, 'tickets', inOneWindow, { edit: onEdges('tickets', 'updated_at', start, seconds) });
  for (const api_version of ['2.11', '2.17'])
    await write(
      `${ends}, in ${api_version}`,
      'activity_logs',
      { ...inOneWindow, api_version },
      { edit: onEdges('activity_logs', 'created_at', start, seconds) },
    );
  await write(ends, 'deleted_conversations', inOneWindow, {
    edit: onEdges('conversations', 'deleted_at', start - 3600, seconds),
  });

  // Records that a state has passed, and a lookback window brings back.
  for (const [stream, cursor] of Object.entries({ calls: 'updated_at', deleted_conversations: 'deleted_at' }))
    await write(
      'looks back',
      stream,
      { lookback_window: 3 },
      {
        state: { [cursor]: String(seconds - aDay) },
        edit: onEdges(
          stream === 'calls' ? 'data' : 'conversations',
          cursor,
          seconds - 3 * aDay,
          seconds - 2 * aDay,
        ),
      },
    );

  // Second pages.
  await write(
    'goes on with a link',
    'activity_logs',
    { ...inOneWindow, api_version: '2.11' },
    {
      edit: answers.linked(
        'https://api.intercom.io/admins/activity_logs?created_at_after=1704067199&created_at_before=1705320001&page=2',
      ),
    },
  );
  await write('goes on with a number', 'activity_logs', inOneWindow, {
    edit: (json, _, index) => ({ ...json, pages: { type: 'pages', page: index + 1, total_pages: 2 } }),
  });
  await write(
    'the scroll is lost each time',
    'companies',
    {},
    {
      fault: (_, index) =>
        index % 2 === 0
          ? answers.answered(200, { type: 'list', data: [{ id: 'first' }], scroll_param: `lost-${index}` })
          : answers.answered(404, answers.error('not_found', 'scroll parameter not found')),
    },
  );

  // What only some records and some configs have.
  await write('an article without changes', 'article_drafts', {}, { edit: unchanged });
  for (const stream of ['contacts', 'companies', 'conversations', 'tickets'])
    await write(
      'custom attributes in columns',
      stream,
      { ...inOneWindow, typed_custom_attributes: true },
      {
        edit: withAttributes,
      },
    );

  // More parts than the API shows.
  for (const [stream, parts] of Object.entries(cutParts))
    await write(
      'more parts than are shown',
      stream,
      inOneWindow,
      {
        fault: () =>
          answers.answered(200, {
            [stream]: [{ id: '1', updated_at: seconds - 60, ...parts }],
            pages: { type: 'pages', next: null },
          }),
      },
      'shows only the newest 500 parts of 1',
    );

  for (const stream of ['macros', 'data_connectors'])
    await write(
      'times without milliseconds',
      stream,
      {},
      { fault: () => answers.answered(200, { data: [{ id: '1', updated_at: '2024-01-15T11:00:00Z' }] }) },
    );
  await write(
    'only what changed',
    'custom_object_order',
    { custom_object_types: ['Order'] },
    {
      state: { updated_at: String(seconds - 60) },
      edit: onEdges('data', 'updated_at', seconds - 61, seconds - 60),
    },
  );
  await write(
    'of the datasets that are chosen',
    'reporting_data',
    { ...inOneWindow, reporting_datasets: [{ dataset_id: 'conversation' }] },
    {
      edit: (json, { url }) =>
        url.pathname.endsWith('get_datasets') && Array.isArray(json['data'])
          ? {
              ...json,
              data: [...json['data'], { id: 'ticket', attributes: [{ qualified_id: 'ticket.id' }] }],
            }
          : json,
    },
  );
  return written;
}

const shownParts = Array.from({ length: 500 }, (_, index) => ({ id: String(index) }));
const cutParts = {
  conversations: { statistics: { count_conversation_parts: 501 } },
  tickets: { ticket_parts: { total_count: 501, ticket_parts: shownParts } },
};

/** Two records, and nothing after them. */
const onEdges =
  (list: string, field: string, ...times: readonly number[]): Edit =>
  (json) =>
    Array.isArray(json[list])
      ? {
          ...json,
          [list]: times.map((time, index) => ({ id: String(index + 1), [field]: time })),
          pages: { type: 'pages', page: 1, total_pages: 1, next: null },
        }
      : json;

function eachOf(json: JsonObject, list: string, change: (item: JsonObject) => JsonObject): JsonObject {
  const items = json[list];
  return Array.isArray(items)
    ? { ...json, [list]: items.map((item: unknown) => (isObject(item) ? change(item) : item)) }
    : json;
}

const isParents = (path: string): boolean => /\/(?:search|scroll)$/.test(path);

const unchanged: Edit = (json, { url }) =>
  url.pathname === '/articles'
    ? {
        ...eachOf(json, 'data', (item) => ({
          ...item,
          updated_at: seconds - 60,
          has_unpublished_changes: false,
        })),
        pages: { type: 'pages', page: 1, total_pages: 1 },
      }
    : json;

/** One record with an attribute of its own. */
const withAttributes: Edit = (json, { url }) => {
  if (!isParents(url.pathname)) return json;
  const list = ['data', 'conversations', 'tickets'].find((name) => Array.isArray(json[name])) ?? 'data';
  const record = { id: '1', updated_at: seconds - 60 };
  const own =
    list === 'tickets' ? { ticket_attributes: { size: 'L' } } : { custom_attributes: { size: 'L' } };
  const isOver = url.searchParams.has('scroll_param');
  return {
    ...json,
    [list]: isOver ? [] : [{ ...record, ...own }],
    pages: { type: 'pages', page: 1, total_pages: 1, next: null },
  };
};
