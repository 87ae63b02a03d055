import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '../../../engine/util/json/json.ts';
import type { RequestLog } from '../../intercom-api/intercom.ts';
import type { Workspace } from '../../intercom-api/workspace.ts';
import { connectIntercom } from './sync-intercom.ts';
import { withIntercom } from './with-intercom.ts';

/** What a sync kept of the answers that it got: as it has no memory for them, each that is kept is a file. */
interface Kept {
  /** The most answers that were kept at one time. */
  readonly most: number;
  /** Those that were still there after the last record. */
  readonly left: number;
  /** Those that were there when each stream had been read. */
  readonly leftAfter: ReadonlyMap<string, number>;
  /** How many more were ever kept than somebody was still to take. */
  readonly needless: number;
  /** How often an answer was taken in place of a request. */
  readonly taken: number;
  /** The requests for the pages, with what they ask. */
  readonly asked: readonly string[];
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kept-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const files = (): number =>
  readdirSync(folder).reduce((count, name) => count + readdirSync(join(folder, name)).length, 0);

const textOf = ({ method, path, query, body }: RequestLog): string =>
  JSON.stringify([method, path, query, body]);

interface Setting {
  readonly config?: JsonObject;
  /** How often the answer to a request is taken in all, of those that are kept. */
  readonly times?: (request: RequestLog) => number;
  readonly prepare?: (workspace: Workspace) => void;
}

/** Each page of `path` is to be taken by all of the streams, once, if nobody says otherwise. */
async function keptBy(
  streams: readonly string[],
  path: string,
  { config: more, times = (request) => (request.path === path ? streams.length : 1), prepare }: Setting = {},
): Promise<Kept> {
  let [most, needless, taken, left] = [0, 0, 0, 0];
  const leftAfter = new Map<string, number>();
  const asked: string[] = [];
  await withIntercom({ sizes: { contacts: 320 } }, async ({ api, clock, config: own, transport }) => {
    prepare?.(api.workspace);
    const toCome = () => api.requests.reduce((sum, request) => sum + times(request) - 1, -taken);
    const connector = await connectIntercom(
      { ...own, ...more },
      {
        clock,
        ...(transport && { transport }),
        cacheMemory: 0,
        cacheFolder: folder,
        onDecision({ kind }) {
          if (kind === 'cache.hit') taken++;
          const kept = files();
          most = Math.max(most, kept);
          needless = Math.max(needless, kept - toCome());
        },
      },
    );
    try {
      const wanted = streams.map((name) => ({ name }));
      for await (const event of connector.read({ streams: wanted, states: new Map() }))
        if (event.kind === 'error') throw event.error;
        else if (event.kind === 'status' && event.status === 'COMPLETE') leftAfter.set(event.stream, files());
      left = files();
      asked.push(
        ...api.requests.filter((request) => request.path === path && times(request) > 0).map(textOf),
      );
    } finally {
      await connector.close();
    }
  });
  return { most, left, leftAfter, needless, taken, asked };
}

/** Lists that are cut take requests of their own. */
function withoutCutLists(workspace: Workspace): void {
  for (const { id, tags, notes, companies } of workspace.contacts.rows())
    workspace.touchContact(id, {
      tags: tags.slice(0, 10),
      notes: notes.slice(0, 10),
      companies: companies.slice(0, 10),
    });
}

describe('the answers that a sync of Intercom keeps', () => {
  it.each([
    ['conversations', '/conversations/search'],
    ['conversation_parts', '/conversations/search'],
    ['tickets', '/tickets/search'],
    // Some of its records need the rest of a list, which is asked for by GET.
    ['contacts', '/contacts/search'],
    ['teams', '/teams'],
  ])('are none when %s is read alone', async (stream, path) => {
    const { asked, most, left, taken } = await keptBy([stream], path);
    expect({ most, left, taken }).toEqual({ most: 0, left: 0, taken: 0 });
    expect(asked.length).toBeGreaterThan(0);
    expect(new Set(asked).size).toBe(asked.length);
  });

  it.each([
    ['/conversations/search', 'conversations', 'conversation_parts'],
    ['/conversations/search', 'conversations', 'conversation_tags', 'conversation_parts'],
    // None of the streams that ask for the pages is the one that they are named after.
    ['/conversations/search', 'conversation_tags', 'conversation_contacts'],
    ['/tickets/search', 'tickets', 'ticket_parts'],
    ['/teams', 'teams', 'team_admins'],
  ])('are those of %s that another stream will take, for %s and %s', async (path, one, ...others) => {
    const alone = await keptBy([one], path);
    const { asked, most, left, needless, taken } = await keptBy([one, ...others], path);
    // No request more than for one of them.
    expect([...asked].sort()).toEqual([...alone.asked].sort());
    expect(taken).toBe(others.length * asked.length);
    expect(most).toBeGreaterThan(0);
    expect({ left, needless }).toEqual({ left: 0, needless: 0 });
  });

  it.each([
    ['/contacts/search', 'contacts', 'contact_tags'],
    ['/tickets/search', 'tickets', 'ticket_parts'],
  ])('are none of a sweep over %s, which nobody else takes', async (path, one, ...others) => {
    const streams = [one, ...others];
    const { asked, left, needless } = await keptBy(streams, path, {
      config: { include_deletions: true, deletion_capacity: 50 },
      times: (request) =>
        request.path === path && !JSON.stringify(request.body).includes('created_at') ? streams.length : 1,
      prepare: withoutCutLists,
    });
    expect(asked.length).toBeGreaterThan(0);
    expect({ left, needless }).toEqual({ left: 0, needless: 0 });
  });

  // All of its pages are read through before the first record is emitted.
  it.each([
    [['companies']],
    [['company_tags']],
    [['companies', 'company_tags']],
    [['company_notes', 'companies', 'tags']],
  ])('are those of the scroll over companies until each has read them for %j', async (streams) => {
    const path = '/companies/scroll';
    const readers = streams.filter((name) => name.startsWith('compan')).length;
    const { most, left, needless, taken, asked } = await keptBy(streams, path, {
      times: (request) => (request.path === path ? 2 * readers : 1),
    });
    expect(most).toBe(asked.length);
    expect(taken).toBe((2 * readers - 1) * asked.length);
    expect({ left, needless }).toEqual({ left: 0, needless: 0 });
  });

  it('are gone when the last stream that might have asked for them has been read', async () => {
    const streams = ['companies', 'company_segments', 'conversation_parts'];
    const { leftAfter, most } = await keptBy(streams, '/companies/scroll', {
      config: { concurrency: 1 },
      prepare: withoutCutLists,
    });
    expect(most).toBeGreaterThan(0);
    expect([...leftAfter].at(-1)).toEqual(['conversation_parts', 0]);
    expect(leftAfter.get('company_segments')).toBe(0);
  });

  it.each([
    [['contacts', 'contact_notes'], []],
    [['contacts', 'contact_tags'], ['tags']],
    [['contacts', 'contact_companies', 'contact_segments'], ['companies']],
    [['contact_tags', 'contact_companies'], []],
  ])('are the rest of cut lists where two of %j ask for it: %j', async (streams, shared) => {
    const { needless, left, asked, taken } = await keptBy(streams, '/contacts/search', {
      times({ path }) {
        if (path === '/contacts/search') return streams.length;
        const list = /^\/contacts\/\w+\/(\w+)$/.exec(path)?.[1] ?? '';
        return shared.includes(list) ? 2 : 1;
      },
    });
    expect(asked.length).toBeGreaterThan(0);
    expect(taken).toBeGreaterThanOrEqual(asked.length * (streams.length - 1));
    expect({ left, needless }).toEqual({ left: 0, needless: 0 });
  });

  it('are none of the deletions where only one stream tells of them', async () => {
    const streams = ['conversations', 'deleted_conversations'];
    const path = '/conversations/deleted';
    const times = () => 1;
    const { most, leftAfter } = await keptBy([...streams, 'tags'], path, {
      config: { concurrency: 1 },
      times,
    });
    expect(most).toBeGreaterThan(0);
    expect(leftAfter.get('deleted_conversations')).toBe(0);
  });
});

test('companies are scrolled over again when they are read again', async () => {
  await withIntercom({ sizes: { companies: 25 } }, async ({ api, clock, config, transport }) => {
    const connector = await connectIntercom(config, { clock, ...(transport && { transport }) });
    try {
      const counts: number[] = [];
      for (let turn = 0; turn < 2; turn++) {
        let count = 0;
        for await (const _ of connector.records('companies')) count++;
        counts.push(count);
      }
      expect(counts).toEqual([25, 25]);
      // Pages of ten, and an empty one.
      expect(api.requests.filter(({ path }) => path === '/companies/scroll')).toHaveLength(8);
    } finally {
      await connector.close();
    }
  });
});
