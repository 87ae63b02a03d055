import type { JsonObject } from '../../../../engine/util/json/json.ts';
import * as answers from './answers.ts';
import { type Edit, type Fault, now, type RecordOptions, record } from './record.ts';
import { testText } from './test-text.ts';

const sweeping = { include_deletions: true, deletion_sweep_hours: 0, deletion_capacity: 50 };
const anHour = 3_600_000;

/** What error handlers do that are not those of the first request of a stream. */
export async function faultTests(config: JsonObject): Promise<readonly string[]> {
  const written: string[] = [];

  async function write(
    name: string,
    stream: string,
    options: RecordOptions,
    own: JsonObject = {},
    log?: string,
    without?: string,
  ): Promise<void> {
    const recording = await record(stream, { ...config, ...own }, options);
    const { state, at } = options;
    written.push(
      testText({
        ...{ name, stream, recording, config: own, state, at, log, without },
        isExact: true,
        keepsTable: true,
      }),
    );
  }

  const faults: Readonly<Record<string, Fault>> = {
    'meets a 429': answers.rateLimited,
    'meets a rate limit that never ends': answers.alwaysLimited,
    'is refused': answers.unauthorized,
    'is not in the plan': answers.notInPlan,
    'is not permitted': answers.unpermitted,
    'is broken for a moment': answers.broken,
  };

  // A request for the children of a parent.
  for (const [name, fault] of Object.entries(faults))
    await write(
      `the request for children ${name}`,
      'contact_segments',
      { fault: answers.on(/segments$/, fault), edit: onlyFirst },
      { start_date: '2024-01-01T00:00:00Z' },
    );
  for (const stream of ['data_events', 'data_event_summaries'])
    await write('a parent is gone', stream, { fault: answers.gone(/events$/) }, {}, 'The parent is gone');

  // The feed of deletions.
  for (const [name, fault] of Object.entries(faults))
    await write(`the feed ${name}`, 'deleted_conversations', { fault: answers.on(/deleted$/, fault) });
  for (const status of [400, 404, 422])
    await write(`the feed answers ${status}`, 'deleted_conversations', {
      fault: answers.once(/deleted$/, status, answers.error('not_known', 'Not known')),
    });
  await write(
    'the feed is asked in a version that has it',
    'conversations',
    {},
    { api_version: '2.11', include_deletions: true },
  );
  const since = { include_deletions: true, start_date: '2023-06-01T00:00:00Z' };
  await write(
    'rows of what was deleted',
    'conversations',
    { edit: deletedYesterday },
    since,
    undefined,
    'deleted_at',
  );
  // One window after the other, which share the pages of the feed.
  await write(
    'rows of what was deleted, in windows that do not wait for each other',
    'conversations',
    { edit: deletedYesterday },
    { ...since, concurrency: 1 },
  );

  // Who scrolls beside others, and loses what was begun.
  for (const status of [400, 404, 408, 410, 500, 502, 503, 504])
    await write(`the scroll is lost with ${status}`, 'companies', {
      fault: (_, index) => {
        if (index === 0)
          return answers.answered(200, {
            type: 'list',
            data: [{ type: 'company', id: 'first', name: 'First', updated_at: now / 1000 - 60 }],
            scroll_param: 'lost',
          });
        return index === 1 ? answers.answered(status, answers.error('lost', 'It is lost')) : undefined;
      },
    });
  await write('somebody else scrolls, and goes on', 'companies', {
    fault: answers.on(/scroll$/, () =>
      answers.answered(400, answers.error('scroll_exists', 'scroll already exists')),
    ),
  });
  await write('the scroll meets a 429', 'companies', { fault: answers.on(/scroll$/, answers.rateLimited) });

  // One that the sweep does not find in the list is asked for by itself.
  const { state } = await record('companies', { ...config, ...sweeping });
  const later: RecordOptions = {
    state,
    at: now + anHour,
    prepare: (workspace) => workspace.deleteCompany(workspace.companies.rows()[0]?.id ?? ''),
  };
  const one = /companies\/(?!scroll$|search$)\w+$/;
  for (const [name, fault] of Object.entries(faults))
    await write(
      `the request for one ${name}`,
      'companies',
      { ...later, fault: answers.on(one, fault) },
      sweeping,
    );
  for (const status of [404, 410])
    await write(
      `one answers ${status}`,
      'companies',
      { ...later, fault: answers.once(one, status, answers.error('not_found', 'Not found')) },
      sweeping,
      'It is gone.',
    );

  // Children of conversations, of which the workspace has none.
  const children = {
    conversation_handling_events: {
      type: 'paused',
      timestamp: now / 1000 - 60,
      reason: 'Paused',
      teammate: { type: 'admin', id: 5 },
    },
    side_conversations: { side_conversation_id: '7', created_at: now / 1000 - 60 },
  };
  for (const [stream, child] of Object.entries(children)) {
    const edit: Edit = (json, { url }) => {
      const name = url.pathname.split('/').at(-1) ?? '';
      return /^(?:handling_events|side_conversations)$/.test(name) ? { ...json, [name]: [child] } : json;
    };
    await write('children that know their conversation', stream, { edit });
  }
  return written;
}

/** One parent: several would be asked side by side, and wait in no certain order. */
const onlyFirst: Edit = (json, request, index) => {
  const { pages, ...first } = answers.firstList(index === 0 ? 1 : 0)(json, request, 0);
  return { ...first, ...(pages !== undefined && { pages: { type: 'pages', next: null } }) };
};

const deletedYesterday: Edit = (json, { url }) =>
  url.pathname.endsWith('/deleted')
    ? {
        ...json,
        conversations: [{ type: 'conversation', id: '77', deleted_at: now / 1000 - 86400 }],
        pages: { type: 'pages', next: null },
      }
    : json;
