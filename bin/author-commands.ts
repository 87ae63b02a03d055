import { type Command, Option } from 'commander';
import type { Environment } from '../engine/commands/environment.ts';
import type { PreviewCommandOptions } from '../engine/commands/preview/preview.ts';
import type { ReplayOptions } from '../engine/commands/recording/replay.ts';

interface Registration {
  readonly program: Command;
  readonly environment: Environment;
  readonly hooksOption: () => Option;
  readonly ended: (exitCode: number) => void;
}

const several = (value: string, before: readonly string[] | undefined) => [...(before ?? []), value];
const config = () => new Option('-c, --config <file>', 'JSON file with the config');
const state = () => new Option('--state <file>', 'JSON file with the state of an earlier read');

/** The commands of those who write manifests. Their modules are loaded when they run. */
export function addAuthorCommands({ program, environment, hooksOption, ended }: Registration): void {
  program
    .command('preview')
    .description('read a little of a stream, and show every decision')
    .argument('<file>', 'manifest')
    .argument('<stream>', 'name of the stream')
    .addOption(config())
    .addOption(state())
    .option('--pages <number>', 'pages to read of a slice', '3')
    .option('--slices <number>', 'slices to read', '2')
    .option('--records <number>', 'records to read at most', '1000')
    .option('--json', 'print the answer of a test read, and the decisions')
    .option('--select <jsonpath>', 'print what a JSONPath finds in the answers')
    .option('--curl <number>', 'print a request for a shell, with $TOKEN for secrets')
    .option('--why <field=value>', 'say why a record is there, or is not')
    .option('--record <folder>', 'write the exchanges, scrubbed, as fixtures')
    .option('--save-test <name>', 'add what was seen, scrubbed, to the tests beside the manifest')
    .option('--accept-schema', 'write fields that are not declared into the schema')
    .addOption(
      new Option('--fake <jsonpath>', 'replace these values too when writing; may be repeated').argParser(
        several,
      ),
    )
    .addOption(
      new Option('--keep <jsonpath>', 'these values are no secrets; may be repeated').argParser(several),
    )
    .addOption(hooksOption())
    .addHelpText(
      'after',
      `
Ends with 0; with 1 when something failed, or records do not fit their schema.

Examples:
  $ manifold preview shop.yaml orders --config config.json
  $ manifold preview shop.yaml orders -c config.json --state state.json --save-test "resume"
  $ manifold preview shop.yaml orders -c config.json --why id=5`,
    )
    .action(async (file: string, stream: string, given: PreviewCommandOptions) => {
      const { preview } = await import('../engine/commands/preview/preview.ts');
      ended(await preview(file, stream, given, environment));
    });
  program
    .command('replay')
    .description('run a sync again from the log of "read --log-to": the same messages, without the API')
    .argument('<log>', 'file that "manifold read --log-to" has written')
    .option('-m, --manifest-path <file>', 'another manifest than that of the log')
    .option('-c, --config <file>', 'another config: in that of the log, secrets are hidden')
    .addOption(hooksOption())
    .addHelpText(
      'after',
      `
Ends with the exit code of the sync, or with 1 when it did not go as it had gone.

Examples:
  $ manifold read --config c.json --catalog catalog.json --log-to failed.log > messages.jsonl
  $ manifold replay failed.log`,
    )
    .action(async (log: string, given: ReplayOptions) => {
      const { replay } = await import('../engine/commands/recording/replay.ts');
      ended(await replay(log, given, environment));
    });
}
