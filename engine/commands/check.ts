import { isConnectorError } from '../error/connector-error.ts';
import { printError } from '../error/print-location.ts';
import type { CommandOptions, Environment } from './environment.ts';
import { withSession } from './session.ts';

/** `check`: can the config be used? A config that cannot is an answer, not a failure of the command. */
export async function check(options: CommandOptions, environment: Environment): Promise<number> {
  return withSession(options, environment, async ({ connector, emit }) => {
    try {
      connector.prepare();
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
      if (!isConnectorError(error) || error.kind !== 'config_error') throw error;
      await emit({
        type: 'CONNECTION_STATUS',
        connectionStatus: { status: 'FAILED', message: printError(error) },
      });
      return 0;
    }
  });
}
