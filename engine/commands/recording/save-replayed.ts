import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Manifest } from '../../connector/load-manifest.ts';
import { withConnector } from '../../connector/with-connector.ts';
import type { StreamDefinition } from '../../contract/families.ts';
import type { Exchange } from '../../contract/scope.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { writing } from '../../error/writing.ts';
import type { Redactor } from '../../http/wire/redact.ts';
import { makeTest, withTest } from '../../preview/make-test.ts';
import { parseConfiguredCatalog } from '../../protocol/configured-catalog.ts';
import { parseState } from '../../protocol/state-input.ts';
import type { RecordedLog } from '../../recording/log-format.ts';
import { createLogScrubber } from '../../recording/log-scrubber.ts';
import { createOutput } from '../../recording/output.ts';
import { replayingSurroundings } from '../../recording/replayer.ts';
import { createSerialQueue } from '../../recording/serial-queue.ts';
import { createScrubber } from '../../scrub/scrubber.ts';
import type { JsonObject } from '../../util/json/json.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import type { ChosenManifest } from '../choose-manifest.ts';
import type { CommandOptions, Environment } from '../environment.ts';
import { readInputText } from '../read-input.ts';
import { replaceFile } from '../replace-file.ts';
import { withTrace } from './with-trace.ts';

export interface ReplayedTest {
  readonly name: string;
  /** Which stream of the log it is of; the only one by default. */
  readonly stream: string | undefined;
  readonly log: RecordedLog;
  readonly folder: string;
  readonly options: CommandOptions;
  readonly config: JsonObject;
  readonly chosen: ChosenManifest;
  readonly redactor: Redactor;
}

/** Makes a test of one stream of a logged sync, in the file beside the manifest. */
export async function saveReplayed(test: ReplayedTest, environment: Environment): Promise<void> {
  const { log, name, options, config, chosen, redactor } = test;
  const { beginning } = log;
  const catalog = parseConfiguredCatalog(beginning.catalog, { name: 'the catalog of the log' });
  const stream = streamOf(
    test,
    catalog.streams.map((one) => one.stream.name),
  );
  const path = options.manifestPath ?? environment.bundledManifest;
  const one = catalog.streams.filter((configured) => configured.stream.name === stream);
  const exchanges = await exchangesOf(one, test, environment);
  const states =
    beginning.state === undefined ? undefined : parseState(beginning.state, { name: 'the state of the log' });
  const { primaryKey, cursorField } =
    (await definitionOf(stream, chosen.manifest, config, environment)) ?? {};
  const item = await makeTest({
    name,
    manifest: chosen.manifest,
    readFile: chosen.readFile,
    stream,
    primaryKey,
    cursorField,
    config,
    state: states?.get(stream),
    now: beginning.now,
    exchanges,
    scrubber: createScrubber({ redactor }),
    keep: [],
  });
  const file = path.replace(/(?:\.ya?ml|\.json)?$/, '.test.yaml');
  const before = await readInputText(file, 'test file').catch(() => undefined);
  const text = withTest(before === undefined ? undefined : { name: file, text: before }, item, {
    name,
    manifest: basename(path),
  });
  await writing(file, () => (before === undefined ? writeFile(file, text) : replaceFile(file, text)));
  environment.writeError(`The test "${name}" is in ${file}; "manifold test ${path}" runs it.\n`);
}

function streamOf({ stream }: ReplayedTest, names: readonly string[]): string {
  const [only, ...others] = names;
  if (stream === undefined && only !== undefined && others.length === 0) return only;
  if (stream !== undefined && names.includes(stream)) return stream;
  throw new ConnectorError(`Name the stream that the test is of with --stream: ${names.join(', ')}.`, {
    kind: 'config_error',
  });
}

/** What this stream asks for when it is read alone, with the answers of the log. */
async function exchangesOf(
  streams: readonly unknown[],
  { log, folder, options, redactor }: ReplayedTest,
  environment: Environment,
): Promise<readonly Exchange[]> {
  const catalog = join(folder, 'one-stream.json');
  await writeFile(catalog, toJsonText({ streams }));
  const exchanges: Exchange[] = [];
  const output = createOutput(async () => {});
  const replayed = replayingSurroundings(log, {
    turns: createSerialQueue(output.settled),
    scrubber: createLogScrubber(redactor),
  });
  const { clock, random, transport } = replayed;
  const inner: Environment = {
    ...environment,
    clock,
    random,
    transport,
    write: output.write,
    isReadByPerson: false,
    onExchange: (exchange) => void exchanges.push(exchange),
  };
  const { read } = await import('../read.ts');
  await withTrace(clock.now, inner, (within) => read({ ...options, catalog }, within));
  return exchanges;
}

async function definitionOf(
  stream: string,
  manifest: Manifest,
  config: JsonObject,
  environment: Environment,
): Promise<StreamDefinition | undefined> {
  return withConnector(manifest, config, environment, { work: (connector) => connector.find(stream) });
}
