import { type Command, Option } from 'commander';
import type { Environment } from '../engine/commands/environment.ts';
import type { EstimateOptions } from '../engine/commands/preview/estimate.ts';
import type { EvaluatedNames, EvaluateOptions } from '../engine/commands/preview/evaluate.ts';
import type { ExplainOptions } from '../engine/commands/preview/explain.ts';
import type { PreviewCommandOptions } from '../engine/commands/preview/preview.ts';
import type { WhyNames, WhyOptions } from '../engine/commands/preview/why.ts';
import type { ReplayOptions } from '../engine/commands/recording/replay.ts';
import type { StudioCommandOptions } from '../engine/commands/studio/studio.ts';

interface Registration {
  readonly program: Command;
  readonly environment: Environment;
  readonly hooksOption: () => Option;
  readonly ended: (exitCode: number) => void;
}

const several = (value: string, before: readonly string[] | undefined) => [...(before ?? []), value];
const config = () => new Option('-c, --config <file>', 'JSON file with the config');
const state = () => new Option('--state <file>', 'JSON file with the state of an earlier read');

const manifestPath = () =>
  new Option('-m, --manifest-path <file>', 'manifest, instead of the bundled Intercom one');

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
    .argument('<log>', 'file that "manifold read --log-to" has written; - is stdin')
    .option('-m, --manifest-path <file>', 'another manifest than that of the log')
    .option('-c, --config <file>', 'another config: in that of the log, secrets are hidden')
    .option('--save-test <name>', 'make a test of a stream, beside the manifest')
    .option('--stream <name>', 'the stream of the test, where the log has several')
    .addOption(hooksOption())
    .addHelpText(
      'after',
      `
Ends with the exit code of the sync, or with 1 when it did not go as it had gone.

Examples:
  $ manifold read --config c.json --catalog catalog.json --log-to failed.log > messages.jsonl
  $ manifold replay failed.log
  $ manifold replay failed.log --save-test "fails midway" --stream orders`,
    )
    .action(async (log: string, given: ReplayOptions) => {
      const { replay } = await import('../engine/commands/recording/replay.ts');
      ended(await replay(log, given, environment));
    });
  program
    .command('why')
    .description('say why a record is there, or is not')
    .usage('<file> <stream> <field=value> [options]')
    .argument('<file>', 'manifest; left out where -m names it, or the bundled one is meant')
    .argument('<stream>', 'name of the stream')
    .argument('[field=value]', 'the record, such as id=5')
    .addOption(manifestPath())
    .addOption(config())
    .addOption(state())
    .option('--pages <number>', 'pages to look at of a slice', '20')
    .option('--slices <number>', 'slices to look at', '50')
    .addOption(hooksOption())
    .addHelpText(
      'after',
      `
Ends with 0; with 1 when the API did not give such a record.

Examples:
  $ manifold why shop.yaml orders id=5 -c config.json
  $ manifold why contacts id=5ba682d23d7cf92bef87bfd4 -c config.json`,
    )
    .action(async (first: string, second: string, third: string | undefined, given: WhyOptions) => {
      const { why } = await import('../engine/commands/preview/why.ts');
      const names: WhyNames = third === undefined ? [first, second] : [first, second, third];
      ended(await why(names, given, environment));
    });
  program
    .command('eval')
    .description('evaluate a template at a place of the manifest, with what it sees there')
    .usage('<file> <template> --at <slot> [options]')
    .argument('<file>', 'manifest; left out where -m names it, or the bundled one is meant')
    .argument('[template]', 'such as "{{ response.pages }}"')
    .requiredOption('--at <slot>', 'stream and field, such as contacts.paginator.cursor_value')
    .option('--page <number>', 'which page of the stream it sees', '1')
    .addOption(manifestPath())
    .addOption(config())
    .addOption(state())
    .addOption(hooksOption())
    .addHelpText(
      'after',
      `
Prints what is sent, the value with its Python type, and the same of each part.
Ends with 0; with 1 when the template cannot be evaluated there.

Examples:
  $ manifold eval shop.yaml '{{ response.next }}' --at orders.paginator.cursor_value --page 2 -c config.json
  $ manifold eval '{{ response.pages.next }}' --at contacts.paginator.cursor_value --page 2 -c config.json`,
    )
    .action(async (first: string, second: string | undefined, given: EvaluateOptions) => {
      const { evaluate } = await import('../engine/commands/preview/evaluate.ts');
      const asked: EvaluatedNames = second === undefined ? [first] : [first, second];
      ended(await evaluate(asked, given, environment));
    });
  program
    .command('explain')
    .description('say how streams are read, or what a finding of validate means')
    .argument('<subject>', 'a manifest, or a code such as known-fields')
    .argument('[stream]', 'only this stream')
    .addOption(config())
    .addOption(state())
    .option('--md', 'write Markdown')
    .addOption(hooksOption())
    .addHelpText(
      'after',
      '\nExamples:\n  $ manifold explain shop.yaml orders -c config.json\n  $ manifold explain known-fields',
    )
    .action(async (subject: string, stream: string | undefined, given: ExplainOptions) => {
      const { explain } = await import('../engine/commands/preview/explain.ts');
      ended(await explain(subject, stream, given, environment));
    });
  program
    .command('estimate')
    .description('say what a sync takes: requests, records, minutes, by one page of each stream')
    .argument('<file>', 'manifest')
    .argument('[streams...]', 'only these streams')
    .addOption(config())
    .addOption(state())
    .option('--json', 'print JSON')
    .option('--trace', 'print TRACE ESTIMATE messages of the protocol')
    .addOption(hooksOption())
    .addHelpText(
      'after',
      '\nEnds with 0; with 1 when a stream could not be read.\n\nExample:\n  $ manifold estimate shop.yaml orders -c config.json',
    )
    .action(async (file: string, streams: readonly string[], given: EstimateOptions) => {
      const { estimate } = await import('../engine/commands/preview/estimate.ts');
      ended(await estimate(file, streams, given, environment));
    });
  program
    .command('studio')
    .description('open a manifest in the browser: an editor, and what each stream does')
    .argument('[file]', 'manifest, instead of the bundled Intercom one')
    .addOption(config())
    .option('--simulate', 'ask an API that is made out of the manifest, instead of the real one')
    .option('--port <number>', '0 is any free port', '0')
    .option('--no-open', 'only print the address')
    .addOption(hooksOption())
    .addHelpText(
      'after',
      `
Listens on this machine alone, and only to the browser that has opened the address that it prints. The file on disk is the truth:
nothing is written until you save, and what other programs write is shown.

Examples:
  $ manifold studio shop.yaml --config config.json
  $ manifold studio --simulate`,
    )
    .action(async (file: string | undefined, given: StudioCommandOptions) => {
      const { studio } = await import('../engine/commands/studio/studio.ts');
      ended(await studio(file, given, environment));
    });
}
