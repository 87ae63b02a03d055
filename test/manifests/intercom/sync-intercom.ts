import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Connector, configure } from '../../../engine/connector/connector.ts';
import { loadManifest, type Manifest } from '../../../engine/connector/load-manifest.ts';
import type { Surroundings } from '../../../engine/connector/sync-scope.ts';
import type { StreamState } from '../../../engine/contract/families.ts';
import type { Transport } from '../../../engine/contract/scope.ts';
import { type Hook, isHook } from '../../../engine/language/hook.ts';
import type { SyncEvent } from '../../../engine/sync/read/sync-event.ts';
import type { Clock } from '../../../engine/time/clock.ts';
import type { JsonObject } from '../../../engine/util/json/json.ts';
import * as completeLists from '../../../manifests/intercom/complete-lists.ts';
import * as customAttributes from '../../../manifests/intercom/custom-attributes.ts';
import * as cutParts from '../../../manifests/intercom/cut-parts.ts';
import * as either from '../../../manifests/intercom/either.ts';
import * as embedded from '../../../manifests/intercom/embedded-records.ts';
import * as gated from '../../../manifests/intercom/gated.ts';
import * as token from '../../../manifests/intercom/intercom-token.ts';
import * as leaveOut from '../../../manifests/intercom/leave-out.ts';
import * as requester from '../../../manifests/intercom/paced-requester.ts';
import * as migration from '../../../manifests/intercom/parent-state-migration.ts';
import * as readParents from '../../../manifests/intercom/read-parents.ts';
import * as regionCheck from '../../../manifests/intercom/region-check.ts';
import * as scrollRequester from '../../../manifests/intercom/scroll-requester.ts';
import * as scrollRetriever from '../../../manifests/intercom/scroll-retriever.ts';
import * as scrolledPosition from '../../../manifests/intercom/scrolled-position.ts';
import * as swept from '../../../manifests/intercom/swept.ts';
import * as tombstones from '../../../manifests/intercom/tombstones.ts';
import * as backoff from '../../../manifests/intercom/until-window-reset.ts';
import { streamNames } from './listed.ts';

const root = process.cwd();

export const hooks: readonly Hook[] = [
  completeLists,
  customAttributes,
  cutParts,
  either,
  embedded,
  gated,
  leaveOut,
  readParents,
  regionCheck,
  migration,
  token,
  requester,
  scrollRequester,
  scrollRetriever,
  scrolledPosition,
  swept,
  tombstones,
  backoff,
].flatMap((module) => Object.values(module).filter(isHook));

/** Read once for all syncs of a test file: it is never changed. */
let manifest: Promise<Manifest> | undefined;

export function intercomManifest(): Promise<Manifest> {
  const name = 'manifests/intercom.yaml';
  manifest ??= readFile(join(root, name), 'utf8').then((text) => loadManifest({ name, text }, { hooks }));
  return manifest;
}

export interface SyncOptions {
  readonly config: JsonObject;
  readonly clock: Clock;
  /** Undefined for real HTTP. */
  readonly transport?: Transport | undefined;
  readonly streams?: readonly string[];
  readonly states?: ReadonlyMap<string, StreamState>;
  /** Called with every event before the next one is asked for. */
  readonly onEvent?: (event: SyncEvent) => void;
}

export interface SyncResult {
  readonly records: ReadonlyMap<string, readonly JsonObject[]>;
  /** The last state of each stream. */
  readonly states: ReadonlyMap<string, StreamState>;
  /** Distinct ones: a stream may fail in the same way in many slices. */
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  /** Configs as they were told to the platform. */
  readonly configs: readonly JsonObject[];
}

/** The Intercom connector inside this process. */
export async function connectIntercom(
  config: JsonObject,
  surroundings: Surroundings = {},
): Promise<Connector> {
  return configure(await intercomManifest(), config, {
    random: () => 0.5,
    readFile: (path) => readFile(join(root, path), 'utf8').catch(() => undefined),
    ...surroundings,
  });
}

/** Runs a sync on a clock of the test. */
export async function syncIntercom(options: SyncOptions): Promise<SyncResult> {
  const configs: JsonObject[] = [];
  const warnings: string[] = [];
  const connector = await connectIntercom(options.config, {
    clock: options.clock,
    ...(options.transport && { transport: options.transport }),
    log: (level, message) => {
      if (level === 'WARN' || level === 'ERROR') warnings.push(message);
    },
    onConfigChange: (config) => void configs.push(structuredClone(config)),
  });
  const records = new Map<string, JsonObject[]>();
  const states = new Map(options.states);
  const errors: string[] = [];
  try {
    const streams = (options.streams ?? streamNames).map((name) => ({ name }));
    for await (const event of connector.read({ streams, states: options.states ?? new Map() })) {
      options.onEvent?.(event);
      if (event.kind === 'records') {
        const list = records.get(event.stream) ?? [];
        list.push(...(structuredClone(event.records) as JsonObject[]));
        records.set(event.stream, list);
      } else if (event.kind === 'state') states.set(event.stream, structuredClone(event.state));
      else if (event.kind === 'error') errors.push(`${event.error.kind}: ${event.error.message}`);
    }
  } finally {
    await connector.close();
  }
  return { records, states, errors: [...new Set(errors)], warnings: [...new Set(warnings)], configs };
}
