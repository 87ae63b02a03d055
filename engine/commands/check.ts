import { type ConnectorError, isConnectorError } from '../error/connector-error.ts';
import { printError } from '../error/print-location.ts';
import type { CommandOptions, Environment } from './environment.ts';
import { type Session, withSession } from './session.ts';

/** `check`: finds out whether a config works. A config that does not is an answer, not a failure of the command. */
export async function check(options: CommandOptions, environment: Environment): Promise<number> {
  return withSession(options, environment, {
    async work({ connector, emit }) {
      try {
        const { succeeded, message } = await connector.check();
        // A check that was told to stop has found nothing out.
        if (!succeeded && environment.signal?.aborted) return 1;
        await emit({
          type: 'CONNECTION_STATUS',
          connectionStatus: succeeded
            ? { status: 'SUCCEEDED' }
            : { status: 'FAILED', ...(message !== undefined && { message }) },
        });
        return 0;
      } catch (error) {
        if (!isConnectorError(error)) throw error;
        return failed(error, emit);
      }
    },
    refused: failed,
  });
}

async function failed(error: ConnectorError, emit: Session['emit']): Promise<number> {
  if (error.kind !== 'config_error') throw error;
  await emit({
    type: 'CONNECTION_STATUS',
    connectionStatus: { status: 'FAILED', message: printError(error) },
  });
  return 0;
}
