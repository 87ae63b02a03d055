import { readFileSync } from 'node:fs';
import { parseInputJson } from '../../engine/commands/read-input.ts';
import { configure } from '../../engine/connector/connector.ts';
import { loadManifest } from '../../engine/connector/load-manifest.ts';
import { isConnectorError } from '../../engine/error/connector-error.ts';
import { printDiagnostic } from '../../engine/error/print-location.ts';
import { parseConfiguredCatalog } from '../../engine/protocol/configured-catalog.ts';
import { parseState } from '../../engine/protocol/state-input.ts';
import { isObject } from '../../engine/util/json/json.ts';
import { validateManifest } from '../../engine/validate/validate-manifest.ts';
import { fakeClock } from '../kit/scope.ts';
import { shortIntercom } from '../kit/short-manifest.ts';
import { hooks } from '../manifests/intercom/sync-intercom.ts';
import { chance, mutated } from './mutations.ts';

const whole = readFileSync('manifests/intercom.yaml', 'utf8');

const short = shortIntercom('tags', 'segments', 'conversations');
const manifest = loadManifest({ name: 'intercom.yaml', text: whole }, { hooks });

const config = JSON.stringify(
  {
    credentials: { option_title: 'API Access token', access_token: 'secret-token' },
    access_token: 'secret-token',
    start_date: '2024-01-01T00:00:00Z',
    api_version: '2.11',
    lookback_window: 1,
    include_deletions: true,
    search_overlap_minutes: 10,
    custom_attributes: ['a', 'b'],
  },
  undefined,
  2,
);
const catalog = JSON.stringify(
  {
    streams: ['contacts', 'conversations'].map((name) => ({
      stream: {
        name,
        json_schema: { type: 'object', properties: { id: { type: ['null', 'string'] } } },
        supported_sync_modes: ['full_refresh', 'incremental'],
      },
      sync_mode: 'incremental',
      destination_sync_mode: 'append_dedup',
      cursor_field: ['updated_at'],
      primary_key: [['id']],
    })),
  },
  undefined,
  2,
);
const state = JSON.stringify(
  [
    {
      type: 'STREAM',
      stream: { stream_descriptor: { name: 'contacts' }, stream_state: { updated_at: '1700000000' } },
    },
    {
      type: 'STREAM',
      stream: {
        stream_descriptor: { name: 'conversation_parts', namespace: null },
        stream_state: {
          states: [{ partition: { id: 'a', parent_slice: {} }, cursor: { updated_at: 1 } }],
          use_global_cursor: false,
          lookback_window: 1,
          parent_state: {},
        },
      },
    },
  ],
  undefined,
  2,
);

/** What is done with each kind of input, as the commands do it. */
const kinds = {
  manifest: { base: short, read: readManifest },
  config: { base: config, read: readConfig },
  catalog: {
    base: catalog,
    read: async (text: string) => {
      const { value, source } = await parseInputJson(text, 'input.json', 'catalog');
      parseConfiguredCatalog(value, source);
    },
  },
  state: { base: state, read: readState },
} as const;

export type Kind = keyof typeof kinds;
export const kindNames = ['manifest', 'config', 'catalog', 'state'] as const satisfies readonly Kind[];

function readManifest(text: string): void {
  const loaded = loadManifest({ name: 'x.yaml', text }, { hooks });
  for (const diagnostic of validateManifest(loaded)) check(printDiagnostic(diagnostic));
}

async function readConfig(text: string): Promise<void> {
  const { value } = await parseInputJson(text, 'input.json', 'config');
  if (!isObject(value)) return;
  void configure(manifest, value, { clock: fakeClock() }).close();
}

async function readState(text: string): Promise<void> {
  const { value, source } = await parseInputJson(text, 'input.json', 'state');
  parseState(value, source);
}

/** Words that only a program says that fell over. */
const fallen =
  /Maximum call stack|Cannot read propert|Cannot (?:set|convert|destructure|mix)|is not (?:a function|iterable|an object|a constructor)|Invalid (?:array|string) length|of undefined|\[object Object\]|\bundefined\b|Unexpected token|circular structure|heap/;

function check(message: string): void {
  if (message.trim() === '') throw new Error('an error without a message');
  // What is quoted may say anything.
  const said = message.split('\n')[0]?.replace(/"(?:[^"\\]|\\.)*"|'[^']*'|`[^`]*`/g, '') ?? '';
  if (fallen.test(said)) throw new Error(`this is no message for people: ${message.slice(0, 400)}`);
}

export function inputOf(kind: Kind, seed: number): string {
  return mutated(kinds[kind].base, chance(seed * 4 + kindNames.indexOf(kind)));
}

/** How an input fails to be read or refused as it should; undefined when all is well. */
export async function problemWith(kind: Kind, text: string): Promise<string | undefined> {
  const before = process.cpuUsage().user;
  let problem: string | undefined;
  try {
    await kinds[kind].read(text);
  } catch (error) {
    if (!isConnectorError(error))
      problem = `${kind} ends in ${error instanceof Error ? (error.stack ?? error.message).slice(0, 600) : String(error)}`;
    else
      try {
        check(error.message);
      } catch (bad) {
        problem = (bad as Error).message;
      }
  }
  if (problem === undefined && Object.keys(Object.prototype).length > 0)
    problem = 'every object has a new field';
  const seconds = (process.cpuUsage().user - before) / 1e6;
  if (problem === undefined && seconds > 10) problem = `reading it took ${seconds} s`;
  return problem;
}
