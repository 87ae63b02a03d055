import { printThrown } from '../error/print-location.ts';
import type { CatalogStream } from '../protocol/messages.ts';
import { toCatalogStream } from '../protocol/to-catalog.ts';
import type { CommandOptions, Environment } from './environment.ts';
import { withSession } from './session.ts';

/** `discover`: the streams and their schemas. A stream that cannot be made is left out with a warning that says why. */
export async function discover(options: CommandOptions, environment: Environment): Promise<number> {
  return withSession(options, environment, async ({ connector, emit }) => {
    connector.prepare();
    const broken: unknown[] = [];
    const definitions = await connector.streams((_name, error) => broken.push(error));
    if (definitions.length === 0 && broken.length > 0) throw broken[0];
    for (const error of broken) {
      const message = printThrown(error);
      await emit({
        type: 'LOG',
        log: { level: 'WARN', message: `A stream is left out of the catalog. ${message}` },
      });
    }
    const streams: CatalogStream[] = [];
    for (const definition of definitions) streams.push(await toCatalogStream(definition));
    await emit({ type: 'CATALOG', catalog: { streams } });
    return 0;
  });
}
