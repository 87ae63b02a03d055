import type { Python } from '../values/python.ts';
import { escapeHtml } from '../values/string.ts';
import { textOf } from '../values/text.ts';

const webAddress =
  /^(?:(?:https?:\/\/|www\.)(?:[\w%-]+\.)*(?:[a-z]{2,63}|xn--[\w%]{2,59})|(?:[\w%-]{2,63}\.)+(?:com|net|int|edu|gov|org|info|mil)|https?:\/\/(?:\d{1,3}(?:\.\d{1,3}){3}|\[(?:[\da-f]{0,4}:){2}(?:[\da-f]{0,4}:?){1,6}\]))(?::\d{1,5})?(?:[/?#]\S*)?$/i;

/** Jinja's urlize: web and mail addresses in a text become HTML links. */
export function urlize([value, limit, nofollow, target, rel]: readonly unknown[], py: Python): string {
  const rels = [
    ...new Set([
      ...(textOf(rel)?.split(/\s+/) ?? []),
      ...(py.truth(nofollow) ? ['nofollow'] : []),
      'noopener',
    ]),
  ].sort();
  const attributes = ` rel="${escapeHtml(rels.join(' '))}"${textOf(target) === undefined ? '' : ` target="${escapeHtml(py.str(target))}"`}`;
  const cut = (text: string) =>
    typeof limit === 'number' && text.length > limit ? `${text.slice(0, limit)}...` : text;
  return escapeHtml(py.str(value))
    .split(/(\s+)/)
    .map((word) => {
      const parts = /^((?:[(<]|&lt;)*)([\s\S]*?)((?:[)>.,\n]|&gt;)*)$/.exec(word);
      const [, head = '', middle = '', tail = ''] = parts ?? [];
      if (webAddress.test(middle)) {
        const href = /^https?:/i.test(middle) ? middle : `https://${middle}`;
        return `${head}<a href="${href}"${attributes}>${cut(middle)}</a>${tail}`;
      }
      if (/^\S+@\w[\w.-]*\.\w+$/.test(middle))
        return `${head}<a href="mailto:${middle}">${middle}</a>${tail}`;
      return word;
    })
    .join('');
}
