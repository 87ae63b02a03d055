import { Command, Option } from 'commander';
import type { CommandOptions, Environment } from '../engine/commands/environment.ts';
import type { ServeOptions } from '../engine/commands/serve.ts';
import { version } from '../engine/util/version.ts';
import { connectorCommands } from './commands.ts';

const options: Readonly<Record<string, Option>> = {
  config: new Option('--config <file>', 'JSON file with the config (required)').makeOptionMandatory(),
  catalog: new Option(
    '--catalog <file>',
    'JSON file with the configured catalog (required)',
  ).makeOptionMandatory(),
  out: new Option('--out <folder>', 'folder to write to').default('out'),
  streams: new Option(
    '--streams <names>',
    'only these streams: names with commas between them; may be repeated',
  ).argParser((names: string, before: readonly string[] | undefined) => [
    ...(before ?? []),
    ...names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  ]),
  exitCode: new Option('--exit-code', 'end with 1 when the config does not work'),
  fullRefresh: new Option('--full-refresh', 'read everything from the beginning'),
  state: new Option('--state <file>', 'JSON file with the state of an earlier read'),
};

/** Given once for each module, so that it never takes the argument after it. */
function hooksOption(): Option {
  return new Option('--hooks <path>', 'module with hooks, or folder of them; may be repeated').argParser(
    (path: string, before: readonly string[] | undefined) => [...(before ?? []), path],
  );
}

/** The whole command line, with its help. Resolves to the exit code of the command that ran. */
export async function runProgram(environment: Environment): Promise<number> {
  let exitCode = 0;
  const program = new Command('manifold')
    .description('Runs connectors that are declared in YAML.')
    .version(version)
    .showHelpAfterError('"manifold help" lists the commands, "manifold help COMMAND" its options.');
  for (const [name, { description, example, options: names, load }] of Object.entries(connectorCommands)) {
    const command = program.command(name).description(description);
    for (const option of names) command.addOption(options[option] as Option);
    command.addHelpText('after', `\nExample:\n  $ manifold ${example}`);
    command
      .option('--manifest-path <file>', 'manifest to run instead of the bundled Intercom one')
      .addOption(hooksOption())
      .addOption(new Option('--components-path <file>', 'Python components, which are not run').hideHelp())
      .option('--debug', 'log more')
      .action(async (given: CommandOptions) => {
        const run = await load();
        exitCode = await run(given, environment);
      });
  }
  program
    .command('validate')
    .description('find everything that is wrong in manifests, without a config')
    .argument('<files...>', 'manifests')
    .addOption(hooksOption())
    .action(async (files: readonly string[], given: { readonly hooks?: readonly string[] }) => {
      const { validate } = await import('../engine/commands/validate.ts');
      exitCode = await validate(files, given, environment);
    });
  program
    .command('serve')
    .description('serve manifests over HTTP: test reads, checks, catalogs')
    .option('--port <number>', 'port to listen on; 0 is any free one', '8000')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .addOption(hooksOption())
    .action(async (given: ServeOptions) => {
      const { serve } = await import('../engine/commands/serve.ts');
      // One request must never take the others down.
      process.on('unhandledRejection', (reason) => void process.stderr.write(`${reason}\n`));
      exitCode = await serve(given, environment);
    });
  await program.parseAsync();
  return exitCode;
}
