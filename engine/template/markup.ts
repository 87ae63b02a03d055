import { iterate } from './python-logic.ts';
import { pyStr } from './python-text.ts';
import { noKeywords, PyFunction, PyMarkup, PyTuple, textOf } from './python-types.ts';
import { callStringMethod, hasStringMethod } from './string-methods.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  "'": '&#39;',
  '"': '&#34;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>'"]/g, (character) => entities[character] ?? character);
}

/** markupsafe.escape: Markup stays as it is. */
export function escapeValue(value: unknown): PyMarkup {
  return value instanceof PyMarkup ? value : new PyMarkup(escapeHtml(pyStr(value)));
}

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

function unescapeHtml(text: string): string {
  return text.replace(/&(?:#(\d+)|#[xX]([\da-fA-F]+)|(\w+));/g, (whole, decimal, hex, name) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    return named[name] ?? whole;
  });
}

export function stripTags(text: string): string {
  const plain = text.replace(/<!--[\s\S]*?-->/g, '').replace(/<[^>]*>/g, '');
  return unescapeHtml((callStringMethod(plain, 'split', [], noKeywords) as string[]).join(' '));
}

const escapesArguments = new Set(['join', 'replace', 'center', 'ljust', 'rjust', 'partition', 'rpartition']);

/** The methods of Markup are those of str, with their text made Markup again. */
export function markupMethod(self: PyMarkup, name: string): unknown {
  if (name === 'unescape') return new PyFunction(name, () => unescapeHtml(self.text));
  if (name === 'striptags') return new PyFunction(name, () => stripTags(self.text));
  if (name === 'escape') return new PyFunction(name, ([value]) => escapeValue(value));
  if (!hasStringMethod(name)) return undefined;
  return new PyFunction(name, (args, keywords) => {
    const escapeText = (value: unknown): unknown =>
      textOf(value) === undefined ? value : escapeValue(value).text;
    let given: readonly unknown[] = args;
    if (name === 'join') given = args.map((items) => [...iterate(items)].map(escapeText));
    else if (escapesArguments.has(name)) given = args.map(escapeText);
    else if (name === 'format')
      given = args.map((value) => (typeof value === 'string' ? escapeText(value) : value));
    return wrap(callStringMethod(self.text, name, given, keywords));
  });
}

function wrap(value: unknown): unknown {
  if (typeof value === 'string') return new PyMarkup(value);
  if (Array.isArray(value)) return value.map(wrap);
  return value instanceof PyTuple ? new PyTuple(value.items.map(wrap)) : value;
}
