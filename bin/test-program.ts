import type { Command, Option } from 'commander';
import type { Environment } from '../engine/commands/environment.ts';
import type { TestCommandOptions } from '../engine/commands/test/test-run.ts';
import { isConnectorError } from '../engine/error/connector-error.ts';
import { printError } from '../engine/error/print-location.ts';

/** `test` and its options. */
export function addTestCommand(
  program: Command,
  environment: Environment,
  hooksOption: () => Option,
  end: (code: number) => void,
): void {
  program
    .command('test')
    .description('check manifests as CI would, offline: built-in checks, and the tests of NAME.test.yaml')
    .argument('[files...]', 'manifests, test files, folders, folders of Airbyte connectors; here by default')
    .addOption(hooksOption())
    .option('--checks <ids>', 'only these built-in checks: ids with commas between them', listed)
    .option('--no-checks', 'only the tests of test files')
    .option('--list', 'list the built-in checks')
    .option('--grep <text>', 'only tests with this text in their stream or name')
    .option('--verbose', 'also show what has passed, and ways that no test takes')
    .option('--strict', 'let warnings fail too')
    .option('--against <ref>', 'compare with an earlier version: git:main, git:v1.2.0')
    .option('--openapi <file>', 'compare requests with a description of the API')
    .option('--update', 'rewrite what failing tests expect, and print the difference; never where CI is set')
    .option('--watch', 'run the tests of a stream again whenever it changes')
    .option(
      '--mutate',
      'change one decision of the manifest after the other, and say which changes nothing notices',
    )
    .option(
      '--stream <names>',
      'with --mutate: only decisions of these streams, with commas between them',
      listed,
    )
    .option('--shard <part>', 'with --mutate: 2/4 is the second of four parts')
    .option('--budget <seconds>', 'with --mutate: begin no other change after this time')
    .option('--min-score <percent>', 'with --mutate: how many changes have to be noticed, 100 by default')
    .option('--workers <number>', 'how many threads test at once; 1 is none but this one')
    .option('--no-cache', 'run everything, although nothing has changed since an earlier run')
    .option('--junit <file>', 'write JUnit XML; - is stdout')
    .option('--json <file>', 'write everything as JSON; - is stdout')
    .option('--sarif <file>', 'write SARIF for code scanners; - is stdout')
    .option('--lcov <file>', 'write which ways through the manifest were taken; - is stdout')
    .option('--github', 'annotate the lines of a pull request')
    .addHelpText(
      'after',
      `
Results are kept in the user's folder for caches, and told again while nothing
that they depend on has changed; not with --hooks, --against, --update, --mutate.

Exit codes:
  0  everything passed; warnings are no failure without --strict
  1  a check or a test failed, or a change of --mutate went unnoticed that the test file does not excuse
  2  something could not be tested: mistakes in a manifest, a test file or these options, a file that is not there

Examples:
  $ manifold test                           all manifests below this folder
  $ manifold test intercom.yaml --verbose
  $ manifold test intercom.yaml --mutate --stream contacts,companies
  $ manifold test airbyte-integrations/connectors/source-x --junit out/junit.xml`,
    )
    .action(async (files: readonly string[], given: TestCommandOptions & { readonly list?: boolean }) => {
      if (given.list === true) {
        const { listChecks } = await import('../engine/commands/test/list-checks.ts');
        await environment.write(listChecks());
        return;
      }
      const { test } = await import('../engine/commands/test/test.ts');
      const { keepsOf } = await import('./keeps.ts');
      try {
        end(await test(files, given, { ...environment, keeps: keepsOf(environment) }));
      } catch (error) {
        // Nothing has failed: it could not be tested.
        if (!isConnectorError(error)) throw error;
        environment.writeError(`${printError(error)}\n`);
        end(2);
      }
    });
}

function listed(ids: string): readonly string[] {
  return ids
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
}
