import type { JsonObject } from '../../../../engine/util/json/json.ts';
import * as answers from './answers.ts';
import { type Fault, now, type RecordOptions, record } from './record.ts';
import { testText } from './test-text.ts';

const seconds = now / 1000;
const aDay = 86_400;
const at = seconds - 3600;

/** Children of parents: where they go on from old states, which parents they ask for, and what their requests meet. */
export async function parentTests(config: JsonObject): Promise<readonly string[]> {
  const written: string[] = [];

  async function write(
    name: string,
    stream: string,
    options: RecordOptions,
    own: JsonObject = {},
  ): Promise<void> {
    const recording = await record(stream, { ...config, ...own }, options);
    const { state, at } = options;
    written.push(
      testText({ name, stream, recording, config: own, state, at, isExact: true, keepsTable: true }),
    );
  }

  const once = { company_segments_days: 0, deletion_capacity: 50 };
  const parents = { conversation_parts: 'conversations', company_segments: 'companies' };
  for (const [stream, parent] of Object.entries(parents)) {
    const own = stream === 'company_segments' ? once : {};
    const old: Readonly<Record<string, JsonObject>> = {
      'goes on from a state with that of the parent beside it': {
        updated_at: String(seconds - aDay),
        [parent]: { updated_at: String(seconds - aDay) },
      },
      'goes on from a state with a position for each parent': {
        states: [
          { partition: { id: '1' }, cursor: { updated_at: String(seconds - 2 * aDay) } },
          { partition: { id: '2' }, cursor: { updated_at: String(seconds - aDay) } },
        ],
      },
    };
    for (const [name, state] of Object.entries(old))
      await write(name, stream, { state, fault: family(parent, ['1', '2']) }, own);
  }

  // A company that changed before what the last sync has reached.
  const reached = {
    use_global_cursor: true,
    state: { updated_at: String(at) },
    parent_state: { companies: { updated_at: String(at), scrolled_at: seconds - 30 * aDay } },
  };
  for (const lookback_window of [0, 3])
    await write(
      `companies that changed before, with a lookback window of ${lookback_window}`,
      'company_segments',
      { state: reached, fault: family('companies', ['1', '2'], [at - aDay, at]) },
      { lookback_window, deletion_capacity: 50 },
    );

  // Ids stay texts, whatever they look like.
  await write(
    'an id that looks like a number',
    'company_segments',
    { fault: family('companies', ['5310']) },
    once,
  );
  for (const [stream, parent] of Object.entries({ contact_segments: 'contacts', company_notes: 'companies' }))
    await write('an id that looks like a number', stream, { fault: family(parent, ['5310']) });

  await write(
    'times without milliseconds',
    'data_connector_executions',
    {
      fault: (request, index) =>
        request.url.pathname.endsWith('execution_results')
          ? answers.answered(200, { data: [{ id: '7', created_at: '2024-01-15T11:00:00Z' }] })
          : family('data_connectors', ['1'])(request, index),
    },
    { start_date: '2024-01-10T00:00:00Z' },
  );

  // The sweep asks for no company that has not changed since the start date.
  const early = { ...once, start_date: '2024-01-10T00:00:00Z' };
  const swept = await record(
    'company_segments',
    { ...config, ...early },
    {
      fault: family('companies', ['1', '2'], [at, at]),
    },
  );
  const start_date = '2024-01-14T00:00:00Z';
  const start = Date.parse(start_date) / 1000;
  await write(
    'a sweep asks for companies from the start date on',
    'company_segments',
    {
      state: swept.state,
      at: now + 3_600_000,
      fault: family('companies', ['1', '2', '3'], [start - 1, start, start + 1]),
    },
    { ...once, start_date },
  );

  const faults: Readonly<Record<string, Fault>> = {
    'meets a 429': answers.rateLimited,
    'meets a rate limit that never ends': answers.alwaysLimited,
    'is refused': answers.unauthorized,
    'is not in the plan': answers.notInPlan,
    'is not permitted': answers.unpermitted,
    'is broken for a moment': answers.broken,
    'finds nobody': (_, index) =>
      index === 0 ? answers.answered(404, answers.error('not_found', 'Not found')) : undefined,
  };
  for (const [name, fault] of Object.entries(faults)) {
    const one = /^\/conversations\/1$|execution_results$|^\/companies\/1\/segments$/;
    // One window: several would wait side by side, in no certain order.
    for (const [stream, parent] of Object.entries({
      ...parents,
      data_connector_executions: 'data_connectors',
    }))
      await write(
        `the request for children ${name}`,
        stream,
        { fault: family(parent, ['1'], [at], answers.on(one, fault)) },
        { start_date: '2024-01-10T00:00:00Z', ...(stream === 'company_segments' && once) },
      );
    await write(`the request ${name}`, 'workspace', { fault: answers.on(/me$/, fault) });
  }
  return written;
}

/** Parents with these ids, and a child of each. */
export function family(
  parent: string,
  ids: readonly string[],
  times: readonly number[] = [],
  before: Fault = () => undefined,
): Fault {
  return (request, index) => {
    const { pathname, searchParams } = request.url;
    const fault = before(request, index);
    if (fault !== undefined) return fault;
    const list = parent === 'conversations' ? 'conversations' : 'data';
    const isParents = /search$|scroll$|^\/data_connectors$/.test(pathname);
    const isOver = searchParams.has('scroll_param');
    const time = (place: number): unknown =>
      parent === 'data_connectors' ? new Date(at * 1000).toISOString() : (times[place] ?? at);
    if (isParents)
      return answers.answered(200, {
        [list]: isOver
          ? []
          : ids.map((id, place) => ({ id, updated_at: time(place), notes: { total_count: 1 } })),
        ...(pathname.endsWith('scroll') && { scroll_param: 'on' }),
        pages: { type: 'pages', next: null },
      });
    const child = { id: `${ids.length}${pathname.length}`, updated_at: at, created_at: at };
    if (pathname.startsWith('/conversations/'))
      return answers.answered(200, { conversation_parts: { conversation_parts: [child], total_count: 1 } });
    if (pathname.endsWith('execution_results'))
      return answers.answered(200, { data: [{ ...child, created_at: new Date(at * 1000).toISOString() }] });
    return /segments$|notes$/.test(pathname) ? answers.answered(200, { data: [child] }) : undefined;
  };
}
