import type { Python } from '../values/python.ts';
import { escapeHtml } from '../values/string.ts';
import { textOf } from '../values/text.ts';

const webAddress =
  /^(?:(?:https?:\/\/|www\.)(?:[\w%-]+\.)*(?:[a-z]{2,63}|xn--[\w%]{2,59})|(?:[\w%-]{2,63}\.)+(?:com|net|int|edu|gov|org|info|mil)|https?:\/\/(?:\d{1,3}(?:\.\d{1,3}){3}|\[(?:[\da-f]{0,4}:){2}(?:[\da-f]{0,4}:?){1,6}\]))(?::\d{1,5})?(?:[/?#]\S*)?$/i;
const mailAddress = /^\S+@\w[\w.-]*\.\w+$/;

const brackets = [
  ['(', ')'],
  ['<', '>'],
  ['&lt;', '&gt;'],
] as const;

const countOf = (text: string, part: string) => text.split(part).length - 1;

/** The address in a word of escaped text, and the brackets and full stops around it that are not part of it. */
function splitWord(word: string): readonly [head: string, address: string, tail: string] {
  const head = /^(?:[(<]|&lt;)+/.exec(word)?.[0] ?? '';
  const rest = word.slice(head.length);
  let tail = /(?:[)>.,\n]|&gt;)+$/.exec(rest)?.[0] ?? '';
  let address = rest.slice(0, rest.length - tail.length);
  for (const [open, close] of brackets) {
    // A bracket that the address opened is closed by it too.
    for (let left = Math.min(countOf(address, open), countOf(tail, close)); left > 0; left--) {
      const end = tail.indexOf(close) + close.length;
      address += tail.slice(0, end);
      tail = tail.slice(end);
    }
  }
  return [head, address, tail];
}

/** Jinja's urlize: web and mail addresses in a text become HTML links. */
export function urlize(
  [value, limit, nofollow, target, rel, extraSchemes = null]: readonly unknown[],
  py: Python,
): string {
  const words = escapeHtml(py.str(value)).split(/(\s+)/);
  const given = textOf(rel)?.split(/\s+/) ?? [];
  const rels = [...new Set([...given, ...(py.truth(nofollow) ? ['nofollow'] : []), 'noopener'])].sort();
  const targetText = textOf(target);
  const attributes =
    ` rel="${escapeHtml(rels.join(' '))}"` +
    (targetText === undefined ? '' : ` target="${escapeHtml(targetText)}"`);
  const schemes = extraSchemes === null ? [] : Array.from(py.iterate(extraSchemes), (each) => py.text(each));
  const cut = (text: string) =>
    typeof limit === 'number' && text.length > limit ? `${text.slice(0, limit)}...` : text;

  function link(address: string): string | undefined {
    if (webAddress.test(address)) {
      const href = /^https?:\/\//.test(address) ? address : `https://${address}`;
      return `<a href="${href}"${attributes}>${cut(address)}</a>`;
    }
    if (address.startsWith('mailto:') && mailAddress.test(address.slice(7)))
      return `<a href="${address}">${address.slice(7)}</a>`;
    if (mailAddress.test(address) && !address.startsWith('www.') && !address.includes(':'))
      return `<a href="mailto:${address}">${address}</a>`;
    return schemes.some((scheme) => address !== scheme && address.startsWith(scheme))
      ? `<a href="${address}"${attributes}>${address}</a>`
      : undefined;
  }

  return words
    .map((word) => {
      // Whether a word is an address is found by trying, and a long one can be tried in many ways.
      py.spend(word.length ** 2 / 8);
      const [head, address, tail] = splitWord(word);
      const made = link(address);
      return made === undefined ? word : head + made + tail;
    })
    .join('');
}
