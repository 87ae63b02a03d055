import type { StreamState } from '../../engine/contract/families.ts';
import { live } from '../converge/live.ts';
import { createIntercom, defaultAccessToken } from '../intercom-api/intercom.ts';
import { intercomTransport } from '../intercom-api/transport.ts';
import { createWorkspace } from '../intercom-api/workspace.ts';
import { connectIntercom } from '../manifests/intercom/sync-intercom.ts';
import { virtualClock } from '../manifests/intercom/virtual-clock.ts';
import { type Held, heldBy, told } from './measure-process.ts';

interface Months {
  readonly days: number;
  /** Evenly over the day. */
  readonly syncsPerDay: number;
  readonly say: (text: string) => void;
}

const streams = ['contacts', 'companies', 'conversations', 'conversation_parts', 'tickets', 'activity_logs'];
const day = 86_400_000;
const edits = [
  'change contact',
  'reply',
  'change ticket',
  'change company',
  'close or reopen',
  'log in',
] as const;

/**
 * After the first tenth, what is held may not grow by more. `values` are what is left after the garbage was collected; the memory of
 * the process swings by tens of megabytes without a trend, since V8 gives back what it has freed when it likes to.
 */
const mostGrowth = { values: 4 * 2 ** 20, memory: 64 * 2 ** 20, files: 5 };

/** Bytes of what is reachable: what a first collection has finalized goes with the second. */
function liveValues(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** One process syncs a workspace in which people work, many times on each of many days of its clock. Says what has grown. */
export async function syncForMonths({ days, syncsPerDay, say }: Months): Promise<readonly string[]> {
  const clock = virtualClock(Date.parse('2025-01-01T00:00:00Z'));
  const sizes = {
    ...{ contacts: 20, companies: 10, conversations: 20, tickets: 10 },
    ...{ activityLogs: 5, deletedConversations: 2, partsPerConversation: 2 },
  };
  const workspace = createWorkspace({ seed: 7, sizes, timezone: 'Europe/Berlin', now: clock.now });
  const config = {
    access_token: defaultAccessToken,
    start_date: '2024-12-01T00:00:00Z',
    include_deletions: true,
    deletion_capacity: 1000,
  };
  let states: ReadonlyMap<string, StreamState> = new Map();
  let first: { readonly held: Held; readonly values: number; readonly stateSize: number } | undefined;
  const problems: string[] = [];
  for (let today = 1; today <= days; today++) {
    for (let sync = 0; sync < syncsPerDay; sync++) {
      const nth = today * syncsPerDay + sync;
      // Things that exist are worked on; the workspace itself must not be what grows.
      live(workspace, {
        does: edits[nth % edits.length] as (typeof edits)[number],
        pick: nth,
        times: 1,
      });
      const transport = intercomTransport(createIntercom(workspace, { rateLimit: false }));
      const connector = await connectIntercom(config, { clock, transport });
      const next = new Map(states);
      for await (const event of connector.read({ streams: streams.map((name) => ({ name })), states })) {
        if (event.kind === 'state') next.set(event.stream, event.state);
        if (event.kind === 'error') problems.push(`${event.stream ?? ''}: ${event.error.message}`);
      }
      await connector.close();
      states = next;
      await clock.sleep(day / syncsPerDay);
    }
    if (today % Math.ceil(days / 10) !== 0) continue;
    const values = liveValues();
    const held = heldBy(process.pid);
    const stateSize = JSON.stringify([...states]).length;
    first ??= { held, values, stateSize };
    say(
      `${today} days: ${(values / 2 ** 20).toFixed(1)} MB of values, ${told(held)}, ${stateSize} characters of state\n`,
    );
    if (values > first.values + mostGrowth.values) problems.push('what is held grows');
    if (held.memory > first.held.memory + mostGrowth.memory) problems.push('memory grows');
    if (held.files > first.held.files + mostGrowth.files) problems.push('open files grow');
    if (stateSize > 2 * first.stateSize) problems.push('the state grows');
  }
  return [...new Set(problems)];
}
