import type { Transport } from '../../../engine/contract/scope.ts';
import type { JsonObject } from '../../../engine/util/json/json.ts';
import type { Fault } from '../../intercom-api/faults.ts';
import { createIntercom, defaultAccessToken, type RequestLog } from '../../intercom-api/intercom.ts';
import { type StartOptions, startIntercomApi } from '../../intercom-api/server.ts';
import { intercomTransport } from '../../intercom-api/transport.ts';
import { createWorkspace, type Workspace } from '../../intercom-api/workspace.ts';
import { listed, type StreamName, streamNames } from './listed.ts';
import { type SyncOptions, type SyncResult, syncIntercom } from './sync-intercom.ts';
import { type VirtualClock, virtualClock } from './virtual-clock.ts';

const keys: Partial<Record<StreamName, readonly string[]>> = {
  workspace: ['id_code'],
  company_segments: ['company_id', 'id'],
  company_attributes: ['full_name', 'archived'],
  contact_attributes: ['full_name', 'archived'],
};

const keyOf = (stream: StreamName, record: JsonObject): string =>
  (keys[stream] ?? ['id']).map((field) => String(record[field])).join(' ');

const byKey = (stream: StreamName, records: readonly JsonObject[]): Map<string, JsonObject> =>
  new Map(records.map((record) => [keyOf(stream, record), record]));

export const sorted = (stream: StreamName, records: readonly JsonObject[]): JsonObject[] =>
  [...records].sort((a, b) => (keyOf(stream, a) < keyOf(stream, b) ? -1 : 1));

export interface Api {
  readonly workspace: Workspace;
  /** What was asked, oldest first. */
  readonly requests: readonly RequestLog[];
}

/** A simulated Intercom, its clock, and a sync of it. */
export interface Run {
  readonly api: Api;
  readonly clock: VirtualClock;
  /** What leads a connector to it. */
  readonly config: JsonObject;
  /** Undefined where requests go over real HTTP. */
  readonly transport: Transport | undefined;
  sync(options?: Partial<SyncOptions>): Promise<SyncResult>;
}

/** As Intercom is: some changes are found at once, and others minutes later. */
const lag: Fault = { kind: 'index-lag', seconds: 240, of: 'some', match: {} };

const withLag = (faults: readonly Fault[] = []): readonly Fault[] =>
  faults.some(({ kind }) => kind === 'index-lag') ? faults : [...faults, lag];

/** Everything in them is younger than the start date below. */
const small = { contacts: 160, companies: 35, conversations: 50, tickets: 30, activityLogs: 40 };

const startOptions = (clock: VirtualClock, options: StartOptions): StartOptions => ({
  now: clock.now,
  sleep: clock.sleep,
  scrollPageSize: 10,
  ...options,
  faults: withLag(options.faults),
  sizes: { ...small, ...options.sizes },
});

/** Without a wire: HTTP would take most of the time of a sync, and what it adds is the same in each. */
export async function withIntercom(options: StartOptions, run: (run: Run) => Promise<void>): Promise<void> {
  const clock = virtualClock();
  const all = startOptions(clock, options);
  const workspace = createWorkspace(all);
  const requests: RequestLog[] = [];
  const intercom = createIntercom(workspace, { ...all, onRequest: (request) => void requests.push(request) });
  await run(runOf({ workspace, requests }, clock, intercomTransport(intercom)));
}

/** The same over real HTTP. */
export async function withIntercomServer(
  options: StartOptions,
  run: (run: Run) => Promise<void>,
): Promise<void> {
  const clock = virtualClock();
  const api = await startIntercomApi(startOptions(clock, options));
  try {
    await run(runOf(api, clock, undefined, { base_url: api.url }));
  } finally {
    await api.close();
  }
}

function runOf(api: Api, clock: VirtualClock, transport?: Transport, place: JsonObject = {}): Run {
  const config = { access_token: defaultAccessToken, start_date: '2023-06-01T00:00:00Z', ...place };
  return {
    api,
    clock,
    config,
    transport,
    sync: ({ config: more, ...rest } = {}) =>
      syncIntercom({ clock, transport, ...rest, config: withoutUndefined({ ...config, ...more }) }),
  };
}

const withoutUndefined = (config: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined));

export async function expectEverything(
  api: Api,
  { records, errors }: SyncResult,
  streams: readonly StreamName[] = streamNames,
) {
  expect(errors).toEqual([]);
  const all = await listed(api.workspace);
  for (const stream of streams) {
    expect([stream, sorted(stream, records.get(stream) ?? [])]).toEqual([
      stream,
      sorted(stream, all[stream]),
    ]);
  }
}

/** What a destination holds after several syncs: the last record of each key. */
export async function expectNothingLost(
  api: Api,
  results: readonly SyncResult[],
  streams: readonly StreamName[] = streamNames,
  version?: string,
) {
  const all = await listed(api.workspace, version);
  for (const stream of streams) {
    const held = byKey(
      stream,
      results.flatMap(({ records }) => records.get(stream) ?? []),
    );
    for (const [key, record] of byKey(stream, all[stream]))
      expect([stream, held.get(key)]).toEqual([stream, record]);
  }
}
