#!/usr/bin/env node
import { dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Command, Option } from 'commander';
import type { CommandOptions, Environment } from '../engine/commands/environment.ts';
import { ConnectorError, isConnectorError } from '../engine/error/connector-error.ts';
import { printError } from '../engine/error/print-location.ts';
import { type Hook, isHook } from '../engine/language/component.ts';
import { errorTrace } from '../engine/protocol/trace.ts';
import { toLine } from '../engine/protocol/write.ts';

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
    isTerminal: process.stdout.isTTY === true,
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
      return loadHooks(files.filter((file) => file.endsWith('.js')).map((file) => join(folder, file)));
    },
    loadHooks,
  };
}

async function loadHooks(files: readonly string[]): Promise<readonly Hook[]> {
  const modules = await Promise.all(
    files.map(async (file) => {
      try {
        return (await import(pathToFileURL(resolve(file)).href)) as Record<string, unknown>;
      } catch (cause) {
        throw new ConnectorError(
          `The hooks of ${file} were not loaded: ${cause instanceof Error ? cause.message : String(cause)}`,
          {
            kind: 'config_error',
            cause,
          },
        );
      }
    }),
  );
  return modules.flatMap((module) => Object.values(module).filter(isHook));
}

async function main(): Promise<number> {
  const stop = new AbortController();
  let exitCode = 0;
  const program = new Command('manifold').description('Runs connectors that are declared in YAML.');
  for (const [name, { description, options: names, load }] of Object.entries(commands)) {
    const command = program.command(name).description(description);
    for (const option of names) command.addOption(options[option] as Option);
    command
      .option('--manifest-path <file>', 'manifest to run instead of the bundled Intercom one')
      .option('--hooks <file...>', 'modules with hooks for the manifest')
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
  process.once('SIGTERM', () => stop.abort(new Error('SIGTERM')));
  process.once('SIGINT', () => stop.abort(new Error('SIGINT')));
  try {
    await program.parseAsync();
  } catch (error) {
    await write(toLine(errorTrace(error, Date.now())));
    if (process.stderr.isTTY)
      process.stderr.write(`${isConnectorError(error) ? printError(error) : String(error)}\n`);
    return 1;
  }
  return exitCode;
}

process.exitCode = await main();
