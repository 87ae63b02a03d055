import type { Command } from 'commander';
import type { Environment } from '../engine/commands/environment.ts';
import type { InitOptions } from '../engine/commands/init/init.ts';

/** `init` and its options. */
export function addInitCommand(
  program: Command,
  environment: Environment,
  end: (code: number) => void,
): void {
  program
    .command('init')
    .description('write a manifest from what is known of an API, each guess marked')
    .argument('<name>', 'name of the connector')
    .option('--openapi <file>', 'a description by OpenAPI 3 or Swagger 2, as YAML or JSON')
    .option('--har <file>', 'what a browser has recorded (HTTP Archive)')
    .option('--curl <line>', 'a line of curl, as documentation shows it')
    .option('--streams <names>', 'only these streams, with commas between them', (names) =>
      names.split(',').map((name) => name.trim()),
    )
    .option('--out <file>', 'where it is written; - is stdout (default: NAME.yaml)')
    .option('--force', 'replace the file that is there')
    .option('--verify', 'ask the API two to four times whether the guesses hold; needs --config')
    .option('--config <file>', 'JSON file with the config, for --verify')
    .addHelpText('after', '\nExample:\n  $ manifold init petstore --openapi openapi.yaml --streams pets')
    .action(async (name: string, given: InitOptions) => {
      const { init } = await import('../engine/commands/init/init.ts');
      end(await init(name, given, environment));
    });
}
