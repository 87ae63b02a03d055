import { ConnectorError } from '../../error/connector-error.ts';
import { isPrivateAddress } from './addresses.ts';

/**
 * For platforms where many customers share a machine (`DEPLOYMENT_MODE=cloud`). Throws ConnectorError (config_error)
 * when one of the addresses of a host is not public. Asked with the very addresses that are connected to: a name that
 * is looked up twice may have two answers.
 */
export function requirePublicAddresses(host: string, addresses: readonly string[]): void {
  if (!addresses.some(isPrivateAddress)) return;
  throw new ConnectorError(`${host} belongs to a private network. Only public APIs can be read from here.`, {
    kind: 'config_error',
  });
}

/** What is sent through the internet from such a platform is encrypted. */
export function requireEncryption({ protocol, hostname }: URL): void {
  if (protocol === 'https:') return;
  throw new ConnectorError(
    `Requests to ${hostname} must be encrypted: the URL begins with "${protocol}//" instead of "https://".`,
    { kind: 'config_error' },
  );
}
