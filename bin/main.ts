import { setMaxListeners } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment, Terminal } from '../engine/commands/environment.ts';
import { packageFiles } from '../engine/connector/package-files.ts';
import { printThrown } from '../engine/error/print-location.ts';
import { isHook } from '../engine/language/hook.ts';
import { errorTrace } from '../engine/protocol/trace.ts';
import { toLine } from '../engine/protocol/write.ts';
import { createGatheredWriter } from '../engine/util/flow/gathered-writer.ts';
import { connectorCommands } from './commands.ts';
import { namedHooks } from './named-hooks.ts';
import { readProtocolArguments } from './protocol-arguments.ts';

const output = createGatheredWriter({
  take: (bytes) =>
    new Promise((resolveWrite) => {
      process.stdout.write(bytes, () => resolveWrite());
    }),
  // The end of a command hands on what is left, and need not wait for this.
  later: (run, milliseconds) => void setTimeout(run, milliseconds).unref(),
});

/** A dumb terminal cannot draw over what it has drawn. */
function terminalOf(stream: NodeJS.WriteStream): Terminal | undefined {
  if (!stream.isTTY || process.env.TERM === 'dumb') return undefined;
  return {
    get rows() {
      return stream.rows || 24;
    },
    get columns() {
      return stream.columns || 80;
    },
  };
}

/** The modules of bundled hooks by the name of their connector, where they are part of the program. */
type HookModules = Readonly<Record<string, () => Promise<Readonly<Record<string, unknown>>>>>;

function createEnvironment(
  packageRoot: string,
  signal: AbortSignal,
  hookModules: HookModules | undefined,
): Environment {
  const files = packageFiles(packageRoot);
  // The place for the manifest in images built on this one, as in those of Airbyte's declarative source.
  const ownManifest = join(packageRoot, 'source_declarative_manifest', 'manifest.yaml');
  return {
    env: process.env,
    write: output.write,
    // Only what reads from it needs the stream.
    stdin: { [Symbol.asyncIterator]: () => process.stdin[Symbol.asyncIterator]() },
    writeError: (text) => void process.stderr.write(text),
    isReadByPerson: process.stdout.isTTY === true,
    terminal: terminalOf(process.stderr),
    ...(process.stderr.isTTY && process.stdin.isTTY && { ask: (...question) => ask(signal, ...question) }),
    bundledManifest: existsSync(ownManifest) ? ownManifest : join(packageRoot, 'manifests', 'intercom.yaml'),
    serveWorker: join(packageRoot, 'dist/bin/serve-worker.js'),
    testWorker: join(packageRoot, 'dist/bin/test-worker.js'),
    program: join(packageRoot, 'dist/bin/manifold.js'),
    studioPage: join(packageRoot, 'dist/studio'),
    signal,
    bundledHooks:
      hookModules === undefined
        ? files.hooks
        : async (connector) => Object.values((await hookModules[connector]?.()) ?? {}).filter(isHook),
    bundledSnapshot: files.snapshot,
    bundledSchema: files.schema,
    hasBundledSchema: files.hasSchema,
    loadHooks: (paths) => namedHooks(paths, packageRoot),
  };
}

/** On stderr, since stdout may go into a file. */
async function ask(signal: AbortSignal, question: string, { hidden = false } = {}): Promise<string> {
  const { askOn } = await import('./ask.ts');
  return askOn(process.stdin, process.stderr, question, { hidden, signal });
}

/** The exit code after a signal, by the convention of shells. */
const signalCodes = { SIGINT: 130, SIGTERM: 143 } as const;

/** How many milliseconds a sync has to write the states it reached. */
const timeToStop = 2000;

/**
 * Ctrl-C reaches a process from its terminal and again from the npm that started it: two within this time count as one.
 */
const sameSignal = 500;

let stoppedBy: keyof typeof signalCodes | undefined;

/** The first signal asks the command to end; another one, or two seconds, ends it anyway. */
function stopOnSignals(stop: AbortController): void {
  let stoppedAt = 0;
  for (const name of Object.keys(signalCodes) as (keyof typeof signalCodes)[]) {
    process.on(name, () => {
      if (stoppedBy !== undefined) {
        if (Date.now() - stoppedAt >= sameSignal) process.exit(signalCodes[name]);
        return;
      }
      stoppedBy = name;
      stoppedAt = Date.now();
      stop.abort(new Error(`The process was told to stop (${name}).`));
      setTimeout(() => process.exit(signalCodes[name]), timeToStop).unref();
    });
  }
}

async function run(environment: Environment): Promise<number> {
  const args = process.argv.slice(2);
  try {
    const given = readProtocolArguments(args);
    if (given === undefined) return await (await import('./program.ts')).runProgram(args, environment);
    const command = await given.command.load();
    return await command(given.options, environment);
  } catch (error) {
    if (stoppedBy !== undefined) return 1;
    const isProtocol = connectorCommands[args[0] ?? '']?.isProtocol === true;
    if (isProtocol && !environment.isReadByPerson) await output.write(toLine(errorTrace(error, Date.now())));
    if (!isProtocol || process.stderr.isTTY) process.stderr.write(`${printThrown(error)}\n`);
    return 1;
  }
}

/**
 * Runs the command named by the arguments and sets the exit code of the process. `packageRoot` is the folder with
 * manifests/.
 */
export async function main(packageRoot: string, hookModules?: HookModules): Promise<void> {
  // The reader of stdout has gone, so there is nobody left to tell. 141 is what shells show for that.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(141);
    // A disk that is full: what was written is cut off, and somebody has to know.
    process.stderr.write(`The output cannot be written: ${error.message}.\n`, () => process.exit(1));
  });
  const stop = new AbortController();
  // Every request listens to it, and there may be many at once.
  setMaxListeners(0, stop.signal);
  stopOnSignals(stop);
  const code = await run(createEnvironment(packageRoot, stop.signal, hookModules));
  await output.flush();
  process.exitCode = stoppedBy === undefined ? code : signalCodes[stoppedBy];
  // Connections that are still open must not delay the end.
  if (stoppedBy !== undefined) process.stdout.write('', () => process.exit());
}
