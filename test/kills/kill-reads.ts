import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject } from '../../engine/util/json/json.ts';
import { liveOn } from '../intercom-api/live-on.ts';
import { differencesOf, killedStreams, lookback, type Row, rowOf } from './killed-streams.ts';
import { randomMoment, type Sizes, startWorkspace } from './living-workspace.ts';
import { isStopped, runAndStop, type StopSignal } from './run-and-stop.ts';

export interface ReadOptions {
  /** dist/bin/manifold.js */
  readonly manifold: string;
  /** How many reads are ended. */
  readonly times: number;
  readonly signal: StopSignal;
  readonly sizes?: Sizes;
  readonly say?: (text: string) => void;
}

/** What a consumer of messages holds: a record counts once a state of its stream, or the end of it, came after it. */
interface Held {
  readonly rows: Map<string, Map<string, Row>>;
  /** Each version of a record that counted, ever. */
  readonly versions: Map<string, Set<string>>;
  readonly states: Map<string, unknown>;
}

const nothing = (): Held => ({ rows: new Map(), versions: new Map(), states: new Map() });

/**
 * Ends reads at random moments while the workspace lives on, each going on from the state that the one before has written.
 * Says what came in pieces, what came again although the state was beyond it, and what differs in the end from a read of
 * everything.
 */
export async function killReads({ manifold, times, signal, sizes, say }: ReadOptions): Promise<string[]> {
  const workspace = await startWorkspace(sizes);
  const { api, folder, config } = workspace;
  const problems: string[] = [];
  const catalog = join(folder, 'catalog.json');
  await writeFile(catalog, JSON.stringify(catalogOfAll()));
  let round = 0;

  /** How many requests a whole read makes. */
  let requests = 0;

  /** Milliseconds from a signal to the end, at most. */
  let slowest = 0;

  /** Whether it was stopped. */
  async function read(held: Held, mayBeStopped?: 'may be stopped'): Promise<boolean> {
    const state = join(folder, 'state.json');
    await writeFile(
      state,
      JSON.stringify(
        [...held.states].map(([name, stream_state]) => ({
          type: 'STREAM',
          stream: { stream_descriptor: { name }, stream_state },
        })),
      ),
    );
    const argv = [manifold, 'read', '--config', config, '--catalog', catalog, '--state', state];
    const before = workspace.asked();
    const stop = mayBeStopped && { ...randomMoment(workspace, requests), signal };
    const ended = await runAndStop(argv, stop);
    const { stdout, stderr, how } = ended;
    const stopped = isStopped(ended, signal);
    if (!stopped && how !== 0)
      throw new Error(`The read ended with ${how}:\n${stderr}\n${stdout.slice(-2000)}`);
    if (stopped) slowest = Math.max(slowest, ended.afterSignal ?? 0);
    if (stopped && signal !== 'SIGKILL' && stdout !== '' && !stdout.endsWith('\n'))
      problems.push(`round ${round}: the last line is cut`);
    problems.push(...take(held, stdout).map((problem) => `round ${round}: ${problem}`));
    if (!stopped) requests = workspace.asked() - before;
    return stopped;
  }

  try {
    const held = nothing();
    await read(nothing());
    let stopped = 0;
    // A workspace that is read from its beginning is one kind of read, one that was read before is another.
    for (round = 1; stopped < times; round += 1) {
      liveOn(api.workspace, round);
      if (round % 10 === 0) forget(held);
      if (await read(held, 'may be stopped')) stopped += 1;
      if (stopped % 10 === 0)
        say?.(
          `read, ${signal}: ${stopped} of ${round} stopped, the slowest in ${Math.round(slowest)} ms, ${problems.length} problems\n`,
        );
    }
    liveOn(api.workspace, 1_000_000);
    await read(held);
    const fresh = nothing();
    await read(fresh);
    for (const stream of Object.keys(killedStreams)) {
      const [expected, found] = [fresh, held].map(({ rows }) => [...(rows.get(stream)?.values() ?? [])]);
      say?.(`${stream}: ${expected?.length} expected, ${found?.length} found\n`);
      problems.push(...differencesOf(stream, expected ?? [], found ?? []));
    }
    return problems;
  } finally {
    await workspace.close();
  }
}

/** As after a reset: everything is read once more. */
function forget({ rows, versions, states }: Held): void {
  for (const map of [rows, versions, states]) map.clear();
}

/** Takes what was written, as a reader of lines does: what stands after the last line break is no line. */
function take(held: Held, stdout: string): string[] {
  const problems: string[] = [];
  const before = new Map([...held.states].map(([stream, state]) => [stream, cursorIn(state)]));
  const waiting = new Map<string, Row[]>();

  function commit(stream: string): void {
    const rows = held.rows.get(stream) ?? new Map<string, Row>();
    const versions = held.versions.get(stream) ?? new Set<string>();
    for (const row of waiting.get(stream) ?? []) {
      rows.set(row.key, row);
      versions.add(`${row.key} ${row.version}`);
    }
    held.rows.set(stream, rows);
    held.versions.set(stream, versions);
    waiting.delete(stream);
  }

  for (const line of stdout.split('\n').slice(0, -1)) {
    let message: ReturnType<typeof JSON.parse>;
    try {
      message = JSON.parse(line);
    } catch {
      problems.push(`a line is cut: ${line.slice(0, 200)}`);
      continue;
    }
    if (message.type === 'RECORD') {
      const { stream, data } = message.record;
      const row = rowOf(stream, data);
      waiting.set(stream, [...(waiting.get(stream) ?? []), row]);
      const cursor = before.get(stream);
      const isOld = cursor !== undefined && Number(row.version) < cursor - lookback;
      if (
        killedStreams[stream]?.isSearched &&
        isOld &&
        held.versions.get(stream)?.has(`${row.key} ${row.version}`)
      )
        problems.push(`${stream} ${row.key} comes again, ${cursor - Number(row.version)} s before the state`);
    } else if (message.type === 'STATE') {
      const { stream_descriptor, stream_state } = message.state.stream;
      commit(stream_descriptor.name);
      held.states.set(stream_descriptor.name, stream_state);
    } else if (message.trace?.stream_status?.status === 'COMPLETE')
      commit(message.trace.stream_status.stream_descriptor.name);
  }
  return problems;
}

function cursorIn(state: unknown): number | undefined {
  const value = isObject(state) ? Number(state.updated_at) : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}

function catalogOfAll() {
  return {
    streams: Object.entries(killedStreams).map(([name, { key }]) => ({
      stream: {
        name,
        json_schema: { type: 'object' },
        supported_sync_modes: ['full_refresh', 'incremental'],
      },
      sync_mode: 'incremental',
      destination_sync_mode: 'append_dedup',
      primary_key: key.map((field) => [field]),
    })),
  };
}
