import { PyAttributeError, PyTypeError, PythonError, PyValueError } from '../time/python-error.ts';
import type { Filter } from './environment.ts';
import { filterOf } from './filter-of.ts';
import { escapeHtml, escapeValue, stripTags } from './markup.ts';
import { needText } from './need-text.ts';
import { binary } from './operators.ts';
import { percentFormat } from './percent-format.ts';
import { indexOf } from './python-call.ts';
import { dictOf } from './python-dict.ts';
import { codePoints, iterate, lengthOf, pyTruth, textLength } from './python-logic.ts';
import { isMapping, mappingEntries } from './python-mappings.ts';
import { pyCompare } from './python-order.ts';
import { pyStr } from './python-text.ts';
import { typeName } from './python-type-name.ts';
import { PyBytes, PyMarkup, PyTuple, textOf, Undefined } from './python-types.ts';
import { capitalize, centerText, expandTabs, replaceText } from './string-methods.ts';
import { splitLines, strip } from './text-parts.ts';
import { quote, quotePlus } from './url-quote.ts';
import { urlize } from './urlize.ts';
import { wrapLine } from './wrap-line.ts';

/** soft_str: Markup stays Markup. */
function soft(value: unknown, change: (text: string) => string): string | PyMarkup {
  return value instanceof PyMarkup ? new PyMarkup(change(value.text)) : change(pyStr(value));
}

/** Words start after spaces, hyphens and opening brackets; the rest of each is lower case. */
function title(text: string): string {
  return text
    .split(/([-\s({[<]+)/)
    .map((part) => {
      const [first = '', ...rest] = codePoints(part);
      return first.toUpperCase() + rest.join('').toLowerCase();
    })
    .join('');
}

function urlEncode(value: unknown): string {
  if (textOf(value) !== undefined || !isIterable(value)) return quote(bytesOrText(value));
  const pairs = isMapping(value) ? mappingEntries(value) : [...iterate(value)].map(pairOf);
  const forUrl = (item: unknown) => quotePlus(bytesOrText(item));
  return pairs.map(([key, item]) => `${forUrl(key)}=${forUrl(item)}`).join('&');
}

const bytesOrText = (value: unknown) =>
  value instanceof PyBytes ? Buffer.from(value.bytes).toString('latin1') : pyStr(value);

function pairOf(pair: unknown): readonly [unknown, unknown] {
  const items = [...iterate(pair)];
  if (items.length < 2)
    throw new PyValueError(`not enough values to unpack (expected 2, got ${items.length})`);
  if (items.length > 2) throw new PyValueError('too many values to unpack (expected 2)');
  return [items[0], items[1]];
}

function isIterable(value: unknown): boolean {
  try {
    iterate(value);
    return true;
  } catch {
    return false;
  }
}

function replace(value: unknown, from: unknown, to: unknown, count: unknown): unknown {
  const limit = count === undefined || count === null ? -1 : indexOf(count);
  return replaceText(pyStr(value), pyStr(from), pyStr(to), limit);
}

function indent(value: unknown, width: unknown = 4, first: unknown = false, blank: unknown = false): string {
  if (width instanceof Undefined) return width.fail();
  const pad = textOf(width) ?? ' '.repeat(Math.max(indexOf(width), 0));
  if (Array.isArray(value)) throw new PyAttributeError("'list' object has no attribute 'splitlines'");
  if (value instanceof Undefined) return value.fail();
  const text = `${needText(value)}\n`;
  const lines = splitLines(text);
  const out = pyTruth(blank)
    ? lines.join(`\n${pad}`)
    : lines
        .slice(0, 1)
        .concat(lines.slice(1).map((line) => (line === '' ? line : pad + line)))
        .join('\n');
  return pyTruth(first) ? pad + out : out;
}

function measured(value: unknown): number {
  const size = lengthOf(value);
  if (size === undefined) throw new PyTypeError(`object of type '${typeName(value)}' has no len()`);
  return size;
}

function truncate(
  value: unknown,
  lengthValue: unknown = 255,
  kill: unknown = false,
  end: unknown = '...',
  leeway: unknown = 5,
): unknown {
  const markLength = measured(end);
  if (pyCompare('<', lengthValue, markLength) || pyCompare('<', leeway ?? 5, 0))
    throw new PythonError(`the length must be at least ${markLength}`, 'AssertionError');
  if (pyCompare('<=', measured(value), binary('+', lengthValue, leeway ?? 5))) return value;
  if (Array.isArray(value) && !pyTruth(kill))
    throw new PyAttributeError("'list' object has no attribute 'rsplit'");
  const text = needText(value);
  if (end instanceof Undefined) return end.fail();
  const [length, mark] = [indexOf(lengthValue), needText(end)];
  const cut = codePoints(text)
    .slice(0, length - textLength(mark))
    .join('');
  if (pyTruth(kill)) return cut + mark;
  const space = cut.lastIndexOf(' ');
  return (space === -1 ? cut : cut.slice(0, space)) + mark;
}

function wordWrap(
  value: unknown,
  width: unknown = 79,
  breakLong: unknown = true,
  mark: unknown = undefined,
  hyphens: unknown = true,
): string {
  const by = mark === undefined || mark === null ? '\n' : needText(mark);
  const options = { breaksLongWords: pyTruth(breakLong), breaksAtHyphens: pyTruth(hyphens) };
  if (value instanceof Undefined) return value.fail();
  const text = textOf(value);
  if (text === undefined)
    throw new PyAttributeError(`'${typeName(value)}' object has no attribute 'splitlines'`);
  return splitLines(text)
    .map((line) => wrapLine(expandTabs(line, 8), indexOf(width), options).join(by))
    .join(by);
}

const format: Filter = (args, keywords) => {
  const [value, ...rest] = args;
  if (rest.length > 0 && Object.keys(keywords).length > 0) {
    throw new PythonError(
      "can't handle positional and keyword arguments at the same time",
      'FilterArgumentError',
    );
  }
  const values = rest.length > 0 ? new PyTuple(rest) : dictOf(Object.entries(keywords));
  return value instanceof PyMarkup ? binary('%', value, values) : percentFormat(pyStr(value), values);
};

export const textFilters: Readonly<Record<string, Filter>> = {
  capitalize: filterOf('capitalize', (value) => soft(value, capitalize)),
  center: filterOf(
    'center',
    (value, width = 80) => soft(value, (text) => centerText(text, indexOf(width))),
    'width?',
  ),
  e: filterOf('escape', escapeValue),
  escape: filterOf('escape', escapeValue),
  forceescape: filterOf('forceescape', (value) => new PyMarkup(escapeHtml(pyStr(value)))),
  format,
  indent: filterOf('indent', indent, 'width?', 'first?', 'blank?'),
  lower: filterOf('lower', (value) => soft(value, (text) => text.toLowerCase())),
  replace: filterOf('replace', replace, 'old', 'new', 'count?'),
  safe: filterOf('safe', (value) => new PyMarkup(pyStr(value))),
  striptags: filterOf('striptags', (value) => stripTags(pyStr(value))),
  title: filterOf('title', (value) => title(pyStr(value))),
  trim: filterOf('trim', (value, characters) => soft(value, (text) => strip(text, characters)), 'chars?'),
  truncate: filterOf('truncate', truncate, 'length?', 'killwords?', 'end?', 'leeway?'),
  upper: filterOf('upper', (value) => soft(value, (text) => text.toUpperCase())),
  urlencode: filterOf('urlencode', urlEncode),
  urlize: filterOf('urlize', urlize, 'trim_url_limit?', 'nofollow?', 'target?', 'rel?', 'extra_schemes?'),
  wordcount: filterOf('wordcount', (value) => pyStr(value).match(/[\p{L}\p{N}_]+/gu)?.length ?? 0),
  wordwrap: filterOf('wordwrap', wordWrap, 'width?', 'break_long_words?', 'wrapstring?', 'break_on_hyphens?'),
};
