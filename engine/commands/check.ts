import { type ConnectorError, isConnectorError } from '../error/connector-error.ts';
import { printError } from '../error/print-location.ts';
import type { CommandOptions, Environment } from './environment.ts';
import { type Session, withSession } from './session.ts';

/**
 * `check`: finds out whether a config works. A config that does not is an answer, not a failure of the command, unless
 * `--exit-code` asks for that.
 */
export async function check(options: CommandOptions, environment: Environment): Promise<number> {
  async function answer(
    emit: Session['emit'],
    succeeded: boolean,
    message: string | undefined,
  ): Promise<number> {
    if (environment.isReadByPerson) {
      await environment.write(
        succeeded ? 'The config works.\n' : `The config does not work: ${message ?? 'no reason given'}\n`,
      );
    } else {
      await emit({
        type: 'CONNECTION_STATUS',
        connectionStatus: succeeded
          ? { status: 'SUCCEEDED' }
          : { status: 'FAILED', ...(message !== undefined && { message }) },
      });
    }
    return succeeded || options.exitCode !== true ? 0 : 1;
  }

  function failed(error: ConnectorError, emit: Session['emit']): Promise<number> {
    if (error.kind !== 'config_error') throw error;
    return answer(emit, false, printError(error));
  }

  return withSession(options, environment, {
    async work({ connector, emit }) {
      try {
        const { succeeded, message } = await connector.check();
        return await answer(emit, succeeded, message);
      } catch (error) {
        if (environment.signal?.aborted) return 1;
        if (!isConnectorError(error)) throw error;
        return failed(error, emit);
      }
    },
    refused: async (error, emit) => failed(error, emit),
  });
}
