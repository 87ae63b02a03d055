import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { firstSpecFile, specFiles, specIn } from '../conformance/spec-file.ts';
import { ConnectorError } from '../error/connector-error.ts';
import { positionOf } from '../error/print-location.ts';
import { writing } from '../error/writing.ts';
import { createRedactor } from '../http/wire/redact.ts';
import type { ScalarNode } from '../manifest/node.ts';
import { secretsOf } from '../protocol/secrets.ts';
import { specificationIn } from '../protocol/specification.ts';
import type { StreamReport } from '../simulator/known-streams.ts';
import { redirectedManifest } from '../simulator/redirected-manifest.ts';
import { refusedToClients } from '../simulator/refused-to-clients.ts';
import { seededRandom } from '../simulator/seeded-random.ts';
import {
  type ServeSimulatorOptions,
  type SimulatorServer,
  serveSimulator,
} from '../simulator/serve-simulator.ts';
import { createSimulator } from '../simulator/simulator.ts';
import { systemClock } from '../time/clock.ts';
import { isObject, type JsonObject } from '../util/json/json.ts';
import { exampleValue } from '../util/schema/example-value.ts';
import { chooseManifest } from './choose-manifest.ts';
import type { Environment } from './environment.ts';
import { readConfig } from './read-input.ts';

export interface SimulateOptions {
  readonly config?: string;
  readonly records: string;
  readonly seed: string;
  readonly faults: string;
  readonly edits?: string;
  readonly port: string;
  readonly host: string;
  readonly writeManifest?: string;
  readonly check?: boolean;
  readonly hooks?: readonly string[];
}

/** `simulate`: an API made out of a manifest, until the process is told to stop. */
export async function simulate(
  file: string,
  options: SimulateOptions,
  environment: Environment,
): Promise<number> {
  const { write, writeError, signal, clock = systemClock } = environment;
  const records = numberIn('records', options.records, 0, 1_000_000);
  const faults = numberIn('faults', options.faults, 0, 1);
  const edits = numberIn('edits', options.edits ?? '0', 0, 1);
  const seed = numberIn('seed', options.seed, 0, Number.MAX_SAFE_INTEGER);
  const port = numberIn('port', options.port, 0, 65_535);
  const { manifest, readFile } = await chooseManifest(
    { manifestPath: resolve(file), ...(options.hooks && { hooks: options.hooks }) },
    {},
    environment,
  );
  const schema =
    specificationIn(manifest.root)?.connectionSpecification ??
    specIn(await firstSpecFile(specFiles, readFile))?.schema ??
    {};
  const made = exampleValue(schema, { now: clock.now(), wants: () => true });
  const config: JsonObject =
    options.config === undefined ? (isObject(made) ? made : {}) : await readConfig(options.config);
  const simulator = createSimulator({
    manifest,
    config,
    clock,
    seed,
    readFile,
    volume: (_stream, isPartition) => (isPartition ? Math.min(records, recordsOfPartition) : records),
  });
  // Why a stream is not simulated may be said with an address or a text that the config is in.
  const redactor = createRedactor(secretsOf(schema, config));
  const surveyed = await simulator.survey();
  const streams =
    options.check === true
      ? await refusedToClients(surveyed, { manifest, config, clock, readFile, simulator })
      : surveyed;
  for (const stream of streams) writeError(redactor.text(`  ${reportOf(stream)}\n`));
  if (options.check === true) return streams.some(({ reason }) => reason !== undefined) ? 1 : 0;
  const server = await serve({
    simulator,
    port,
    host: options.host,
    faults,
    edits,
    random: seededRandom(seed),
    log: (line) => writeError(redactor.text(`${line}\n`)),
  });
  if (options.writeManifest !== undefined) {
    const path = options.writeManifest;
    const { text, left } = redirectedManifest(manifest, { config, clock, origin: server.url });
    try {
      await writing(path, () => writeFile(path, text));
    } catch (error) {
      await server.close();
      throw error;
    }
    writeError(`${path} asks the simulated API${exceptFor(left)}.\n`);
  }
  await write(`${server.url}\n`);
  if (signal !== undefined && !signal.aborted)
    await new Promise<void>((ended) => signal.addEventListener('abort', () => ended(), { once: true }));
  await server.close();
  return 0;
}

function exceptFor(left: readonly ScalarNode[]): string {
  const urls = left.map(({ value, place }) => `${JSON.stringify(value)} (line ${positionOf(place)?.line})`);
  return urls.length === 0 ? '' : `, except for ${urls.join(', ')}: nobody can tell which host that gives`;
}

function reportOf({ stream, reason, paging }: StreamReport): string {
  const page = paging === undefined ? '' : `: one page only, because ${paging}`;
  return `${stream}${reason === undefined ? page : `: not simulated, because ${reason}`}`;
}

/** Says why where a port cannot be had. */
function serve(options: ServeSimulatorOptions): Promise<SimulatorServer> {
  return serveSimulator(options).catch((cause: NodeJS.ErrnoException) => {
    const why = cause.code === 'EADDRINUSE' ? 'another process has it' : cause.message;
    throw new ConnectorError(`Port ${options.port} of ${options.host} cannot be served: ${why}.`, {
      kind: 'config_error',
      cause,
    });
  });
}

/** Of each partition: there may be as many partitions as records. */
const recordsOfPartition = 5;

function numberIn(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= least && value <= most) return value;
  throw new ConnectorError(`--${name} is a number from ${least} to ${most}, not "${text}".`, {
    kind: 'config_error',
  });
}
