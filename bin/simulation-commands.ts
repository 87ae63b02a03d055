import { type Command, Option } from 'commander';
import type { DiffOptions } from '../engine/commands/diff.ts';
import type { Environment } from '../engine/commands/environment.ts';
import type { SimulateOptions } from '../engine/commands/simulate.ts';

interface Registration {
  readonly program: Command;
  readonly environment: Environment;
  readonly hooksOption: () => Option;
  readonly ended: (exitCode: number) => void;
}

const config = () =>
  new Option('-c, --config <file>', 'JSON file with the config; by default one made out of the spec');

/** The commands that work with an API made out of a manifest. Their modules are loaded when they run. */
export function addSimulationCommands({ program, environment, hooksOption, ended }: Registration): void {
  program
    .command('simulate')
    .description('serve an API that is made out of the manifest')
    .argument('<file>', 'manifest')
    .addOption(config())
    .option('--records <number>', 'records of each stream; partitions have five at most', '500')
    .option('--seed <number>', 'another seed, other values', '7')
    .option('--faults <share>', 'share of requests that meet a 429, a 503 or a broken connection', '0')
    .option('--edits <share>', 'share of answers after which a record is created, updated or deleted', '0')
    .option('--port <number>', '0 is any free port', '0')
    .option('--host <address>', 'where to listen', '127.0.0.1')
    .option('--write-manifest <file>', 'a copy of the manifest that asks the simulated API')
    .option('--check', 'say which streams can be simulated, and serve nothing')
    .addOption(hooksOption())
    .addHelpText(
      'after',
      `
Prints its address on stdout, streams and requests on stderr. It answers what the streams of the manifest ask, whatever their
hosts are called, so it can be asked directly, and it is a proxy for addresses that begin with http://. What cannot be simulated
is said, stream by stream, with the reason.

Ends with 0; with 1 when --check finds a stream that cannot be simulated.

Examples:
  $ manifold simulate shop.yaml --port 8080 --records 1000 --faults 0.1
  $ manifold simulate shop.yaml --port 8080 --write-manifest simulated.yaml
  $ manifold preview simulated.yaml orders --config config.json`,
    )
    .action(async (file: string, given: SimulateOptions) => {
      const { simulate } = await import('../engine/commands/simulate.ts');
      ended(await simulate(file, given, environment));
    });
  program
    .command('diff')
    .description('say what two manifests do differently: streams, keys, schemas, requests, records, states')
    .argument('<before>', 'manifest, git:REF for the other one as it was then, or git:REF:PATH')
    .argument('<after>', 'manifest, git:REF, or git:REF:PATH')
    .addOption(config())
    .option('--markdown', 'a table, for a comment on a pull request')
    .option('--json', 'for programs')
    .addOption(hooksOption())
    .addHelpText(
      'after',
      `
Both are read from the API that is made out of the first: what the second does not ask for, it does not get. Where it asks
elsewhere, it says so, and the second is read from an API of its own. Two git references without a path stand for the only
manifest in the folder.

"breaking" is what whoever has synced before would notice, "additive" what is there besides, "changed" what is done in another way
and comes to the same, as far as reading shows.

Ends with 0; with 1 when something is breaking.

Examples:
  $ manifold diff git:main shop.yaml
  $ manifold diff git:v1 git:HEAD
  $ manifold diff old.yaml new.yaml --markdown`,
    )
    .action(async (before: string, after: string, given: DiffOptions) => {
      const { diff } = await import('../engine/commands/diff.ts');
      ended(await diff(before, after, given, environment));
    });
}
