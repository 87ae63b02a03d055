import { basename } from 'node:path';
import type { Connector } from '../../connector/connector.ts';
import type { Manifest } from '../../connector/load-manifest.ts';
import type { Surroundings } from '../../connector/sync-scope.ts';
import { withConnector } from '../../connector/with-connector.ts';
import { noRefusals, type Refusals } from '../../destinations/destination.ts';
import { identityOf } from '../../destinations/identity.ts';
import { type OpenOptions, openDestination } from '../../destinations/open-destination.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { createRedactor } from '../../http/wire/redact.ts';
import { specificationIn } from '../../protocol/specification.ts';
import type { JsonObject } from '../../util/json/json.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import { quotedList } from '../../util/text/quoted-list.ts';
import { chooseManifest } from '../choose-manifest.ts';
import { neededFields } from '../config/ask-config.ts';
import { askForConfig, type FoundConfig, findConfig, noConfig, withFlags } from '../config/find-config.ts';
import type { CommandOptions, Environment } from '../environment.ts';
import { exchangeText } from '../exchange-text.ts';
import { withRateLimits } from '../with-rate-limits.ts';
import { chooseStreams } from './choose-streams.ts';
import { keepConfig } from './keep-config.ts';
import { plan } from './plan.ts';
import { addProblem } from './problems.ts';
import { createProgress } from './progress.ts';
import { rateWindowOf } from './rate-window.ts';
import { readInto } from './read-into.ts';
import { createRepeats } from './repeats.ts';
import { createReport } from './report.ts';
import { readSelection } from './selection.ts';
import { readSince, startingAt } from './since.ts';
import { refuseSince, whatBecomesOf, whatComesNext } from './what-was-there.ts';

export interface SyncOptions
  extends CommandOptions,
    Pick<OpenOptions, 'fullRefresh' | 'format' | 'schema' | 'deletes' | 'commitEvery' | 'nested'> {
  /** Where to write: a folder, a file that ends with .duckdb, a postgres:// address. */
  readonly to?: string;
  /** The same, of folders. */
  readonly out?: string;
  /** Fields of the config: `name=value`. */
  readonly set?: readonly string[];
  /** Only these streams. */
  readonly streams?: readonly string[];
  /** Only what these patterns name. */
  readonly select?: readonly string[];
  /** Incremental streams are read from then on, whatever their states say; rows stay. */
  readonly since?: string;
  /** Only say what would be done. */
  readonly dryRun?: boolean;
  /** Lines of JSON on stdout instead of what people read. */
  readonly json?: boolean;
}

/** `sync`: everything that a config gives access to, into one place. The next run continues where this one ended. */
export async function sync(options: SyncOptions, environment: Environment): Promise<number> {
  const to = options.to ?? options.out ?? environment.env.MANIFOLD_TO ?? 'out';
  const selection = readSelection(options.select ?? []);
  const given = await findConfig(options, environment);
  const { manifest, readFile } = await chooseManifest(options, given?.config, environment);
  const spec = specificationIn(manifest.root)?.connectionSpecification ?? {};
  const { config, path } =
    given === undefined
      ? await ask(manifest, spec, options.set, environment)
      : { ...given, config: withFlags(given.config, options.set, spec) };
  const since = options.since === undefined ? undefined : readSince(options.since, Date.now());
  if (since !== undefined && options.fullRefresh === true)
    throw new ConnectorError(
      '--full-refresh reads everything from the beginning and replaces what is there; --since reads from a later date on, and rows stay. Give one of them.',
      { kind: 'config_error' },
    );

  const redactor = createRedactor();
  const report = createReport({ json: options.json === true, to, environment, redact: redactor.text });
  const { say } = report;
  let saving = Promise.resolve();
  const requests = new Map<string, number>();
  const repeats = createRepeats(say, Date.now);
  const surroundings: Surroundings = {
    ...environment,
    redactor,
    readFile,
    log: (level, message) => {
      if (options.debug === true) say(`${level} ${message}\n`);
      else if (level !== 'DEBUG' && level !== 'TRACE') repeats.tell(`${level} ${message}`);
    },
    onExchange: (exchange) => {
      const { stream, response } = exchange;
      if (options.debug === true) say(`DEBUG ${exchangeText(exchange)}\n`);
      report.rateWindow(rateWindowOf(response.headers));
      if (stream !== undefined) requests.set(stream, (requests.get(stream) ?? 0) + 1);
    },
    onConfigChange: (changed) => {
      if (path === undefined) return;
      // The old token may be worthless by now.
      const text = `${toJsonText(changed)}\n`;
      saving = saving.then(() => keepConfig(path, text, say));
    },
  };

  async function work(connector: Connector): Promise<number> {
    const { chosen, problems, names } = await chooseStreams(connector, options.streams, selection);
    const destination = await openDestination(to, {
      ...options,
      identity: identityOf(nameOf(manifest), config, spec),
      keepsField: options.select === undefined ? undefined : selection.keepsField,
      mergedBy: new Map(
        chosen.flatMap(({ name, primaryKey, cursorField }) =>
          cursorField === undefined ? [] : [[name, primaryKey]],
        ),
      ),
      log: surroundings.log ?? (() => {}),
      signal: environment.signal,
    });
    let isClosed = false;
    async function close(): Promise<Refusals> {
      if (isClosed) return noRefusals;
      isClosed = true;
      return destination.close();
    }
    const states = since === undefined ? destination.states : new Map();
    try {
      if (since !== undefined) refuseSince(destination);
      for (const sentence of whatBecomesOf(destination, names)) say(`${sentence}\n`);
      if (options.dryRun === true) {
        await report.plan(plan(chosen, states, destination.startsOver.length > 0));
        await close();
        return problems.size > 0 ? 1 : 0;
      }
      const progress = createProgress(chosen.map(({ name }) => name));
      const view = report.begin(progress);
      const { signal } = environment;
      await readInto(destination, {
        connector,
        streams: chosen,
        states,
        progress,
        requests,
        problems,
        view,
        signal,
      });
      // What is waiting is kept before anybody is told that it is there.
      for (const [stream, refusal] of await close()) {
        addProblem(problems, stream, refusal);
        const failed = progress.get(stream);
        if (failed === undefined) continue;
        failed.status = 'failed';
        view.changed(failed);
      }
      repeats.end();
      // Keys are kept without being asked for.
      for (const { name, primaryKey } of chosen)
        for (const [field] of primaryKey ?? []) if (field !== undefined) selection.keepsField(name, field);
      const unused = selection.unused();
      if (unused.length > 0 && [...progress.values()].some(({ records }) => records > 0))
        say(`WARN No field that came is called as --select ${quotedList(unused)} says.\n`);
      const isStopped = signal?.aborted === true;
      const stopped = isStopped ? whatComesNext(destination, options.fullRefresh === true) : undefined;
      await report.end(progress, problems, stopped);
      return problems.size > 0 ? 1 : 0;
    } catch (error) {
      // That says what went wrong; closing may fail for the same reason, or for what came of it.
      await close().catch(() => {});
      throw error;
    } finally {
      report.stop();
    }
  }
  try {
    const read = since === undefined ? config : startingAt(config, spec, since);
    return await withRateLimits(options, environment, surroundings.log ?? (() => {}), (rateLimitStore) =>
      withConnector(manifest, read, { ...surroundings, rateLimitStore }, { work }),
    );
  } finally {
    await saving;
  }
}

/** Where nobody can be asked, flags alone may be a config; and nothing at all, of a manifest that asks for nothing. */
async function ask(
  { root }: Manifest,
  spec: JsonObject,
  set: readonly string[] | undefined,
  { ask, writeError }: Environment,
): Promise<FoundConfig> {
  const known = withFlags({}, set, spec);
  const mayNeed = neededFields(spec).length > 0 || /\bconfig\b/.test(root.place.source.text ?? 'config');
  if (!mayNeed) return { config: known, path: undefined };
  if (ask !== undefined) return askForConfig(spec, { ask, say: writeError }, known);
  if (set === undefined) throw noConfig(spec);
  return { config: known, path: undefined };
}

/** The name that a manifest's file has. */
function nameOf({ root }: Manifest): string {
  return basename(root.place.source.name).replace(/\.ya?ml$/, '');
}
