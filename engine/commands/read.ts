import { ConnectorError } from '../error/connector-error.ts';
import { createMessageWriter } from '../protocol/message-writer.ts';
import type { CommandOptions, Environment } from './environment.ts';
import { readConfig } from './read-input.ts';
import { readCatalog, readState } from './read-protocol-input.ts';
import { withSession } from './session.ts';

/** `read`: the records of the chosen streams, each followed by the state that covers it. */
export async function read({ logTo, ...options }: CommandOptions, environment: Environment): Promise<number> {
  if (logTo !== undefined) {
    const { readLogged } = await import('./recording/read-logged.ts');
    return readLogged(read, { ...options, logTo }, environment);
  }
  const { catalog: catalogPath, state: statePath } = options;
  const config = await readConfig(options.config);
  if ('__command' in config) {
    const { builderCommand } = await import('./builder-command.ts');
    return builderCommand(config, options, environment);
  }
  if (catalogPath === undefined)
    throw new ConnectorError('No catalog given. Name its file with --catalog FILE.', {
      kind: 'config_error',
    });
  const catalog = await readCatalog(catalogPath);
  const states = statePath === undefined ? undefined : await readState(statePath);
  const schemas = new Map(
    catalog.streams.map(({ stream }) => [stream.name, stream.json_schema ?? undefined]),
  );
  const withSchemas: Environment = { ...environment, catalogSchema: (stream) => schemas.get(stream) };
  return withSession(options, withSchemas, {
    config,
    async work({ connector, redact }) {
      const streams = catalog.streams.map(({ stream, cursor_field }) => ({
        name: stream.name,
        cursorField: cursor_field ?? undefined,
      }));
      const namespaces = new Map(
        catalog.streams.map(({ stream }) => [stream.name, stream.namespace ?? undefined]),
      );
      const writer = createMessageWriter({
        write: environment.write,
        redact,
        namespaces,
        ...(environment.clock && { now: environment.clock.now }),
      });
      let failed = false;
      for await (const event of connector.read({
        streams,
        states,
        signal: environment.signal,
        lines: writer.lines,
      })) {
        if (event.kind === 'error') failed = true;
        await writer.event(event);
      }
      return failed || writer.hasFailed() ? 1 : 0;
    },
  });
}
