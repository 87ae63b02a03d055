import { type Connector, connect } from '../../connector.ts';
import { isConnectorError } from '../../error/connector-error.ts';
import { printError } from '../../error/print-location.ts';
import { createRedactor } from '../../http/redact.ts';
import type { StreamState } from '../../language/families.ts';
import { secretsOf } from '../../protocol/secrets.ts';
import { didYouMean } from '../../util/did-you-mean.ts';
import type { JsonObject } from '../../util/json.ts';
import { chooseManifest } from '../choose-manifest.ts';
import type { CommandOptions, Environment } from '../environment.ts';
import { readConfig } from '../read-input.ts';
import { type OutputFolder, openOutputFolder } from './output-folder.ts';
import { createProgress, createProgressView, progressTable, type StreamProgress } from './progress.ts';

export interface SyncOptions extends CommandOptions {
  /** Folder to write to. */
  readonly out?: string;
  /** Only these streams. */
  readonly streams?: readonly string[];
}

/** `sync`: everything a config gives, into a folder; the next run goes on where this one ended. */
export async function sync(options: SyncOptions, environment: Environment): Promise<number> {
  const config = await readConfig(options.config);
  return syncConfig(config, options, environment);
}

/** The same for a config that is at hand already. */
export async function syncConfig(
  config: JsonObject,
  options: SyncOptions,
  environment: Environment,
): Promise<number> {
  const redactor = createRedactor();
  const say = (text: string): void => environment.writeError(redactor.text(text));
  const { manifest, readFile } = await chooseManifest(options, config, environment);
  const requests = new Map<string, number>();
  const connector = connect(manifest, config, {
    ...environment,
    redactor,
    readFile,
    log: (level, message) => {
      if (level === 'ERROR' || level === 'FATAL' || level === 'WARN' || options.debug === true)
        say(`${level} ${message}\n`);
    },
    onExchange: ({ stream }) => {
      if (stream !== undefined) requests.set(stream, (requests.get(stream) ?? 0) + 1);
    },
  });
  for (const secret of secretsOf(connector.spec?.connectionSpecification ?? {}, config)) redactor.add(secret);
  try {
    connector.prepare();
    const folder = await openOutputFolder(options.out ?? 'out');
    try {
      return await readInto(folder, connector, requests, options, environment, say);
    } finally {
      await folder.close();
    }
  } finally {
    await connector.close();
  }
}

async function readInto(
  folder: OutputFolder,
  connector: Connector,
  requests: ReadonlyMap<string, number>,
  options: SyncOptions,
  environment: Environment,
  say: (text: string) => void,
): Promise<number> {
  const problems = new Set<string>();
  const definitions = await connector.streams((name, error) =>
    problems.add(`${name}: ${isConnectorError(error) ? printError(error) : String(error)}`),
  );
  const chosen =
    options.streams === undefined
      ? definitions
      : definitions.filter(({ name }) => options.streams?.includes(name));
  const missing =
    options.streams?.filter((name) => !definitions.some((stream) => stream.name === name)) ?? [];
  for (const name of missing) {
    const names = definitions.map((stream) => stream.name);
    if (![...problems].some((problem) => problem.startsWith(`${name}: `)))
      problems.add(
        `There is no stream "${name}".${didYouMean(name, names) || ` The manifest has ${names.join(', ')}.`}`,
      );
  }
  const cursorFields = new Map(chosen.map(({ name, cursorField }) => [name, cursorField]));
  const progress = createProgress(chosen.map(({ name }) => name));
  const now = () => Date.now();
  const view = createProgressView(progress, { write: say, isTerminal: environment.isTerminal, now });
  const reading = connector.read({
    streams: chosen.map(({ name }) => ({ name })),
    states: folder.states,
    signal: environment.signal,
  });
  for await (const event of reading) {
    const stream = progress.get(event.stream) as StreamProgress;
    stream.requests = requests.get(event.stream) ?? 0;
    switch (event.kind) {
      case 'records':
        stream.records += event.records.length;
        await folder.write(event.stream, event.records);
        break;
      case 'state':
        stream.reached = reachedText(event.state, cursorFields.get(event.stream));
        await folder.checkpoint(event.stream, event.state);
        break;
      case 'error':
        problems.add(`${event.stream}: ${printError(event.error)}`);
        break;
      case 'status':
        if (event.status === 'STARTED') {
          stream.status = 'reading';
          stream.startedAt = now();
          await folder.open(
            event.stream,
            cursorFields.get(event.stream) === undefined ? 'replace' : 'append',
          );
        } else if (event.status !== 'RUNNING') {
          stream.status = event.status === 'COMPLETE' ? 'done' : 'failed';
          stream.endedAt = now();
          if (stream.status === 'done') await folder.complete(event.stream);
        }
    }
    view.changed(stream);
  }
  view.end();
  await environment.write(`\n${progressTable(progress.values())}`);
  for (const problem of problems) say(`\n${problem}\n`);
  return problems.size > 0 ? 1 : 0;
}

/** The cursor value in a state, whatever its shape: plain, or the newest over all partitions. */
function reachedText(state: StreamState, cursorField: string | undefined): string {
  if (cursorField === undefined) return '';
  const values: (string | number)[] = [];
  collectCursorValues(state, cursorField, values);
  const newest = values
    .sort((a, b) => (typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : 1))
    .at(-1);
  return newest === undefined ? '' : String(newest);
}

function collectCursorValues(value: unknown, cursorField: string, values: (string | number)[]): void {
  if (Array.isArray(value)) for (const item of value) collectCursorValues(item, cursorField, values);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, item] of Object.entries(value)) {
      if (name === cursorField && (typeof item === 'string' || typeof item === 'number')) values.push(item);
      else if (name !== 'parent_state') collectCursorValues(item, cursorField, values);
    }
  }
}
