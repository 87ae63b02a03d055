import type { JsonObject } from '../../../../engine/util/json/json.ts';
import * as answers from './answers.ts';
import { type Fault, now, type RecordOptions, record } from './record.ts';
import { testText } from './test-text.ts';

const seconds = now / 1000;
const start = seconds - 7200;
/** A deletion is looked for until an hour before the window. */
const feedStart = start - 3600;
const exactly = { search_overlap_minutes: 0 };

/** Which page is the last one, where pages fall; and the rest of lists that a record shows the beginning of. */
export async function pageTests(config: JsonObject): Promise<readonly string[]> {
  const written: string[] = [];

  async function write(
    name: string,
    stream: string,
    own: JsonObject,
    options: RecordOptions,
    log?: string,
  ): Promise<void> {
    const recording = await record(stream, { ...config, ...own }, options);
    written.push(
      testText({ name, stream, recording, config: own, state: options.state, isExact: true, log }),
    );
  }

  const firstPages: Readonly<Record<string, (start: number) => readonly number[]>> = {
    'a page that ends at the start is not the last one': (at) => [at + 60, at],
    'a page that ends before the start is the last one': (at) => [at + 60, at - 1],
    'a page of one moment says nothing of the next one': (at) => [at - 60, at - 60],
    'a page in no order says nothing of the next one': (at) => [at + 60, at - 90, at - 60],
    'a page without anything says nothing of the next one': () => [],
  };
  for (const [name, times] of Object.entries(firstPages)) {
    await write(
      name,
      'contacts',
      { api_version: '2.16', ...exactly },
      {
        state: { updated_at: String(start) },
        fault: pages('data', 'updated_at', times(start), { starting_after: 'x' }),
      },
    );
    await write(name, 'deleted_conversations', exactly, {
      state: { deleted_at: String(start) },
      fault: pages(
        'conversations',
        'deleted_at',
        times(feedStart),
        'https://api.intercom.io/conversations/deleted?page=2',
      ),
    });
  }

  const faults: Readonly<Record<string, Fault>> = {
    'is on two pages': () => undefined,
    'meets a 429': answers.rateLimited,
    'meets a rate limit that never ends': answers.alwaysLimited,
    'is refused': answers.unauthorized,
    'is not in the plan': answers.notInPlan,
    'is not permitted': answers.unpermitted,
    'is broken for a moment': answers.broken,
  };
  for (const [name, fault] of Object.entries(faults))
    await write(
      `the rest of a list ${name}`,
      'contacts',
      { start_date: '2024-01-10T00:00:00Z' },
      {
        fault: cutList(answers.on(/tags$/, fault)),
      },
    );
  await write(
    'the contact is gone whose list is cut',
    'contacts',
    { start_date: '2024-01-10T00:00:00Z' },
    { fault: cutList(answers.gone(/tags$/)) },
    'The parent is gone',
  );
  return written;
}

/** Two pages, the second one with one more record at the start of the window. */
function pages(list: string, field: string, times: readonly number[], next: unknown): Fault {
  return (_, index) =>
    answers.answered(200, {
      [list]: (index === 0 ? times : [start]).map((time, at) => ({ id: `${index}${at}`, [field]: time })),
      pages: { type: 'pages', next: index === 0 ? next : null },
    });
}

/** A contact with eleven tags, of which ten are shown; the list of them has two pages. */
function cutList(before: Fault): Fault {
  const tag = (id: number) => ({ type: 'tag', id: String(id), name: `Tag ${id}` });
  const shown = Array.from({ length: 10 }, (_, index) => tag(index));
  return (request, index) => {
    const { pathname, searchParams } = request.url;
    if (pathname === '/contacts/search')
      return answers.answered(200, {
        data: [{ id: 'c1', updated_at: start, tags: { data: shown, total_count: 11, has_more: true } }],
        pages: { type: 'pages', next: null },
      });
    if (pathname !== '/contacts/c1/tags') return undefined;
    const page = Number(searchParams.get('page') ?? 1);
    return (
      before(request, index) ??
      answers.answered(200, {
        data: page === 1 ? shown : [tag(10)],
        pages: { type: 'pages', page, total_pages: 2 },
      })
    );
  };
}
