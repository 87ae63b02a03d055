import type { CommandOptions } from '../engine/commands/environment.ts';
import { type ConnectorCommand, connectorCommands } from './commands.ts';

const optional: ReadonlySet<string> = new Set([
  'state',
  'exitCode',
  'logTo',
  'rateLimitStore',
  'rateLimitShare',
]);

/**
 * The arguments as a platform passes them, `read --config FILE --catalog FILE`. Read without the command-line library,
 * whose loading takes longer than `spec` itself. Undefined for anything else, including wrong arguments: that library
 * reads or explains them.
 */
export function readProtocolArguments(
  args: readonly string[],
): { readonly command: ConnectorCommand; readonly options: CommandOptions } | undefined {
  const [name = '', ...rest] = args;
  const command = Object.hasOwn(connectorCommands, name) ? connectorCommands[name] : undefined;
  if (command?.isProtocol !== true) return undefined;
  const options: Record<string, string | boolean> = {};
  while (rest.length > 0) {
    const flag = rest.shift() as string;
    if (flag === '--debug') {
      options['debug'] = true;
      continue;
    }
    const option =
      flag === '--manifest-path' ? 'manifestPath' : command.options.find((known) => flag === `--${known}`);
    const value = rest.shift();
    if (option === undefined || value === undefined || value.startsWith('-')) return undefined;
    options[option] = value;
  }
  const isComplete = command.options.every((option) => optional.has(option) || option in options);
  return isComplete ? { command, options } : undefined;
}
