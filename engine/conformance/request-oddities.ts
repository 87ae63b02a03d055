import type { OutgoingRequest } from '../contract/families.ts';
import { percentDecoded } from '../util/url/percent-decoded.ts';

/** What Python and JavaScript write where a value is missing. */
const missing = /(?:^|[^A-Za-z])(?:None|undefined|NaN|\[object Object\])(?:$|[^A-Za-z])|\{\{|\}\}/;

/** Names of headers that have nothing else in them. */
const credentialName = /authorization|api-?key|(?:auth|access)-?token/i;

/** Phrases for what no author can have meant in a request: `a URL with an empty segment (https://…)`. */
export function oddities({
  method,
  url,
  headers,
}: Pick<OutgoingRequest, 'method' | 'url' | 'headers'>): readonly string[] {
  const found: string[] = [];
  const shown = `${method} ${percentDecoded(url.href)}`;
  if (/\/\/+/.test(url.pathname)) found.push(`a URL with an empty segment: ${shown}`);
  if (missing.test(percentDecoded(url.pathname)) || missing.test(url.host))
    found.push(`a URL with a missing value: ${shown}`);
  for (const [name, value] of url.searchParams)
    if (missing.test(value)) found.push(`the parameter ${name}=${value}: ${shown}`);
  for (const [name, value] of Object.entries(headers))
    if (value === '' && credentialName.test(name)) found.push(`an empty credential, the header "${name}"`);
    else if (/^(?:Bearer|Basic|Token)? ?(?:None|undefined)?$/.test(value) && value !== '')
      found.push(`an empty credential, the header "${name}: ${value}"`);
  return found;
}
