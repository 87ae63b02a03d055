import { PyAttributeError, PythonError, PyValueError } from '../../time/python-error.ts';
import { stripTags } from '../methods/markup-methods.ts';
import { keywordsOf, restOf } from '../methods/method-parts.ts';
import { capitalize } from '../methods/text-case.ts';
import { justify } from '../methods/text-layout.ts';
import { replaceText, splitLines, strip } from '../methods/text-parts.ts';
import { costs } from '../values/budget.ts';
import { PyBytes } from '../values/bytes.ts';
import { dictOf, orNone } from '../values/dict.ts';
import { widest } from '../values/format-spec.ts';
import { isMapping, mappingEntries } from '../values/mapping.ts';
import type { Python } from '../values/python.ts';
import { escapeHtml, escapeValue } from '../values/string.ts';
import { codePoints, PyMarkup, textLength, textOf } from '../values/text.ts';
import { PyTuple } from '../values/tuple.ts';
import { Undefined } from '../values/undefined.ts';
import { type Builtin, type Builtins, builtin } from './builtin.ts';
import { lengthOf } from './length-of.ts';
import { quote, quotePlus } from './url-quote.ts';
import { urlize } from './urlize.ts';
import { wrapLine } from './wrap-line.ts';

type Args = readonly unknown[];

/** A filter that changes text; Markup stays Markup. */
function changing(
  parameters: readonly string[],
  change: (text: string, args: Args, py: Python) => string,
): Builtin {
  return builtin(parameters, ([value, ...args], py) =>
    value instanceof PyMarkup ? new PyMarkup(change(value.text, args, py)) : change(py.str(value), args, py),
  );
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

function urlEncode([value]: Args, py: Python): string {
  if (textOf(value) !== undefined || !py.isIterable(value)) return quote(bytesOrText(value, py));
  const pairs = isMapping(value)
    ? mappingEntries(value)
    : Array.from(py.iterate(value), (pair) => pairOf(pair, py));
  const forUrl = (item: unknown) => quotePlus(bytesOrText(item, py));
  return pairs.map(([key, item]) => `${forUrl(key)}=${forUrl(item)}`).join('&');
}

const bytesOrText = (value: unknown, py: Python) =>
  value instanceof PyBytes ? Buffer.from(value.bytes).toString('latin1') : py.str(value);

function pairOf(pair: unknown, py: Python): readonly [unknown, unknown] {
  const items = [...py.iterate(pair)];
  if (items.length < 2)
    throw new PyValueError(`not enough values to unpack (expected 2, got ${items.length})`);
  if (items.length > 2) throw new PyValueError('too many values to unpack (expected 2)');
  return [items[0], items[1]];
}

function replace([value, from, to, count = null]: Args, py: Python): string {
  const limit = count === null ? -1 : py.index(count);
  return replaceText(py.str(value), py.str(from), py.str(to), limit, py);
}

function indentWidth(width: number): number {
  if (width > widest) throw new PyValueError('the text would grow too long');
  return Math.max(width, 0);
}

function indent([value, width = 4, first = false, blank = false]: Args, py: Python): string {
  if (width instanceof Undefined) return width.fail();
  const pad = textOf(width) ?? ' '.repeat(indentWidth(py.index(width)));
  if (Array.isArray(value)) throw new PyAttributeError("'list' object has no attribute 'splitlines'");
  if (value instanceof Undefined) return value.fail();
  const text = `${py.text(value)}\n`;
  const lines = splitLines(text);
  py.spend(lines.length * (1 + pad.length));
  const out = py.truth(blank)
    ? lines.join(`\n${pad}`)
    : lines
        .slice(0, 1)
        .concat(lines.slice(1).map((line) => (line === '' ? line : pad + line)))
        .join('\n');
  return py.truth(first) ? pad + out : out;
}

function truncate(
  [value, lengthValue = 255, kill = false, end = '...', leewayValue = null]: Args,
  py: Python,
): unknown {
  const leeway = leewayValue ?? 5;
  const markLength = lengthOf(end, py);
  if (py.compare('<', lengthValue, markLength) || py.compare('<', leeway, 0))
    throw new PythonError(`the length must be at least ${markLength}`, 'AssertionError');
  if (py.compare('<=', lengthOf(value, py), py.binary('+', lengthValue, leeway))) return value;
  if (Array.isArray(value) && !py.truth(kill))
    throw new PyAttributeError("'list' object has no attribute 'rsplit'");
  const text = py.text(value);
  if (end instanceof Undefined) return end.fail();
  const [length, mark] = [py.index(lengthValue), py.text(end)];
  const cut = codePoints(text)
    .slice(0, length - textLength(mark))
    .join('');
  if (py.truth(kill)) return cut + mark;
  const space = cut.lastIndexOf(' ');
  return (space === -1 ? cut : cut.slice(0, space)) + mark;
}

function wordWrap(
  [value, widthValue = 79, breakLong = true, mark = null, hyphens = true]: Args,
  py: Python,
): string {
  const by = mark === null ? '\n' : py.text(mark);
  const options = { breaksLongWords: py.truth(breakLong), breaksAtHyphens: py.truth(hyphens) };
  if (value instanceof Undefined) return value.fail();
  const text = textOf(value);
  if (text === undefined)
    throw new PyAttributeError(`'${py.typeName(value)}' object has no attribute 'splitlines'`);
  return splitLines(text)
    .map((line) => {
      const pieces = wrapLine(line, py.index(widthValue), options);
      py.spend(pieces.length * (costs.item + by.length));
      return pieces.join(by);
    })
    .join(by);
}

/** Python's `%`, with the arguments of the filter as its values. */
function format([value, args, keywords]: Args, py: Python): unknown {
  const values = restOf(args);
  const named = Object.entries(keywordsOf(keywords));
  if (values.length > 0 && named.length > 0) {
    throw new PythonError(
      "can't handle positional and keyword arguments at the same time",
      'FilterArgumentError',
    );
  }
  const text = value instanceof PyMarkup ? value : py.str(value);
  return py.binary('%', text, named.length > 0 ? dictOf(named, py) : new PyTuple(values));
}

const escaped = builtin([], ([value], py) => escapeValue(value, py));

/** Filters that make text of any value. */
export const textFilters: Builtins = {
  capitalize: changing([], capitalize),
  center: changing(['width?'], (text, [width = 80], py) => justify(text, py.index(width), ' ', 'center')),
  e: escaped,
  escape: escaped,
  forceescape: builtin([], ([value], py) => new PyMarkup(escapeHtml(py.str(value)))),
  format: builtin(['*args', '**keywords'], format),
  indent: builtin(['width?', 'first?', 'blank?'], indent),
  lower: changing([], (text) => text.toLowerCase()),
  replace: builtin(['old', 'new', 'count?'], replace),
  safe: builtin([], ([value], py) => new PyMarkup(py.str(value))),
  striptags: builtin([], ([value], py) => stripTags(py.str(value))),
  title: builtin([], ([value], py) => title(py.str(value))),
  trim: changing(['chars?'], (text, [characters], py) =>
    strip(text, orNone(characters) === null ? undefined : py.text(characters)),
  ),
  truncate: builtin(['length?', 'killwords?', 'end?', 'leeway?'], truncate),
  upper: changing([], (text) => text.toUpperCase()),
  urlencode: builtin([], urlEncode),
  urlize: builtin(['trim_url_limit?', 'nofollow?', 'target?', 'rel?', 'extra_schemes?'], urlize),
  wordcount: builtin([], ([value], py) => py.str(value).match(/[\p{L}\p{N}_]+/gu)?.length ?? 0),
  wordwrap: builtin(['width?', 'break_long_words?', 'wrapstring?', 'break_on_hyphens?'], wordWrap),
};
