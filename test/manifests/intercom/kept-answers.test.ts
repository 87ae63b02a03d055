import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '../../../engine/util/json/json.ts';
import { defaultAccessToken, type RequestLog } from '../../intercom-api/intercom-handlers.ts';
import type { Workspace } from '../../intercom-api/workspace.ts';
import { connectIntercom } from './sync-intercom.ts';
import { withIntercom } from './with-intercom.ts';

/** What a sync kept of the answers that it got: as it has no memory for them, each that is kept is a file. */
interface Kept {
  /** The most answers that were kept at one time. */
  readonly most: number;
  /** Those that were still there after the last record. */
  readonly left: number;
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

/** Each page of `path` is to be taken by all of the streams but the one that asked for it. */
async function keptBy(
  streams: readonly string[],
  path: string,
  more: JsonObject = {},
  isOfReaders: (request: RequestLog) => boolean = () => true,
  prepare: (workspace: Workspace) => void = () => {},
): Promise<Kept> {
  let [most, needless, taken, left] = [0, 0, 0, 0];
  const asked: string[] = [];
  await withIntercom({ sizes: { contacts: 320 } }, async ({ api, clock }) => {
    const pages = () => api.requests.filter((request) => request.path === path && isOfReaders(request));
    prepare(api.workspace);
    const config = {
      access_token: defaultAccessToken,
      start_date: '2023-06-01T00:00:00Z',
      base_url: api.url,
      ...more,
    };
    const connector = await connectIntercom(config, {
      clock,
      cacheMemory: 0,
      cacheFolder: folder,
      onDecision({ kind, outcome }) {
        if (kind === 'cache.hit' && 'url' in outcome && new URL(outcome.url).pathname === path) taken++;
        const kept = files();
        most = Math.max(most, kept);
        needless = Math.max(needless, kept - (pages().length * (streams.length - 1) - taken));
      },
    });
    try {
      const wanted = streams.map((name) => ({ name }));
      for await (const event of connector.read({ streams: wanted, states: new Map() }))
        if (event.kind === 'error') throw event.error;
      left = files();
      asked.push(...pages().map(textOf));
    } finally {
      await connector.close();
    }
  });
  return { most, left, needless, taken, asked };
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
    const isOfReaders = ({ body }: RequestLog) => !JSON.stringify(body).includes('created_at');
    const sweeping = { include_deletions: true, deletion_capacity: 50 };
    const { asked, left, needless } = await keptBy(
      [one, ...others],
      path,
      sweeping,
      isOfReaders,
      withoutCutLists,
    );
    expect(asked.length).toBeGreaterThan(0);
    expect({ left, needless }).toEqual({ left: 0, needless: 0 });
  });
});
