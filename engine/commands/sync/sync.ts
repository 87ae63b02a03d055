import { basename } from 'node:path';
import type { Connector } from '../../connector/connector.ts';
import type { Manifest } from '../../connector/load-manifest.ts';
import type { Surroundings } from '../../connector/sync-scope.ts';
import { withConnector } from '../../connector/with-connector.ts';
import { identityOf } from '../../destinations/identity.ts';
import { createRedactor } from '../../http/wire/redact.ts';
import { specificationIn } from '../../protocol/specification.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import { chooseManifest } from '../choose-manifest.ts';
import type { CommandOptions, Environment } from '../environment.ts';
import { exchangeText } from '../exchange-text.ts';
import { readConfig } from '../read-input.ts';
import { chooseStreams } from './choose-streams.ts';
import { keepConfig } from './keep-config.ts';
import { createProgress, progressTable } from './progress.ts';
import { createProgressView, type ProgressView } from './progress-view.ts';
import { readInto } from './read-into.ts';
import { readSelection } from './selection.ts';
import { readSince, startingAt } from './since.ts';

export interface SyncOptions extends CommandOptions {
  /** Where to write: a folder, a file that ends with .duckdb, a postgres:// address. */
  readonly to?: string;
  /** The same, of folders. */
  readonly out?: string;
  /** Of the files in a folder. */
  readonly format?: 'jsonl' | 'parquet';
  /** Only these streams. */
  readonly streams?: readonly string[];
  /** Only what these patterns name. */
  readonly select?: readonly string[];
  /** Everything is read from the beginning. */
  readonly fullRefresh?: boolean;
  /** Incremental streams are read from then on, whatever their states say; rows stay. */
  readonly since?: string;
  readonly schema?: 'evolve' | 'freeze';
  readonly deletes?: 'remove' | 'keep';
  /** Seconds. */
  readonly commitEvery?: number;
}

/** `sync`: everything that a config gives access to, into one place. The next run continues where this one ended. */
export async function sync(options: SyncOptions, environment: Environment): Promise<number> {
  const config = await readConfig(options.config);
  const to = options.to ?? options.out ?? environment.env.MANIFOLD_TO ?? 'out';
  const selection = readSelection(options.select ?? []);
  const redactor = createRedactor();
  const write = (text: string): void => environment.writeError(redactor.text(text));
  let view: ProgressView | undefined;
  const say = (text: string): void => (view === undefined ? write(text) : view.say(text));
  let saving = Promise.resolve();
  const { manifest, readFile } = await chooseManifest(options, config, environment);
  const spec = specificationIn(manifest.root)?.connectionSpecification;
  const read =
    options.since === undefined ? config : startingAt(config, spec, readSince(options.since, Date.now()));
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
    const { chosen, problems } = await chooseStreams(connector, options.streams, selection);
    const { openDestination } = await import('../../destinations/open-destination.ts');
    const destination = await openDestination(to, {
      ...options,
      identity: identityOf(nameOf(manifest), config, spec),
      keepsField: options.select === undefined ? undefined : selection.keepsField,
      log: surroundings.log ?? (() => {}),
      signal: environment.signal,
    });
    let isClosed = false;
    const close = async () => {
      if (isClosed) return;
      isClosed = true;
      await destination.close();
    };
    if (destination.startsOver !== undefined)
      say(`Every stream is read from the beginning, ${destination.startsOver}.\n`);
    try {
      const progress = createProgress(chosen.map(({ name }) => name));
      view = createProgressView(progress, { write, terminal: environment.terminal, now: Date.now });
      const startedAt = Date.now();
      await readInto(destination, {
        connector,
        streams: chosen,
        states: options.since === undefined ? destination.states : new Map(),
        progress,
        requests,
        problems,
        view,
        signal: environment.signal,
      });
      // What is waiting is kept before anybody is told that it is there.
      await close();
      view.end();
      view = undefined;
      await environment.write(`\n${progressTable(progress.values(), Date.now() - startedAt)}`);
      for (const [problem, names] of problems) say(`\n${[...names].join(', ')}: ${problem}\n`);
      if (environment.signal?.aborted) say('\nStopped. The next sync goes on from here.\n');
      return problems.size > 0 ? 1 : 0;
    } finally {
      await close();
    }
  }
  try {
    return await withConnector(manifest, read, surroundings, { work });
  } finally {
    await saving;
  }
}

/** The name that a manifest's file has. */
function nameOf({ root }: Manifest): string {
  return basename(root.place.source.name).replace(/\.ya?ml$/, '');
}
