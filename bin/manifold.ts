#!/usr/bin/env node
import { setMaxListeners } from 'node:events';
import { dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, Option } from 'commander';
import type { CommandOptions, Environment } from '../engine/commands/environment.ts';
import { isConnectorError } from '../engine/error/connector-error.ts';
import { printError } from '../engine/error/print-location.ts';
import { errorTrace } from '../engine/protocol/trace.ts';
import { toLine } from '../engine/protocol/write.ts';
import { version } from '../engine/version.ts';
import { importHooks, loadHooks } from './load-hooks.ts';

// dist/bin/manifold.js
const packageRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const manifests = join(packageRoot, 'manifests');

type Run = (options: CommandOptions, environment: Environment) => Promise<number>;

const commands: Readonly<
  Record<
    string,
    { readonly description: string; readonly options: readonly string[]; readonly load: () => Promise<Run> }
  >
> = {
  spec: {
    description: 'print the config that the connector needs',
    options: [],
    load: async () => (await import('../engine/commands/spec.ts')).spec,
  },
  check: {
    description: 'find out whether a config works',
    options: ['config'],
    load: async () => (await import('../engine/commands/check.ts')).check,
  },
  discover: {
    description: 'print the streams and their schemas',
    options: ['config'],
    load: async () => (await import('../engine/commands/discover.ts')).discover,
  },
  read: {
    description: 'print the records of the streams in a catalog',
    options: ['config', 'catalog', 'state'],
    load: async () => (await import('../engine/commands/read.ts')).read,
  },
  sync: {
    description: 'read everything into a folder of JSON lines, and go on from there next time',
    options: ['config', 'out', 'streams'],
    load: async () => (await import('../engine/commands/sync/sync.ts')).sync,
  },
};

/** Their failures are messages on stdout; all others are told to people. */
const protocolCommands: ReadonlySet<string> = new Set(['spec', 'check', 'discover', 'read']);

const options: Readonly<Record<string, Option>> = {
  config: new Option('--config <file>', 'JSON file with the config').makeOptionMandatory(),
  catalog: new Option('--catalog <file>', 'JSON file with the configured catalog').makeOptionMandatory(),
  out: new Option('--out <folder>', 'folder to write to').default('out'),
  streams: new Option('--streams <name...>', 'only these streams'),
  state: new Option('--state <file>', 'JSON file with the state of an earlier read'),
};

function write(text: string): Promise<void> {
  return new Promise((resolveWrite) => {
    if (process.stdout.write(text)) resolveWrite();
    else process.stdout.once('drain', resolveWrite);
  });
}

function createEnvironment(signal: AbortSignal): Environment {
  return {
    env: process.env,
    write,
    writeError: (text) => void process.stderr.write(text),
    terminalRows: process.stderr.isTTY ? process.stderr.rows : undefined,
    bundledManifest: join(manifests, 'intercom.yaml'),
    searchPath: [packageRoot],
    signal,
    async bundledHooks(path) {
      const absolute = resolve(path);
      if (!absolute.startsWith(manifests + sep)) return [];
      const { readdir } = await import('node:fs/promises');
      const folder = join(
        packageRoot,
        'dist',
        'manifests',
        absolute.slice(manifests.length + 1).replace(/\.ya?ml$/, ''),
      );
      const files = await readdir(folder).catch(() => []);
      const modules = files.filter((file) => file.endsWith('.js'));
      return (await Promise.all(modules.map((file) => importHooks(join(folder, file))))).flat();
    },
    loadHooks,
  };
}

/** The exit code of a process that a signal ended, as shells have it. */
const signalCodes = { SIGINT: 130, SIGTERM: 143 } as const;

/** Milliseconds for a sync to write the states it reached. */
const timeToStop = 2000;

let stoppedBy: keyof typeof signalCodes | undefined;

/** The first signal asks the command to come to an end; a second one, or two seconds, ends it anyway. */
function stopOnSignals(stop: AbortController): void {
  for (const name of Object.keys(signalCodes) as (keyof typeof signalCodes)[]) {
    process.on(name, () => {
      if (stoppedBy !== undefined) process.exit(signalCodes[name]);
      stoppedBy = name;
      stop.abort(new Error(`The process was told to stop (${name}).`));
      setTimeout(() => process.exit(signalCodes[name]), timeToStop).unref();
    });
  }
}

// Whoever read stdout has gone: there is nobody left to tell. 141 is what shells show for it.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 141 : 1));

async function main(): Promise<number> {
  const stop = new AbortController();
  // Every request listens to it, and there may be many at once.
  setMaxListeners(0, stop.signal);
  let exitCode = 0;
  const program = new Command('manifold')
    .description('Runs connectors that are declared in YAML.')
    .version(version)
    .showHelpAfterError('"manifold help" lists the commands, "manifold help COMMAND" its options.');
  for (const [name, { description, options: names, load }] of Object.entries(commands)) {
    const command = program.command(name).description(description);
    for (const option of names) command.addOption(options[option] as Option);
    command
      .option('--manifest-path <file>', 'manifest to run instead of the bundled Intercom one')
      .option('--hooks <file...>', 'modules with hooks for the manifest')
      .addOption(new Option('--components-path <file>', 'Python components, which are not run').hideHelp())
      .option('--debug', 'log more')
      .action(async (given: CommandOptions) => {
        const run = await load();
        exitCode = await run(given, createEnvironment(stop.signal));
      });
  }
  program
    .command('validate')
    .description('find everything that is wrong in manifests, without a config')
    .argument('<files...>', 'manifests')
    .option('--hooks <file...>', 'modules with hooks for the manifests')
    .action(async (files: readonly string[], given: { readonly hooks?: readonly string[] }) => {
      const { validate } = await import('../engine/commands/validate.ts');
      exitCode = await validate(files, given, createEnvironment(stop.signal));
    });
  program
    .command('serve')
    .description('serve manifests over HTTP: test reads, checks, catalogs')
    .option('--port <number>', 'port to listen on; 0 is any free one', '8000')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .action(async (given: { readonly port: string; readonly host: string }) => {
      const { serve } = await import('../engine/commands/serve.ts');
      // One request must never take the others down.
      process.on('unhandledRejection', (reason) => void process.stderr.write(`${reason}\n`));
      exitCode = await serve(given, createEnvironment(stop.signal));
    });
  stopOnSignals(stop);
  try {
    await program.parseAsync();
  } catch (error) {
    if (stoppedBy !== undefined) return 1;
    const isProtocol = protocolCommands.has(process.argv[2] ?? '');
    if (isProtocol) await write(toLine(errorTrace(error, Date.now())));
    if (!isProtocol || process.stderr.isTTY)
      process.stderr.write(`${isConnectorError(error) ? printError(error) : String(error)}\n`);
    return 1;
  }
  return exitCode;
}

const exitCode = await main();
process.exitCode = exitCode;
// Connections that are still open keep nobody waiting.
if (stoppedBy !== undefined) {
  const code = signalCodes[stoppedBy];
  process.stdout.write('', () => process.exit(code));
}
