import { basename } from 'node:path';
import type { Connector } from '../../connector/connector.ts';
import type { Manifest } from '../../connector/load-manifest.ts';
import type { Surroundings } from '../../connector/sync-scope.ts';
import { withConnector } from '../../connector/with-connector.ts';
import type { StreamDefinition } from '../../contract/families.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { printThrown } from '../../error/print-location.ts';
import { unknownStream } from '../../error/unknown-stream.ts';
import { createRedactor } from '../../http/wire/redact.ts';
import { specificationIn } from '../../protocol/specification.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import { chooseManifest } from '../choose-manifest.ts';
import type { CommandOptions, Environment } from '../environment.ts';
import { exchangeText } from '../exchange-text.ts';
import { readConfig } from '../read-input.ts';
import { identityOf } from './folder-identity.ts';
import { keepConfig } from './keep-config.ts';
import { type OutputFolder, openOutputFolder } from './output-folder.ts';
import { createProgress, progressTable, type StreamProgress } from './progress.ts';
import { createProgressView, type ProgressView } from './progress-view.ts';
import { reachedText } from './reached.ts';

export interface SyncOptions extends CommandOptions {
  /** Folder to write to. */
  readonly out?: string;
  /** Only these streams. */
  readonly streams?: readonly string[];
  /** Everything is read from the beginning. */
  readonly fullRefresh?: boolean;
}

/** `sync`: everything that a config gives access to, into a folder. The next run continues where this one ended. */
export async function sync(options: SyncOptions, environment: Environment): Promise<number> {
  const config = await readConfig(options.config);
  const redactor = createRedactor();
  const write = (text: string): void => environment.writeError(redactor.text(text));
  let view: ProgressView | undefined;
  const say = (text: string): void => (view === undefined ? write(text) : view.say(text));
  let saving = Promise.resolve();
  const { manifest, readFile } = await chooseManifest(options, config, environment);
  const requests = new Map<string, number>();
  const told = new Set<string>();
  const surroundings: Surroundings = {
    ...environment,
    redactor,
    readFile,
    log: (level, message) => {
      if (options.debug !== true && (level === 'DEBUG' || level === 'TRACE' || told.has(message))) return;
      // Who waits wants to know for what: a request that is tried again, someone else's scroll. Once is enough.
      told.add(message);
      say(`${level} ${message}\n`);
    },
    onExchange: (exchange) => {
      const { stream } = exchange;
      if (options.debug === true) say(`DEBUG ${exchangeText(exchange)}\n`);
      if (stream !== undefined) requests.set(stream, (requests.get(stream) ?? 0) + 1);
    },
    onConfigChange: (changed) => {
      const path = options.config;
      if (path === undefined) return;
      // The old token may be worthless by now.
      const text = `${toJsonText(changed)}\n`;
      saving = saving.then(() => keepConfig(path, text, say));
    },
  };
  async function work(connector: Connector): Promise<number> {
    const { chosen, problems } = await chooseStreams(connector, options.streams);
    const identity = identityOf(
      nameOf(manifest),
      config,
      specificationIn(manifest.root)?.connectionSpecification,
    );
    const folder = await openOutputFolder(options.out ?? 'out', {
      identity,
      fullRefresh: options.fullRefresh,
    });
    if (folder.startsOver !== undefined)
      say(`Every stream is read from the beginning, ${folder.startsOver}.\n`);
    try {
      const progress = createProgress(chosen.map(({ name }) => name));
      view = createProgressView(progress, { write, terminal: environment.terminal, now: Date.now });
      const startedAt = Date.now();
      await readInto(folder, { connector, streams: chosen, progress, requests, problems, view, environment });
      view.end();
      view = undefined;
      await environment.write(`\n${progressTable(progress.values(), Date.now() - startedAt)}`);
      for (const [problem, names] of problems) say(`\n${[...names].join(', ')}: ${problem}\n`);
      if (environment.signal?.aborted) say('\nStopped. The next sync goes on from here.\n');
      return problems.size > 0 ? 1 : 0;
    } finally {
      await folder.close();
    }
  }
  try {
    return await withConnector(manifest, config, surroundings, { work });
  } finally {
    await saving;
  }
}

/** The name that a manifest's file has. */
function nameOf({ root }: Manifest): string {
  return basename(root.place.source.name).replace(/\.ya?ml$/, '');
}

/** What went wrong, and for which streams. */
type Problems = Map<string, Set<string>>;

function addProblem(problems: Problems, stream: string, error: unknown): void {
  const text = printThrown(error);
  problems.set(text, (problems.get(text) ?? new Set()).add(stream));
}

interface Choice {
  readonly chosen: readonly StreamDefinition[];
  readonly problems: Problems;
}

async function chooseStreams(connector: Connector, wanted: readonly string[] | undefined): Promise<Choice> {
  const problems: Problems = new Map();
  const broken = new Set<string>();
  const definitions = await connector.streams((name, error) => {
    broken.add(name);
    if (wanted === undefined || wanted.includes(name)) addProblem(problems, name, error);
  });
  if (wanted === undefined) return { chosen: definitions, problems };
  const names = [...definitions.map(({ name }) => name), ...broken];
  const unknown = wanted.filter((name) => !names.includes(name));
  if (unknown.length > 0)
    throw new ConnectorError(unknown.map((name) => unknownStream(name, names)).join('\n'), {
      kind: 'config_error',
    });
  return { chosen: definitions.filter(({ name }) => wanted.includes(name)), problems };
}

interface Reading {
  readonly connector: Connector;
  readonly streams: readonly StreamDefinition[];
  readonly progress: ReadonlyMap<string, StreamProgress>;
  readonly requests: ReadonlyMap<string, number>;
  readonly problems: Problems;
  readonly view: ProgressView;
  readonly environment: Environment;
}

/** Writes what comes into the folder and into the progress. */
async function readInto(folder: OutputFolder, reading: Reading): Promise<void> {
  const { connector, progress, requests, problems, view } = reading;
  const { signal } = reading.environment;
  const definitions = new Map(reading.streams.map((definition) => [definition.name, definition]));
  const streams = reading.streams.map(({ name }) => ({ name }));
  for await (const event of connector.read({ streams, states: folder.states, ...(signal && { signal }) })) {
    const stream = progress.get(event.stream) as StreamProgress;
    const definition = definitions.get(event.stream) as StreamDefinition;
    stream.requests = requests.get(event.stream) ?? 0;
    switch (event.kind) {
      case 'records':
        stream.records += event.records.length;
        await folder.write(event.stream, event.records);
        break;
      case 'state':
        stream.reached = reachedText(event.state, definition);
        await folder.checkpoint(event.stream, event.state);
        break;
      case 'error':
        addProblem(problems, event.stream, event.error);
        break;
      case 'status':
        if (event.status === 'STARTED') {
          stream.status = 'reading';
          stream.startedAt = Date.now();
          await folder.open(event.stream, definition.cursorField === undefined ? 'replace' : 'append');
        } else if (event.status !== 'RUNNING') {
          stream.status = event.status === 'COMPLETE' ? 'done' : signal?.aborted ? 'stopped' : 'failed';
          stream.endedAt = Date.now();
          if (stream.status === 'done') await folder.complete(event.stream);
        }
    }
    view.changed(stream);
  }
}
