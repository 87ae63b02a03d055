import { printThrown } from '../error/print-location.ts';
import type { CommandOptions, Environment } from './environment.ts';
import { withSession } from './session.ts';

/** `discover`: the streams and their schemas. A stream that cannot be made is left out with a warning that says why. */
export async function discover(options: CommandOptions, environment: Environment): Promise<number> {
  return withSession(options, environment, {
    async work({ connector, emit }) {
      const broken: unknown[] = [];
      const streams = await connector.discover((_name, error) => broken.push(error));
      if (streams.length === 0 && broken.length > 0) throw broken[0];
      for (const error of broken) {
        const message = printThrown(error);
        await emit({
          type: 'LOG',
          log: { level: 'WARN', message: `A stream is left out of the catalog. ${message}` },
        });
      }
      await emit({ type: 'CATALOG', catalog: { streams } });
      return 0;
    },
  });
}
