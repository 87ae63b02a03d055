import { type KeptCodes, keptCodes, percentEncode } from '../../util/url/percent-encode.ts';

/** How Python's requests library writes URLs and forms; the language's manifests were written against it. */

const encoder = new TextEncoder();

const inForms = keptCodes();
const inPaths = keptCodes("!$&'()*+,;=:@/");
const inQueries = keptCodes("!$&'()*+,;=:@/?");
const inUris = keptCodes("!#$%&'()*+,/:;=?@[]");

function percent(text: string, kept: KeptCodes): string {
  let isClean = true;
  for (let i = 0; i < text.length && isClean; i++) isClean = kept[text.charCodeAt(i)] === true;
  return isClean ? text : percentEncode(encoder.encode(text), kept);
}

/** One name or value of a form or query string: a space is a plus, everything reserved is escaped. */
export function quotePlus(text: string): string {
  return text.includes(' ')
    ? text
        .split(' ')
        .map((part) => percent(part, inForms))
        .join('+')
    : percent(text, inForms);
}

/** A path as someone wrote it: valid escapes stay, but a stray percent sign makes all of them literal. */
export function quotePath(path: string): string {
  return quotePart(path, inPaths);
}

/** A query string as someone wrote it, by the rule of `quotePath`. */
export function quoteQuery(query: string): string {
  return quotePart(query, inQueries);
}

function quotePart(part: string, kept: KeptCodes): string {
  const pieces = part
    .split(/(%[0-9A-Fa-f]{2})/)
    .map((piece, index) => (index % 2 === 1 ? piece.toUpperCase() : piece));
  if (pieces.some((piece, index) => index % 2 === 0 && piece.includes('%')))
    return percent(pieces.join(''), kept);
  return pieces.map((piece, index) => (index % 2 === 1 ? piece : percent(piece, kept))).join('');
}

const unreserved = /[A-Za-z0-9\-._~]/;

/** The last step over a whole URI: escapes of unreserved characters are undone, illegal characters escaped. */
export function requote(uri: string): string {
  const plain = uri.replace(/%([0-9A-Fa-f]{2})/g, (escaped, digits: string) => {
    const char = String.fromCharCode(Number.parseInt(digits, 16));
    return unreserved.test(char) ? char : escaped;
  });
  return percent(plain, inUris);
}
