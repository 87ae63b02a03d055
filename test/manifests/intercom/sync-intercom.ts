import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Surroundings } from '../../../engine/connector/sync-scope.ts';
import type { StreamState } from '../../../engine/contract/families.ts';
import {
  type Connector,
  connect,
  loadManifest,
  type Manifest,
  type SyncEvent,
} from '../../../engine/index.ts';
import { type Hook, isHook } from '../../../engine/language/component.ts';
import type { Clock } from '../../../engine/time/clock.ts';
import type { JsonObject } from '../../../engine/util/json/json.ts';
import * as completeLists from '../../../manifests/intercom/complete-lists.ts';
import * as customAttributes from '../../../manifests/intercom/custom-attributes.ts';
import * as cutParts from '../../../manifests/intercom/cut-parts.ts';
import * as either from '../../../manifests/intercom/either.ts';
import * as embedded from '../../../manifests/intercom/embedded-records.ts';
import * as gated from '../../../manifests/intercom/gated.ts';
import * as token from '../../../manifests/intercom/intercom-token.ts';
import * as requester from '../../../manifests/intercom/paced-requester.ts';
import * as migration from '../../../manifests/intercom/parent-state-migration.ts';
import * as regionCheck from '../../../manifests/intercom/region-check.ts';
import * as scrollRequester from '../../../manifests/intercom/scroll-requester.ts';
import * as scrollRetriever from '../../../manifests/intercom/scroll-retriever.ts';
import * as tombstones from '../../../manifests/intercom/tombstones.ts';
import * as backoff from '../../../manifests/intercom/until-window-reset.ts';

const root = process.cwd();

/** Those that all whole-sync tests read. */
export const streamNames = [
  ...['activity_logs', 'workspace', 'admins', 'tags', 'teams', 'segments', 'companies', 'company_segments'],
  ...[
    'company_attributes',
    'contact_attributes',
    'contacts',
    'conversations',
    'deleted_conversations',
    'conversation_parts',
    'tickets',
  ],
] as const;

export type StreamName = (typeof streamNames)[number];

/** The others: what lies inside of records, settings, content, children and exports. */
export const moreStreamNames = [
  ...['ticket_parts', 'ticket_contacts', 'ticket_links', 'conversation_tags'],
  ...['conversation_contacts', 'conversation_teammates', 'conversation_links', 'contact_tags'],
  ...['contact_companies', 'company_tags', 'team_admins', 'ticket_type_attributes', 'ticket_types'],
  ...['ticket_states', 'conversation_attributes', 'subscription_types', 'brands', 'email_settings'],
  ...['away_status_reasons', 'audiences', 'activity_log_event_types', 'office_hours_schedules'],
  ...['office_hours_exceptions', 'help_centers', 'collections', 'help_center_redirects', 'articles'],
  ...['internal_articles', 'content_snippets', 'content_import_sources', 'external_pages'],
  ...['news_items', 'newsfeeds', 'newsfeed_items', 'macros', 'data_connectors'],
  ...['data_connector_executions', 'reporting_datasets', 'contact_notes', 'contact_subscriptions'],
  ...['contact_segments', 'contact_merge_history', 'company_notes', 'conversation_handling_events'],
  ...['side_conversations', 'article_versions', 'article_drafts', 'team_metrics', 'calls'],
  ...['call_transcripts', 'data_events', 'data_event_summaries', 'message_exports'],
] as const;

export type MoreStreamName = (typeof moreStreamNames)[number];

export const hooks: readonly Hook[] = [
  completeLists,
  customAttributes,
  cutParts,
  either,
  embedded,
  gated,
  regionCheck,
  migration,
  token,
  requester,
  scrollRequester,
  scrollRetriever,
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
  return connect(await intercomManifest(), config, {
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
    log: (level, message) => {
      if (level === 'WARN' || level === 'ERROR') warnings.push(message);
    },
    onConfigChange: (config) => void configs.push(structuredClone(config)),
  });
  const records = new Map<string, JsonObject[]>();
  const states = new Map(options.states);
  const errors: string[] = [];
  try {
    connector.prepare();
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
