import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConnectorError, isConnectorError } from '../../error/connector-error.ts';
import { createRedactor } from '../../http/wire/redact.ts';
import { secretsOf } from '../../protocol/secrets.ts';
import { specificationIn } from '../../protocol/specification.ts';
import { type RecordedLog, readLog } from '../../recording/log-format.ts';
import { createLogScrubber } from '../../recording/log-scrubber.ts';
import { createOutput } from '../../recording/output.ts';
import { replayingSurroundings } from '../../recording/replayer.ts';
import { createSerialQueue } from '../../recording/serial-queue.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import { version } from '../../util/version.ts';
import { chooseManifest } from '../choose-manifest.ts';
import type { CommandOptions, Environment } from '../environment.ts';
import { readConfig, readInputLines, readStdinLines } from '../read-input.ts';
import { withTrace } from './with-trace.ts';

export interface ReplayOptions {
  readonly manifestPath?: string;
  /** Instead of the logged config, whose secrets are hidden. */
  readonly config?: string;
  readonly hooks?: readonly string[];
  /** Make a test of this name of it. */
  readonly saveTest?: string;
  readonly stream?: string;
}

/**
 * `replay LOG`: runs a logged sync again, without the API and without waiting. Its messages go to stdout, the same as
 * then; on stderr stands whether they are. Exit code: that of the sync; 1 when it did not go as it had gone.
 */
export async function replay(
  path: string,
  options: ReplayOptions,
  environment: Environment,
): Promise<number> {
  const lines = path === '-' ? await readStdinLines(environment, 'log') : await readInputLines(path, 'log');
  const log = readLog(lines, path === '-' ? '<stdin>' : path);
  const folder = await mkdtemp(join(tmpdir(), 'manifold-replay-'));
  try {
    const given = await commandOptions(folder, log, options);
    const config = await readConfig(given.config);
    const chosen = await chooseManifest(given, config, environment);
    const { manifest } = chosen;
    const redactor = createRedactor(
      secretsOf(specificationIn(manifest.root)?.connectionSpecification ?? {}, config).filter(
        (secret) => !/^\*+$/.test(secret),
      ),
    );
    const output = createOutput(environment.write);
    const replayed = replayingSurroundings(log, {
      turns: createSerialQueue(output.settled),
      scrubber: createLogScrubber(redactor),
    });
    const inner: Environment = {
      ...environment,
      clock: replayed.clock,
      random: replayed.random,
      transport: replayed.transport,
      write: output.write,
      isReadByPerson: log.beginning.isReadByPerson,
      env: { ...environment.env, LOG_LEVEL: log.beginning.logLevel },
    };
    const { read } = await import('../read.ts');
    const exitCode = await withTrace(replayed.clock.now, inner, (within) => read(given, within));
    await output.settled();
    if (options.saveTest !== undefined) {
      const { saveReplayed } = await import('./save-replayed.ts');
      const test = {
        name: options.saveTest,
        stream: options.stream,
        log,
        folder,
        options: given,
        config,
        chosen,
        redactor,
      };
      await saveReplayed(test, environment).catch((error: unknown) => {
        if (log.ending !== undefined || !isConnectorError(error)) throw error;
        throw new ConnectorError(
          `The test "${options.saveTest}" was not written: the log ends before its sync did, so nobody knows what the test should expect. Log the sync again with "read --log-to".`,
          { kind: 'config_error', cause: error },
        );
      });
    }
    return report(log, { exitCode, stdout: output.digest(), unasked: replayed.unasked() }, environment);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The files of the logged command line, in a folder of their own. */
async function commandOptions(
  folder: string,
  { beginning }: RecordedLog,
  { manifestPath = beginning.manifest, config, hooks }: ReplayOptions,
): Promise<CommandOptions> {
  const file = async (name: string, value: unknown) => {
    const written = join(folder, name);
    await writeFile(written, toJsonText(value));
    return written;
  };
  return {
    config: config ?? (await file('config.json', beginning.config)),
    catalog: await file('catalog.json', beginning.catalog),
    ...(beginning.state !== undefined && { state: await file('state.json', beginning.state) }),
    ...(manifestPath !== undefined && { manifestPath }),
    ...(hooks !== undefined && { hooks }),
  };
}

function whatDiffers(logged: string): string {
  return logged === version
    ? 'The manifest or the config are not those of the log.'
    : `The manifest or the config are not those of the log, or it is manifold: the log is by ${logged}, and this is ${version}.`;
}

interface Replayed {
  readonly exitCode: number;
  readonly stdout: { readonly bytes: number; readonly sha256: string };
  readonly unasked: number;
}

function report({ beginning, ending }: RecordedLog, now: Replayed, { writeError }: Environment): number {
  const bytes = `${now.stdout.bytes.toLocaleString('en')} bytes`;
  if (ending === undefined) {
    writeError(`${bytes}. The log has no end, so nobody knows what the sync would have written.\n`);
    return now.exitCode;
  }
  if (now.stdout.sha256 === ending.stdout.sha256 && now.exitCode === ending.exitCode) {
    writeError(`The same ${bytes} as then, exit code ${now.exitCode}.\n`);
    return now.exitCode;
  }
  const unasked = now.unasked === 0 ? '' : ` ${now.unasked} logged answers were not asked for.`;
  writeError(
    `Not as then: ${bytes} and exit code ${now.exitCode} instead of ${ending.stdout.bytes.toLocaleString('en')} bytes and ${ending.exitCode}.${unasked} ${whatDiffers(beginning.version)}\n`,
  );
  return 1;
}
