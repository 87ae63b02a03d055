import { lookup } from 'node:dns/promises';
import { BlockList, isIPv6 } from 'node:net';
import { ConnectorError } from '../../error/connector-error.ts';
import { TransportError } from './transport-error.ts';

/** Addresses that are not part of the public internet. */
const privateRanges: readonly string[] = [
  ...[
    '0.0.0.0/8',
    '10.0.0.0/8',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.0.0.0/24',
    '192.0.2.0/24',
  ],
  ...['192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '240.0.0.0/4', '100.64.0.0/10'],
  ...['::/128', '::1/128', '100::/64', '2001::/23', '2001:db8::/32', 'fc00::/7', 'fe80::/10'],
];

const blocked = new BlockList();
for (const range of privateRanges) {
  const [address = '', bits] = range.split('/');
  blocked.addSubnet(address, Number(bits), isIPv6(address) ? 'ipv6' : 'ipv4');
}

/** Is the address in a private network? An IPv4 address inside an IPv6 one counts as itself. */
export function isPrivateAddress(address: string): boolean {
  return blocked.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/**
 * For platforms where many customers share a machine (`DEPLOYMENT_MODE=cloud`). Throws ConnectorError (config_error)
 * unless the URL is https and none of its host's addresses is private.
 */
export async function requirePublicHost(
  { protocol, hostname }: URL,
  resolve: (host: string) => Promise<readonly string[]> = addressesOf,
): Promise<void> {
  if (protocol !== 'https:') {
    throw new ConnectorError(
      `Requests to ${hostname} must be encrypted: the URL begins with "${protocol}//" instead of "https://".`,
      { kind: 'config_error' },
    );
  }
  const addresses = await resolve(hostname.replace(/^\[|\]$/g, ''));
  if (addresses.some(isPrivateAddress)) {
    throw new ConnectorError(
      `${hostname} belongs to a private network. Only public APIs can be read from here.`,
      {
        kind: 'config_error',
      },
    );
  }
}

async function addressesOf(host: string): Promise<readonly string[]> {
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address);
  } catch (cause) {
    const { code = 'ENOTFOUND', message } = cause as NodeJS.ErrnoException;
    throw new TransportError(message, code);
  }
}
