import { once } from 'node:events';
import { createWriteStream, fchmodSync, fstatSync, type WriteStream } from 'node:fs';
import { defaultTransport } from '../../connector/default-transport.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { createRedactor } from '../../http/wire/redact.ts';
import { secretsOf } from '../../protocol/secrets.ts';
import { specificationIn } from '../../protocol/specification.ts';
import type { Beginning } from '../../recording/log-format.ts';
import { createLogScrubber } from '../../recording/log-scrubber.ts';
import { createOutput } from '../../recording/output.ts';
import { recordingSurroundings } from '../../recording/recorder.ts';
import { createSerialQueue } from '../../recording/serial-queue.ts';
import { suspicionOf } from '../../scrub/suspicious.ts';
import { systemClock } from '../../time/clock.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import { version } from '../../util/version.ts';
import { chooseManifest } from '../choose-manifest.ts';
import type { CommandOptions, Environment } from '../environment.ts';
import { readConfig, readInputJson } from '../read-input.ts';
import { withTrace } from './with-trace.ts';

type Run = (options: CommandOptions, environment: Environment) => Promise<number>;

/** Runs `read`, and keeps what came from outside in a file, from which `replay` runs it again. */
export async function readLogged(
  run: Run,
  { logTo, ...options }: CommandOptions & { readonly logTo: string },
  environment: Environment,
): Promise<number> {
  const config = await readConfig(options.config);
  const { manifest } = await chooseManifest(options, config, environment);
  const redactor = createRedactor(
    secretsOf(specificationIn(manifest.root)?.connectionSpecification ?? {}, config),
  );
  const scrubber = createLogScrubber(redactor);
  const clock = environment.clock ?? systemClock;
  const beginning: Beginning = {
    kind: 'begin',
    format: 1,
    version,
    ...(options.manifestPath !== undefined && { manifest: options.manifestPath }),
    config: scrubber.value(config) as Beginning['config'],
    catalog: await jsonOf(options.catalog, 'catalog'),
    state: await jsonOf(options.state, 'state'),
    logLevel: options.debug === true ? 'DEBUG' : (environment.env.LOG_LEVEL ?? 'INFO'),
    isReadByPerson: environment.isReadByPerson === true,
    now: clock.now(),
    seed: Math.floor((environment.random ?? Math.random)() * 2 ** 32),
  };
  const file = await openFile(logTo);
  /** A sync goes on without its log, such as where the disk is full. */
  let failure: Error | undefined;
  file.on('error', (error) => {
    failure ??= error;
  });
  const line = (value: unknown) => {
    if (failure === undefined) file.write(`${toJsonText(value)}\n`);
  };
  line(beginning);
  const output = createOutput(environment.write, redactor.text);
  let number = 0;
  let suspicion: string | undefined;
  const recorded = recordingSurroundings({
    transport: environment.transport ?? defaultTransport(environment),
    clock,
    now: beginning.now,
    seed: beginning.seed,
    turns: createSerialQueue(output.settled),
    scrubber,
    onEvent(event) {
      number += 1;
      if (event.kind === 'exchange' && suspicion === undefined) {
        const found = suspicionOf(event.request.url) ?? suspicionOf(event.response?.body ?? '');
        if (found !== undefined)
          suspicion = `event ${number} (${event.request.method} ${event.request.url}) has ${found}`;
      }
      line(event);
    },
  });
  const exitCode = await withTrace(
    recorded.clock.now,
    { ...environment, ...recorded, write: output.write, redactor },
    (inner) => run(options, inner),
  );
  await output.settled();
  // One that is stopped has no end: what it would have written nobody knows.
  if (environment.signal?.aborted !== true) line({ kind: 'end', exitCode, stdout: output.digest() });
  await closed(file);
  if (failure !== undefined)
    environment.writeError(`The log ${logTo} ends early: ${failure.message}. The sync went on without it.\n`);
  if (suspicion !== undefined) {
    environment.writeError(
      `${logTo}: ${suspicion}, which may be a secret. Look at it before you pass the file on.\n`,
    );
  }
  return exitCode;
}

/** Resolves also where it cannot be written to its end, which its errors tell. */
async function closed(file: WriteStream): Promise<void> {
  if (file.destroyed) return;
  const isOver = Promise.race([once(file, 'close'), once(file, 'error')]);
  file.end();
  await isOver;
}

async function jsonOf(path: string | undefined, what: string): Promise<unknown> {
  return path === undefined ? undefined : (await readInputJson(path, what)).value;
}

const ownerOnly = 0o600;

/** A file that only its owner reads: records are in it as the API gave them. */
async function openFile(path: string): Promise<WriteStream> {
  const file = createWriteStream(path, { mode: ownerOnly });
  try {
    const [fd] = (await once(file, 'open')) as [number];
    // One that was there keeps the mode that it had.
    if (fstatSync(fd).isFile()) fchmodSync(fd, ownerOnly);
  } catch (error) {
    throw new ConnectorError(`The log ${path} cannot be written: ${(error as Error).message}.`, {
      kind: 'config_error',
    });
  }
  return file;
}
