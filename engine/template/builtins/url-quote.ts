import { keptCodes, percentEncode } from '../../util/url/percent-encode.ts';
import { encodeText } from '../methods/text-encoding.ts';

const inPaths = keptCodes('/');
const inForms = keptCodes(' ');

/** urllib.parse.quote: UTF-8 bytes, all but letters, digits and `_.-~/` as %XX. */
export function quote(text: string): string {
  return percentEncode(encodeText(text), inPaths);
}

/** urllib.parse.quote_plus: a space is a plus, and the slash is escaped too. */
export function quotePlus(text: string | Uint8Array): string {
  return percentEncode(typeof text === 'string' ? encodeText(text) : text, inForms).replaceAll(' ', '+');
}
