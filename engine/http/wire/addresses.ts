import ipaddr from 'ipaddr.js';

export function isAddress(text: string): boolean {
  return ipaddr.isValid(text);
}

/** Is the address in the block, as in `10.0.0.0/8`? False when either is not what it should be. */
export function isInBlock(address: string, block: string): boolean {
  if (!ipaddr.isValid(address) || !ipaddr.isValidCIDR(block)) return false;
  const [network, bits] = ipaddr.parseCIDR(block);
  const parsed = ipaddr.process(address);
  return parsed.kind() === network.kind() && parsed.match([network, bits]);
}

const globalUnicast = ipaddr.parseCIDR('2000::/3');

/**
 * Is the address outside of the public internet? An IPv4 address inside an IPv6 one counts as itself. Of IPv6 only what
 * has been given out for public use is public: no tunnels (2002::/16), no translations (64:ff9b::/96), nothing reserved.
 */
export function isPrivateAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return true;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast') return true;
  return parsed.kind() === 'ipv6' && !parsed.match(globalUnicast);
}
