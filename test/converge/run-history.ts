import type { JsonObject } from '../../engine/util/json/json.ts';
import { createIntercom, defaultAccessToken } from '../intercom-api/intercom.ts';
import { createWorkspace, type Workspace } from '../intercom-api/workspace.ts';
import { listed, type StreamName } from '../manifests/intercom/listed.ts';
import { connectIntercom } from '../manifests/intercom/sync-intercom.ts';
import { virtualClock } from '../manifests/intercom/virtual-clock.ts';
import type { History, Sync } from './history.ts';
import { live } from './live.ts';
import { createReplica, type Replica } from './replica.ts';
import { spoiledTransport } from './spoiled-transport.ts';

const streams = [
  'contacts',
  'companies',
  'conversations',
  'conversation_parts',
  'tickets',
  'activity_logs',
] as const satisfies readonly StreamName[];

/** Few of each: what is rare among many happens all the time among few. */
const sizes = {
  contacts: 5,
  companies: 3,
  conversations: 5,
  tickets: 3,
  activityLogs: 2,
  deletedConversations: 2,
  partsPerConversation: 2,
};

const hour = 3_600_000;
const quiet: Omit<Sync, 'after'> = { edits: [], during: [], faults: [], killedAfter: undefined };

/** Lives through a history, and says where the replica and the workspace differ after a quiet sync. */
export async function runHistory(history: History): Promise<readonly string[]> {
  const [instant, timezone] = history.start;
  const clock = virtualClock(Date.parse(instant));
  const workspace = createWorkspace({ seed: history.workspace, sizes, timezone, now: clock.now });
  const replica = createReplica();
  const start = Math.floor(Date.parse(instant) / 1000) - 45 * 86_400;
  const config = {
    access_token: defaultAccessToken,
    start_date: new Date(start * 1000).toISOString().replace('.000', ''),
    api_version: history.version,
    company_scroll_days: history.companyScrollDays,
    include_deletions: history.includesDeletions,
    // States stay small, and are copied a thousand times.
    deletion_capacity: 100,
    deletion_sweep_hours: 24,
  };
  const existed = new Map<StreamName, Set<string>>(streams.map((stream) => [stream, new Set()]));

  async function sync({ during, faults, killedAfter }: Omit<Sync, 'after' | 'edits'>): Promise<void> {
    const intercom = createIntercom(workspace, {
      rateLimit: false,
      scrollPageSize: 2,
      faults: [
        {
          kind: 'index-lag',
          seconds: history.lag.seconds,
          match: {},
          ...(history.lag.of !== 'all' && { of: history.lag.of }),
        },
      ],
    });
    const transport = spoiledTransport(intercom, faults, (nth) => {
      if (isDead) throw new Error('the process is gone');
      for (const edit of during) if (edit.nth === nth) live(workspace, edit);
      remember();
    });
    const connector = await connectIntercom(config, { clock, transport });
    let isDead = false;
    let left = killedAfter ?? Number.POSITIVE_INFINITY;
    try {
      const reading = connector.read({ streams: streams.map((name) => ({ name })), states: replica.states });
      for await (const event of reading) {
        replica.take(event);
        left -= 1;
        if (left === 0) break;
      }
    } finally {
      isDead = true;
      // What came after the last state of a stream was never committed.
      replica.forgetUncommitted();
      await connector.close();
    }
  }

  /** Deleted records that were there once may stay in a replica: nobody tells of them. */
  function remember(): void {
    for (const [stream, ids] of Object.entries(idsIn(workspace)))
      for (const id of ids) existed.get(stream as StreamName)?.add(id);
  }

  remember();
  for (const { after, edits, ...rest } of history.syncs) {
    let passed = 0;
    for (const edit of [...edits].sort((a, b) => a.at - b.at)) {
      const moment = Math.floor(edit.at * after);
      clock.advance((moment - passed) * 1000);
      passed = moment;
      live(workspace, edit);
      remember();
    }
    clock.advance((after - passed) * 1000);
    await sync(rest);
  }
  // All companies are scrolled over, and what is gone is looked for.
  const days = Math.max(history.companyScrollDays, history.includesDeletions ? 1 : 0);
  clock.advance((24 * days + 2) * hour);
  await sync(quiet);
  return differences(history, workspace, start, replica, existed);
}

function idsIn(workspace: Workspace): Partial<Record<StreamName, readonly string[]>> {
  const conversations = workspace.conversations.rows();
  return {
    contacts: workspace.contacts.rows().map(({ id }) => id),
    companies: workspace.companies.rows().map(({ id }) => id),
    conversations: conversations.map(({ id }) => id),
    conversation_parts: conversations.flatMap(({ parts }) => parts.map(({ id }) => id)),
    tickets: workspace.tickets.rows().map(({ id }) => id),
  };
}

async function differences(
  { version, includesDeletions }: History,
  workspace: Workspace,
  start: number,
  replica: Replica,
  existed: ReadonlyMap<StreamName, ReadonlySet<string>>,
): Promise<string[]> {
  const found: string[] = [];
  const there = await listed(workspace, version);
  const told = new Set<StreamName>(includesDeletions ? ['contacts', 'companies', 'tickets'] : []);
  if (includesDeletions && Number(version) >= 2.16) told.add('conversations');
  const changed = new Set(
    (there.conversations as JsonObject[])
      .filter((row) => changedSince(row, start))
      .map(({ id }) => String(id)),
  );
  for (const stream of streams) {
    const held = replica.rows(stream);
    const keys = new Set<string>();
    for (const row of there[stream] as JsonObject[]) {
      const key = String(row.id);
      keys.add(key);
      const copy = held.get(key);
      // What did not change since the start date is nobody's business.
      const isDue =
        stream === 'conversation_parts' ? changed.has(String(row.conversation_id)) : changedSince(row, start);
      if (!isDue) continue;
      if (copy === undefined) found.push(`${stream} ${key} is missing: ${JSON.stringify(row).slice(0, 300)}`);
      else if (comparable(copy) !== comparable(row))
        found.push(`${stream} ${key} is old: ${comparable(copy)} instead of ${comparable(row)}`);
    }
    for (const key of held.keys()) {
      if (keys.has(key)) continue;
      if (existed.get(stream)?.has(key) !== true) found.push(`${stream} ${key} was never there`);
      else if (told.has(stream)) found.push(`${stream} ${key} is gone and still held`);
    }
  }
  return found;
}

const changedSince = (row: JsonObject, start: number): boolean =>
  Number(row.updated_at ?? row.created_at) >= start;

/** What edits change. Records also show parts of others (names, counts, links), which change without their being updated. */
const own = ['created_at', 'updated_at', 'role', 'phone', 'industry', 'state', 'open', 'body', 'redacted'];

function comparable(row: JsonObject): string {
  return JSON.stringify(Object.fromEntries(own.map((field) => [field, row[field]])));
}
