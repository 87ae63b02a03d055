import type { Method, Methods, Python } from '../values/python.ts';
import { escapeValue } from '../values/string.ts';
import { PyMarkup, textOf } from '../values/text.ts';
import { PyTuple } from '../values/tuple.ts';
import { restOf } from './method-parts.ts';
import { stringMethods } from './string-methods.ts';
import { split } from './text-parts.ts';

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  copy: '©',
  reg: '®',
  euro: '€',
  hellip: '…',
  mdash: '—',
  ndash: '–',
};

/** Python puts a mark where a number is none of a character. */
function characterOf(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
}

function unescapeHtml(text: string): string {
  return text.replace(/&(?:#(\d+)|#[xX]([\da-fA-F]+)|(\w+));/g, (whole, decimal, hex, name) => {
    if (decimal !== undefined) return characterOf(Number(decimal));
    if (hex !== undefined) return characterOf(Number.parseInt(hex, 16));
    return named[name] ?? whole;
  });
}

/** Without what stands between an opening and the next closing. One that is never closed stays. */
function withoutSpans(text: string, open: string, close: string): string {
  let out = '';
  let from = 0;
  for (;;) {
    const start = text.indexOf(open, from);
    const end = start === -1 ? -1 : text.indexOf(close, start + open.length);
    if (end === -1) return out + text.slice(from);
    out += text.slice(from, start);
    from = end + close.length;
  }
}

/** Without tags and comments, and with every run of white space made one space. */
export function stripTags(text: string): string {
  const plain = withoutSpans(withoutSpans(text, '<!--', '-->'), '<', '>');
  return unescapeHtml(split(plain, undefined, -1, false).join(' '));
}

function escapeText(value: unknown, py: Python): unknown {
  return textOf(value) === undefined ? value : escapeValue(value, py).text;
}

/** Methods whose result holds text of their arguments, which is escaped. */
const escaping: Readonly<Record<string, (args: readonly unknown[], py: Python) => readonly unknown[]>> = {
  join: ([items], py) => [Array.from(py.iterate(items), (item) => escapeText(item, py))],
  format: ([args, fields], py) => [
    restOf(args).map((value) => (typeof value === 'string' ? escapeText(value, py) : value)),
    fields,
  ],
  ...Object.fromEntries(
    ['replace', 'center', 'ljust', 'rjust', 'partition', 'rpartition'].map((name) => [
      name,
      (args: readonly unknown[], py: Python) => args.map((value) => escapeText(value, py)),
    ]),
  ),
};

function asMarkup(value: unknown): unknown {
  if (typeof value === 'string') return new PyMarkup(value);
  if (Array.isArray(value)) return value.map(asMarkup);
  return value instanceof PyTuple ? new PyTuple(value.items.map(asMarkup)) : value;
}

/** A method of str, with its text made Markup again. */
function ofMarkup(name: string, [parameters, body]: Method<string>): Method<PyMarkup> {
  const escapeArgs = Object.hasOwn(escaping, name) ? escaping[name] : undefined;
  return [parameters, (self, args, py) => asMarkup(body(self.text, escapeArgs?.(args, py) ?? args, py))];
}

export const markupMethods: Methods<PyMarkup> = {
  ...Object.fromEntries(
    Object.entries(stringMethods).map(([name, method]) => [name, ofMarkup(name, method)]),
  ),
  unescape: [['*args'], (self) => unescapeHtml(self.text)],
  striptags: [['*args'], (self) => stripTags(self.text)],
  escape: [['value?', '*more'], (_self, [value], py) => escapeValue(value, py)],
};
