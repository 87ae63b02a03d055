import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { CommandOptions, Environment } from '../engine/commands/environment.ts';
import type { QueryOptions } from '../engine/commands/query.ts';
import type { ServeOptions } from '../engine/commands/serve.ts';
import type { ValidateCommandOptions } from '../engine/commands/validate/validate.ts';
import { version } from '../engine/util/version.ts';
import { addAuthorCommands } from './author-commands.ts';
import { connectorCommands } from './commands.ts';
import { addInitCommand } from './init-program.ts';
import { addSimulationCommands } from './simulation-commands.ts';
import { addTestCommand } from './test-program.ts';

const options: Readonly<Record<string, Option>> = {
  config: new Option('--config <file>', 'JSON file with the config (required)').makeOptionMandatory(),
  catalog: new Option(
    '--catalog <file>',
    'JSON file with the configured catalog (required)',
  ).makeOptionMandatory(),
  mayAsk: new Option(
    '--config <file>',
    'JSON file with the config (default: MANIFOLD_CONFIG, or you are asked)',
  ),
  set: new Option(
    '--set <name=value>',
    'a field of the config, a.b=value for a nested one; may be repeated',
  ).argParser((text: string, before: readonly string[] | undefined) => [...(before ?? []), text]),
  dryRun: new Option('--dry-run', 'say what would be read, and write nothing'),
  json: new Option('--json', 'lines of JSON on stdout, for programs'),
  to: new Option(
    '--to <place>',
    'where to write: a folder, FILE.duckdb, or postgres://… (default: MANIFOLD_TO, else "out")',
  ),
  out: new Option('--out <folder>', 'the same, of folders').hideHelp(),
  format: new Option('--format <format>', 'of the files in a folder').choices(['jsonl', 'parquet']),
  streams: new Option(
    '--streams <names>',
    'only these streams: names with commas between them; may be repeated',
  ).argParser(listed),
  select: new Option(
    '--select <patterns>',
    "only these streams and fields: 'contacts.*', 'contacts.email', '!contacts.phone'; may be repeated",
  ).argParser(listed),
  since: new Option(
    '--since <date>',
    'read incremental streams from then on, whatever was read before: 2026-01-31, 30d, 12h',
  ),
  schema: new Option('--schema <contract>', 'whether tables may change when records bring more')
    .choices(['evolve', 'freeze'])
    .default('evolve'),
  deletes: new Option('--deletes <what>', 'rows that were deleted go, or stay and say so in _deleted_at')
    .choices(['remove', 'keep'])
    .default('remove'),
  commitEvery: new Option('--commit-every <seconds>', 'how often a database gets what was read')
    .argParser(seconds)
    .default(10),
  nested: new Option(
    '--nested <how>',
    'objects and lists as JSON, in DuckDB as columns with the types of what is in them, or as columns and tables of their own (default: as tables are already, new ones json)',
  ).choices(['json', 'struct', 'tables']),
  exitCode: new Option('--exit-code', 'end with 1 when the config does not work'),
  fullRefresh: new Option('--full-refresh', 'read everything from the beginning'),
  logTo: new Option('--log-to <file>', 'keep what came from outside in this file, for "manifold replay"'),
  rateLimitStore: new Option(
    '--rate-limit-store <address>',
    'redis://… that keeps one rate limit for all processes (default: MANIFOLD_RATE_LIMIT_STORE)',
  ),
  rateLimitShare: new Option(
    '--rate-limit-share <part>',
    'how much of the limit to use while the store is gone, such as 1/4 (default: MANIFOLD_RATE_LIMIT_SHARE)',
  ),
  state: new Option('--state <file>', 'JSON file with the state of an earlier read'),
};

function listed(names: string, before: readonly string[] | undefined): readonly string[] {
  const given = names.split(',').map((name) => name.trim());
  return [...(before ?? []), ...given.filter((name) => name !== '')];
}

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0)) throw new InvalidArgumentError('It is a number of seconds.');
  return value;
}

/** Given once for each module, so that it never takes the argument after it. */
function hooksOption(): Option {
  return new Option('--hooks <path>', 'module with hooks, or folder of them; may be repeated').argParser(
    (path: string, before: readonly string[] | undefined) => [...(before ?? []), path],
  );
}

/** The whole command line, with its help; `args` follow `manifold`. Resolves to the exit code of the command that ran. */
export async function runProgram(args: readonly string[], environment: Environment): Promise<number> {
  let exitCode = 0;
  const program = new Command('manifold')
    // Help and version end like any command: a process that ends at once does not tell that they could not be written.
    .exitOverride()
    .description('Runs connectors that are declared in YAML.')
    .version(version)
    .showHelpAfterError('"manifold help" lists the commands, "manifold help COMMAND" its options.');
  for (const [name, { description, example, options: names, takesFile, load }] of Object.entries(
    connectorCommands,
  )) {
    const command = program.command(name).description(description);
    if (takesFile === true) command.argument('[file]', 'manifest to run instead of the bundled Intercom one');
    for (const option of names) command.addOption(options[option] as Option);
    command.addHelpText('after', `\nExample:\n  $ manifold ${example}`);
    command
      .option('-m, --manifest-path <file>', 'manifest to run instead of the bundled Intercom one')
      .addOption(hooksOption())
      .addOption(new Option('--components-path <file>', 'Python components, which are not run').hideHelp())
      .option('--debug', 'log more')
      .action(async (...given: readonly unknown[]) => {
        const [file] = takesFile === true ? given : [];
        const flags = given.at(takesFile === true ? 1 : 0) as CommandOptions;
        const run = await load();
        exitCode = await run(
          typeof file === 'string' ? { manifestPath: file, ...flags } : flags,
          environment,
        );
      });
  }
  program
    .command('validate')
    .description('find everything that is wrong in manifests, without a config')
    .argument('<files...>', 'manifests, folders with manifests, or - for one that comes in')
    .addOption(hooksOption())
    .option('--strict', 'let warnings fail too')
    .addOption(
      new Option('--format <format>', 'how findings are written')
        .choices(['text', 'json', 'github', 'sarif'])
        .default('text'),
    )
    .action(async (files: readonly string[], given: ValidateCommandOptions) => {
      const { validate } = await import('../engine/commands/validate/validate.ts');
      exitCode = await validate(files, given, environment);
    });
  addInitCommand(program, environment, (code) => {
    exitCode = code;
  });
  addTestCommand(program, environment, hooksOption, (code) => {
    exitCode = code;
  });
  program
    .command('query')
    .description('print what an SQL statement finds in a DuckDB file')
    .argument('<file>', 'a file that "sync --to FILE.duckdb" has made')
    .argument('<sql>', 'one statement; the file stays as it is')
    .option('--json', 'a line of JSON for each row, as where no person reads')
    .action(async (file: string, sql: string, given: QueryOptions) => {
      const { query } = await import('../engine/commands/query.ts');
      exitCode = await query(file, sql, given, environment);
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
  program
    .command('lsp')
    .description('help editors with manifests: the language server, over stdin and stdout')
    .option('--stdio', 'the way editors talk to it; there is no other')
    .addOption(hooksOption())
    .action(async ({ hooks = [] }: { readonly hooks?: readonly string[] }) => {
      const { lsp } = await import('../engine/commands/lsp.ts');
      await lsp(hooks, { input: process.stdin, output: process.stdout }, environment);
    });
  const ended = (code: number) => {
    exitCode = code;
  };
  addAuthorCommands({ program, environment, hooksOption, ended });
  addSimulationCommands({ program, environment, hooksOption, ended });
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    // As argparse of Python ends: 1 would say that something failed, and nothing was tried.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
  return exitCode;
}
