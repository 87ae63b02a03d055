import { PyLookupError, PyTypeError, PyValueError } from '../time/python-error.ts';
import { formatMap, formatText } from './format-text.ts';
import { bind, indexOf } from './python-call.ts';
import { dictGet, dictOf, isDict } from './python-dict.ts';
import { codePoints, iterate, textLength } from './python-logic.ts';
import { typeName } from './python-type-name.ts';
import { type Keywords, PyBytes, PyTuple, textOf, Undefined } from './python-types.ts';
import { PySlice, sliceItems } from './sequence-slice.ts';

type Body = (self: string, ...args: unknown[]) => unknown;
interface Method {
  readonly parameters: readonly string[];
  readonly body: Body;
}

/** Text or a TypeError; Undefined complains on its own. */
export function needText(value: unknown, what = 'str'): string {
  const text = textOf(value);
  if (text !== undefined) return text;
  throw new PyTypeError(`must be ${what}, not ${value instanceof Undefined ? 'Undefined' : typeName(value)}`);
}

const space = /[\s\x85]/u;
const isSpace = (character: string) =>
  (character !== '\ufeff' && space.test(character)) || (character >= '\x1c' && character <= '\x1f');

function strip(text: string, characters: unknown, left: boolean, right: boolean): string {
  const points = codePoints(text);
  let test = isSpace;
  if (characters !== undefined && characters !== null) {
    const set = new Set(codePoints(needText(characters)));
    test = (character) => set.has(character);
  }
  let from = 0;
  let to = points.length;
  while (left && from < to && test(points[from] ?? '')) from += 1;
  while (right && to > from && test(points[to - 1] ?? '')) to -= 1;
  return points.slice(from, to).join('');
}

/** The part of the text that find, count, startswith … look at, and where it starts. */
function windowOf(
  text: string,
  from: unknown,
  to: unknown,
): { readonly part: string; readonly start: number; readonly valid: boolean } {
  if ((from === undefined || from === null) && (to === undefined || to === null))
    return { part: text, start: 0, valid: true };
  const points = codePoints(text);
  const clamp = (value: unknown, fallback: number) => {
    if (value === undefined || value === null) return fallback;
    const at = indexOf(value);
    return at < 0 ? Math.max(at + points.length, 0) : at;
  };
  const start = clamp(from, 0);
  const end = Math.min(clamp(to, points.length), points.length);
  return { part: points.slice(start, end).join(''), start, valid: start <= points.length && start <= end };
}

function find(text: string, part: unknown, from: unknown, to: unknown, last: boolean): number {
  const wanted = needText(part);
  const { part: where, start, valid } = windowOf(text, from, to);
  if (!valid) return -1;
  const at = last ? where.lastIndexOf(wanted) : where.indexOf(wanted);
  return at === -1 ? -1 : start + textLength(where.slice(0, at));
}

function count(text: string, part: unknown, from: unknown, to: unknown): number {
  const wanted = needText(part);
  const { part: where, valid } = windowOf(text, from, to);
  if (!valid) return 0;
  return wanted === '' ? textLength(where) + 1 : where.split(wanted).length - 1;
}

function affixed(text: string, affix: unknown, from: unknown, to: unknown, atEnd: boolean): boolean {
  const { part, valid } = windowOf(text, from, to);
  const test = (value: string) => valid && (atEnd ? part.endsWith(value) : part.startsWith(value));
  if (affix instanceof PyTuple) return affix.items.some((item) => test(needText(item)));
  return test(needText(affix, 'str or a tuple of str'));
}

function splitSpace(text: string, limit: number, fromRight: boolean): string[] {
  const out: string[] = [];
  let rest = strip(text, undefined, true, true);
  while (rest !== '') {
    if (limit >= 0 && out.length === limit) {
      out.push(fromRight ? strip(rest, undefined, false, true) : strip(rest, undefined, true, false));
      break;
    }
    const points = codePoints(rest);
    const at = fromRight ? points.findLastIndex(isSpace) : points.findIndex(isSpace);
    if (at === -1) {
      out.push(rest);
      break;
    }
    out.push(fromRight ? points.slice(at + 1).join('') : points.slice(0, at).join(''));
    rest = fromRight
      ? strip(points.slice(0, at).join(''), undefined, false, true)
      : strip(points.slice(at).join(''), undefined, true, false);
  }
  if (limit >= 0 && rest !== '') {
    // The last piece keeps the outer whitespace on the far side.
    const keep = fromRight ? strip(text, undefined, false, true) : strip(text, undefined, true, false);
    const last = out.at(-1);
    if (out.length === limit + 1 && last !== undefined) {
      out[out.length - 1] = fromRight
        ? keep.slice(0, keep.indexOf(last) + last.length)
        : keep.slice(keep.lastIndexOf(last));
    }
  }
  return fromRight ? out.reverse() : out;
}

function split(text: string, separator: unknown, limitValue: unknown, fromRight: boolean): string[] {
  const limit = limitValue === undefined ? -1 : indexOf(limitValue);
  if (separator === undefined || separator === null) return splitSpace(text, limit, fromRight);
  const by = needText(separator, 'str or None');
  if (by === '') throw new PyValueError('empty separator');
  const parts = text.split(by);
  if (limit < 0 || parts.length <= limit + 1) return parts;
  return fromRight
    ? [parts.slice(0, parts.length - limit).join(by), ...parts.slice(parts.length - limit)]
    : [...parts.slice(0, limit), parts.slice(limit).join(by)];
}

function partition(text: string, separator: unknown, last: boolean): PyTuple {
  const by = needText(separator);
  if (by === '') throw new PyValueError('empty separator');
  const at = last ? text.lastIndexOf(by) : text.indexOf(by);
  if (at === -1) return new PyTuple(last ? ['', '', text] : [text, '', '']);
  return new PyTuple([text.slice(0, at), by, text.slice(at + by.length)]);
}

export function replaceText(text: string, from: string, to: string, limit = -1): string {
  if (limit < 0) return text.replaceAll(from, () => to);
  let left = limit;
  if (from === '') {
    const points = ['', ...codePoints(text)];
    return points.map((point, index) => point + (index < limit ? to : '')).join('');
  }
  return text.split(from).reduce((out, part) => {
    left -= 1;
    return out + (left >= 0 ? to : from) + part;
  });
}

/** A word starts after anything that is not a cased letter. */
function titleCase(text: string): string {
  let inWord = false;
  let out = '';
  for (const character of text) {
    const isCased = /[\p{Lu}\p{Ll}\p{Lt}]/u.test(character);
    out += isCased ? (inWord ? character.toLowerCase() : character.toUpperCase()) : character;
    inWord = isCased;
  }
  return out;
}

export function capitalize(text: string): string {
  const [first = '', ...rest] = codePoints(text);
  return first.toUpperCase() + lowerCase(rest.join(''));
}

function lowerCase(text: string): string {
  return text.toLowerCase();
}

function fillCharacter(value: unknown): string {
  if (value === undefined) return ' ';
  const text = needText(value);
  if (textLength(text) !== 1) throw new PyTypeError('The fill character must be exactly one character long');
  return text;
}

function justify(text: string, widthValue: unknown, fillValue: unknown, side: 'l' | 'r' | 'c'): string {
  const missing = indexOf(widthValue) - textLength(text);
  const fill = fillCharacter(fillValue);
  if (missing <= 0) return text;
  if (missing > 1_000_000) throw new PyValueError('the text would grow too long');
  if (side === 'l') return text + fill.repeat(missing);
  if (side === 'r') return fill.repeat(missing) + text;
  return center(text, missing, fill, indexOf(widthValue));
}

function center(text: string, missing: number, fill: string, width: number): string {
  const left = Math.floor(missing / 2) + (missing & width & 1);
  return fill.repeat(left) + text + fill.repeat(missing - left);
}

export function centerText(text: string, width: number): string {
  const missing = width - textLength(text);
  return missing <= 0 ? text : center(text, missing, ' ', width);
}

function every(text: string, test: RegExp): boolean {
  return text !== '' && test.test(text);
}

function isTitle(text: string): boolean {
  return /\p{L}/u.test(text) && titleCase(text) === text;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: Python splits lines at these control characters
const lineEnds = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/g;

export function splitLines(text: string, keepEnds = false): string[] {
  const out: string[] = [];
  let from = 0;
  for (const match of text.matchAll(lineEnds)) {
    const end = match.index + match[0].length;
    out.push(text.slice(from, keepEnds ? end : match.index));
    from = end;
  }
  if (from < text.length) out.push(text.slice(from));
  return out;
}

function expandTabs(text: string, size: number): string {
  let column = 0;
  let out = '';
  for (const character of text) {
    if (character === '\t') {
      const width = size > 0 ? size - (column % size) : 0;
      out += ' '.repeat(width);
      column += width;
    } else {
      out += character;
      column = character === '\n' || character === '\r' ? 0 : column + 1;
    }
  }
  return out;
}

export function encodeText(text: string, encoding = 'utf-8', errors = 'strict'): Uint8Array {
  const name = encoding.toLowerCase().replaceAll('_', '-');
  const limit =
    name === 'ascii' || name === 'us-ascii'
      ? 0x7f
      : ['latin-1', 'latin1', 'iso-8859-1'].includes(name)
        ? 0xff
        : undefined;
  if (limit === undefined) {
    if (name !== 'utf-8' && name !== 'utf8')
      throw new PyLookupError(`unknown encoding: ${encoding}`, 'KeyError');
    if (/\p{Cs}/u.test(text) && errors === 'strict') {
      throw new PyValueError(
        "'utf-8' codec can't encode character: surrogates not allowed",
        'UnicodeEncodeError',
      );
    }
    return Buffer.from(text, 'utf8');
  }
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code <= limit) bytes.push(code);
    else if (errors === 'replace') bytes.push(63);
    else if (errors !== 'ignore') {
      throw new PyValueError(`'${name}' codec can't encode character '${character}'`, 'UnicodeEncodeError');
    }
  }
  return Uint8Array.from(bytes);
}

function translate(text: string, table: unknown): string {
  if (!isDict(table)) throw new PyTypeError('a translation table is a dict');
  return codePoints(text)
    .map((character) => {
      const to = dictGet(table, character.codePointAt(0));
      if (to === undefined) return character;
      if (to === null) return '';
      return typeof to === 'number' ? String.fromCodePoint(to) : needText(to);
    })
    .join('');
}

function makeTranslation(args: readonly unknown[]) {
  const [from, to, drop] = args;
  if (to === undefined) {
    if (!isDict(from)) throw new PyTypeError('if you give only one argument to maketrans it must be a dict');
    return from;
  }
  const [keys, values] = [codePoints(needText(from)), codePoints(needText(to))];
  if (keys.length !== values.length) {
    throw new PyValueError('the first two maketrans arguments must have equal length');
  }
  const entries: [unknown, unknown][] = keys.map((key, index) => [
    key.codePointAt(0),
    values[index]?.codePointAt(0),
  ]);
  for (const key of drop === undefined ? [] : codePoints(needText(drop)))
    entries.push([key.codePointAt(0), null]);
  return dictOf(entries);
}

function joinText(self: string, items: unknown): string {
  let index = 0;
  const parts: string[] = [];
  for (const item of iterate(items)) {
    const text = textOf(item);
    if (text === undefined) {
      throw new PyTypeError(`sequence item ${index}: expected str instance, ${typeName(item)} found`);
    }
    parts.push(text);
    index += 1;
  }
  return parts.join(self);
}

function index(self: string, part: unknown, from: unknown, to: unknown, last: boolean): number {
  const at = find(self, part, from, to, last);
  if (at === -1) throw new PyValueError('substring not found');
  return at;
}

function zfill(text: string, widthValue: unknown): string {
  const width = indexOf(widthValue);
  if (width > 1_000_000) throw new PyValueError('the text would grow too long');
  const sign = /^[+-]/.exec(text)?.[0] ?? '';
  const missing = width - textLength(text);
  return missing > 0 ? sign + '0'.repeat(missing) + text.slice(sign.length) : text;
}

const range = ['part', 'start?', 'end?', '/'];
const of = (parameters: readonly string[], body: Body): Method => ({ parameters, body });

/** str's methods. */
const methods: Readonly<Record<string, Method>> = {
  capitalize: of([], capitalize),
  casefold: of([], (self) => self.toLowerCase().replaceAll('ß', 'ss')),
  center: of(['width', 'fill?', '/'], (self, width, fill) => justify(self, width, fill, 'c')),
  count: of(range, count),
  encode: of(
    ['encoding?', 'errors?'],
    (self, encoding, errors) =>
      new PyBytes(
        encodeText(
          self,
          encoding === undefined ? undefined : needText(encoding),
          errors === undefined ? undefined : needText(errors),
        ),
      ),
  ),
  endswith: of(range, (self, part, from, to) => affixed(self, part, from, to, true)),
  expandtabs: of(['tabsize?'], (self, size) => expandTabs(self, size === undefined ? 8 : indexOf(size))),
  find: of(range, (self, part, from, to) => find(self, part, from, to, false)),
  format_map: of(['mapping', '/'], (self, mapping) => formatMap(self, mapping)),
  index: of(range, (self, part, from, to) => index(self, part, from, to, false)),
  isalnum: of([], (self) => every(self, /^[\p{L}\p{Nd}\p{N}]+$/u)),
  isalpha: of([], (self) => every(self, /^\p{L}+$/u)),
  isascii: of([], (self) => !/[\u0080-\uffff]/.test(self)),
  isdecimal: of([], (self) => every(self, /^\p{Nd}+$/u)),
  isdigit: of([], (self) => every(self, /^[\p{Nd}²³¹⁰⁴-⁹₀-₉①-⑨⑴-⑼⒈-⒐⓪⓵-⓽⓿❶-❾➀-➈➊-➒]+$/u)),
  isidentifier: of([], (self) => every(self, /^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}_]*$/u)),
  islower: of([], (self) => /\p{Ll}/u.test(self) && !/[\p{Lu}\p{Lt}]/u.test(self)),
  isnumeric: of([], (self) => every(self, /^\p{N}+$/u)),
  isprintable: of([], (self) => !/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u.test(self)),
  isspace: of([], (self) => self !== '' && codePoints(self).every(isSpace)),
  istitle: of([], isTitle),
  isupper: of([], (self) => /\p{Lu}/u.test(self) && !/[\p{Ll}\p{Lt}]/u.test(self)),
  join: of(['items', '/'], joinText),
  ljust: of(['width', 'fill?', '/'], (self, width, fill) => justify(self, width, fill, 'l')),
  lower: of([], lowerCase),
  lstrip: of(['chars?', '/'], (self, chars) => strip(self, chars, true, false)),
  maketrans: of(['x', 'y?', 'z?', '/'], (_self, ...args) => makeTranslation(args)),
  partition: of(['sep', '/'], (self, by) => partition(self, by, false)),
  removeprefix: of(['prefix', '/'], (self, prefix) =>
    self.startsWith(needText(prefix)) ? self.slice(needText(prefix).length) : self,
  ),
  removesuffix: of(['suffix', '/'], (self, suffix) =>
    needText(suffix) !== '' && self.endsWith(needText(suffix))
      ? self.slice(0, -needText(suffix).length)
      : self,
  ),
  replace: of(['old', 'new', 'count?', '/'], (self, from, to, limit) =>
    replaceText(self, needText(from), needText(to), limit === undefined ? -1 : indexOf(limit)),
  ),
  rfind: of(range, (self, part, from, to) => find(self, part, from, to, true)),
  rindex: of(range, (self, part, from, to) => index(self, part, from, to, true)),
  rjust: of(['width', 'fill?', '/'], (self, width, fill) => justify(self, width, fill, 'r')),
  rpartition: of(['sep', '/'], (self, by) => partition(self, by, true)),
  rsplit: of(['sep?', 'maxsplit?'], (self, by, limit) => split(self, by, limit, true)),
  rstrip: of(['chars?', '/'], (self, chars) => strip(self, chars, false, true)),
  split: of(['sep?', 'maxsplit?'], (self, by, limit) => split(self, by, limit, false)),
  splitlines: of(['keepends?'], (self, keep) => splitLines(self, keep === true || keep === 1)),
  startswith: of(range, (self, part, from, to) => affixed(self, part, from, to, false)),
  strip: of(['chars?', '/'], (self, chars) => strip(self, chars, true, true)),
  swapcase: of([], (self) =>
    codePoints(self)
      .map((each) => (each === each.toLowerCase() ? each.toUpperCase() : each.toLowerCase()))
      .join(''),
  ),
  title: of([], titleCase),
  translate: of(['table', '/'], translate),
  upper: of([], (self) => self.toUpperCase()),
  zfill: of(['width', '/'], zfill),
};

export function hasStringMethod(name: string): boolean {
  return name === 'format' || Object.hasOwn(methods, name);
}

export function callStringMethod(
  self: string,
  name: string,
  args: readonly unknown[],
  keywords: Keywords,
): unknown {
  if (name === 'format') return formatText(self, args, keywords);
  const method = methods[name];
  if (method === undefined) throw new PyTypeError(`no method ${name}`);
  return method.body(self, ...bind(`str.${name}`, method.parameters, args, keywords));
}

export function trimText(text: string, characters?: unknown): string {
  return strip(text, characters, true, true);
}

/** text[index] and text[from:to:step]; JavaScript's undefined when out of range. */
export function textItem(text: string, at: unknown): string | undefined {
  const points = codePoints(text);
  if (at instanceof PySlice) return sliceItems(points, at).join('');
  const position = indexOf(at);
  return points[position < 0 ? position + points.length : position];
}
