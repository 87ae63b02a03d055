import { type Connector, configure } from '../../engine/connector/connector.ts';
import { loadManifest, type Manifest } from '../../engine/connector/load-manifest.ts';
import type { Surroundings } from '../../engine/connector/sync-scope.ts';
import type { CheckResult, OutgoingRequest, StreamState } from '../../engine/contract/families.ts';
import type { LineFormat } from '../../engine/contract/lines.ts';
import { type ConnectorError, isConnectorError } from '../../engine/error/connector-error.ts';
import { printDiagnostic } from '../../engine/error/print-location.ts';
import type { Hook } from '../../engine/language/hook.ts';
import type { StreamStatus } from '../../engine/sync/read/sync-event.ts';
import type { JsonObject } from '../../engine/util/json/json.ts';
import { validateManifest } from '../../engine/validate/validate-manifest.ts';
import { type Answers, type FakeClock, fakeClock, fakeTransport } from './scope.ts';

export interface Given {
  readonly config?: JsonObject;
  /** The stored state of every stream that is read. */
  readonly state?: StreamState;
  /** The streams to read; those of the manifest by default. */
  readonly streams?: readonly string[];
  readonly hooks?: readonly Hook[];
  readonly clock?: FakeClock;
  /** Further fields of the manifest's root, as YAML. */
  readonly root?: string;
  readonly surroundings?: Surroundings;
  /** Records may come as lines. */
  readonly lines?: LineFormat;
}

/** What a read said, and what the API was asked. */
export interface Read {
  readonly records: readonly JsonObject[];
  /** What came as lines. */
  readonly lines: string;
  readonly states: readonly StreamState[];
  readonly statuses: readonly StreamStatus[];
  readonly errors: readonly ConnectorError[];
  readonly requests: readonly OutgoingRequest[];
  /** The requests in short: `GET /items?page=2`. */
  readonly asked: readonly string[];
  /** Kinds of events in the order in which they came: `records 2`, `state`, `COMPLETE`. */
  readonly events: readonly string[];
  readonly logs: readonly string[];
}

/** A manifest with the one stream whose YAML is given. */
export function manifestOf(stream: string, root = ''): string {
  const lines = stream.split('\n').map((line) => `    ${line}`);
  const name = /^\s*name: *(\S+)/m.exec(stream)?.[1] ?? '';
  return [
    'version: 6.0.0',
    'type: DeclarativeSource',
    `check: { type: CheckStream, stream_names: [${name}] }`,
    'streams:',
    '  -',
    ...lines,
    root,
  ].join('\n');
}

/** Reads one stream, given as YAML, against an API in memory. */
export function readStream(stream: string, answers: Answers, given: Given = {}): Promise<Read> {
  return readManifest(manifestOf(stream, given.root), answers, given);
}

/** Reads streams of a manifest, given as YAML, against an API in memory. */
export async function readManifest(manifest: string, answers: Answers, given: Given = {}): Promise<Read> {
  const { connector, transport, logs } = open(manifest, answers, given);
  const read = {
    records: [] as JsonObject[],
    lines: '',
    states: [] as StreamState[],
    statuses: [] as StreamStatus[],
    errors: [] as ConnectorError[],
    events: [] as string[],
  };
  try {
    const names = given.streams ?? (await namesOf(connector));
    const states = new Map(given.state === undefined ? [] : names.map((name) => [name, given.state ?? {}]));
    const { lines } = given;
    const options = {
      streams: names.map((name) => ({ name })),
      states,
      ...(lines !== undefined && { lines: () => lines }),
    };
    for await (const event of connector.read(options)) {
      if (event.kind === 'records' && event.lines !== undefined)
        read.lines += Buffer.from(event.lines).toString();
      else if (event.kind === 'records') read.records.push(...event.records);
      else if (event.kind === 'state') read.states.push(event.state);
      else if (event.kind === 'error') read.errors.push(event.error);
      else read.statuses.push(event.status);
      if (event.kind === 'status') read.events.push(event.status);
      else if (event.kind !== 'records') read.events.push(event.kind);
      else read.events.push(`${event.lines === undefined ? 'records' : 'lines'} ${event.records.length}`);
    }
  } finally {
    await connector.close();
  }
  const asked = transport.requests.map(({ method, url }) => `${method} ${url.pathname}${url.search}`);
  return { ...read, requests: transport.requests, asked, logs };
}

/** Checks a config with a manifest given as YAML. */
export async function checkManifest(
  manifest: string,
  answers: Answers,
  given: Given = {},
): Promise<CheckResult & { readonly asked: readonly string[] }> {
  const { connector, transport } = open(manifest, answers, given);
  try {
    const result = await connector.check();
    return { ...result, asked: transport.requests.map(({ url }) => `${url.pathname}${url.search}`) };
  } finally {
    await connector.close();
  }
}

/** Everything `validate` finds in a manifest called x.yaml, as it is printed, save that a test's has no spec. */
export function findingsIn(manifest: string, hooks: readonly Hook[] = []): string[] {
  let loaded: Manifest;
  try {
    loaded = loadManifest({ name: 'x.yaml', text: manifest }, { hooks });
  } catch (error) {
    if (!isConnectorError(error)) throw error;
    return [printDiagnostic({ severity: 'error', message: error.message, places: error.nodes })];
  }
  return validateManifest(loaded)
    .filter(({ message }) => !message.startsWith('The manifest has no "spec"'))
    .map((diagnostic) => `${diagnostic.severity}: ${printDiagnostic(diagnostic)}`);
}

/** Also of streams that cannot be made: reading them says why. */
async function namesOf(connector: Connector): Promise<string[]> {
  const broken: string[] = [];
  const made = await connector.streams((name) => broken.push(name));
  return [...made.map(({ name }) => name), ...broken];
}

function open(manifest: string, answers: Answers, { config = {}, hooks, clock, surroundings }: Given) {
  const transport = fakeTransport(answers);
  const logs: string[] = [];
  const connector = configure(
    loadManifest({ name: 'x.yaml', text: manifest }, hooks === undefined ? {} : { hooks }),
    config,
    {
      clock: clock ?? fakeClock(),
      random: () => 0.5,
      transport,
      log: (level, message) => void logs.push(`${level} ${message}`),
      ...surroundings,
    },
  );
  return { connector, transport, logs };
}
