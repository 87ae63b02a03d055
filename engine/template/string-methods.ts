import { PyTypeError, PyValueError } from '../time/python-error.ts';
import { formatMap, formatText } from './format-text.ts';
import { needText } from './need-text.ts';
import { bind, indexOf } from './python-call.ts';
import { codePoints, iterate, textLength } from './python-logic.ts';
import { typeName } from './python-type-name.ts';
import { type Keywords, PyBytes, textOf } from './python-types.ts';
import { PySlice, sliceItems } from './sequence-slice.ts';
import { encodeText, makeTranslation, translate } from './text-encoding.ts';
import {
  count,
  find,
  hasAffix,
  index,
  isSpace,
  partition,
  split,
  splitLines,
  strip,
  windowOf,
} from './text-parts.ts';

type Body = (self: string, ...args: unknown[]) => unknown;
interface Method {
  readonly parameters: readonly string[];
  readonly body: Body;
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
/** Letters of two parts have a form of their own for the start of a word. */
const titleForms: Readonly<Record<string, string>> = { Ǆ: 'ǅ', Ǉ: 'ǈ', Ǌ: 'ǋ', Ǳ: 'ǲ' };

/** A letter as it starts a word: `ß` is `Ss` there, not `SS`. */
function titleLetter(letter: string): string {
  const upper = letter.toUpperCase();
  if (upper.length === letter.length) return titleForms[upper] ?? upper;
  return upper.replace(/(?<=\p{Lu})\p{Lu}+/u, (rest) => rest.toLowerCase());
}

/** Letters that upper case makes longer (ß, ŉ, ﬁ) are compared by their parts. */
function caseFold(text: string): string {
  return codePoints(text)
    .map((letter) => {
      const upper = letter.toUpperCase();
      return (upper.length > letter.length ? upper : letter).toLowerCase();
    })
    .join('')
    .replace(/[ςſẞ]/g, (letter) => ({ ς: 'σ', ſ: 's' })[letter] ?? 'ss');
}

function titleCase(text: string): string {
  let inWord = false;
  let out = '';
  for (const character of text) {
    const isCased = /[\p{Uppercase}\p{Lowercase}\p{Lt}]/u.test(character);
    out += isCased ? (inWord ? character.toLowerCase() : titleLetter(character)) : character;
    inWord = isCased;
  }
  return out;
}

export function capitalize(text: string): string {
  const [first = '', ...rest] = codePoints(text);
  return titleLetter(first) + lowerCase(rest.join(''));
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
  let inWord = false;
  let hasWord = false;
  for (const character of text) {
    const isUpper = /[\p{Uppercase}\p{Lt}]/u.test(character);
    const isLower = /\p{Lowercase}/u.test(character);
    if (isUpper ? inWord : isLower && !inWord) return false;
    inWord = isUpper || isLower;
    hasWord ||= inWord;
  }
  return hasWord;
}

export function expandTabs(text: string, size: number): string {
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
  casefold: of([], caseFold),
  center: of(['width', 'fill?', '/'], (self, width, fill) => justify(self, width, fill, 'c')),
  count: of(range, (self, part, from, to) => count(windowOf(self, from, to), part)),
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
  endswith: of(range, (self, part, from, to) => hasAffix(windowOf(self, from, to), part, 'end')),
  expandtabs: of(['tabsize?'], (self, size) => expandTabs(self, size === undefined ? 8 : indexOf(size))),
  find: of(range, (self, part, from, to) => find(windowOf(self, from, to), part, 'first')),
  format_map: of(['mapping', '/'], (self, mapping) => formatMap(self, mapping)),
  index: of(range, (self, part, from, to) => index(windowOf(self, from, to), part, 'first')),
  isalnum: of([], (self) => every(self, /^[\p{L}\p{Nd}\p{N}]+$/u)),
  isalpha: of([], (self) => every(self, /^\p{L}+$/u)),
  isascii: of([], (self) => !/[\u0080-\uffff]/.test(self)),
  isdecimal: of([], (self) => every(self, /^\p{Nd}+$/u)),
  isdigit: of([], (self) => every(self, /^[\p{Nd}²³¹⁰⁴-⁹₀-₉①-⑨⑴-⑼⒈-⒐⓪⓵-⓽⓿❶-❾➀-➈➊-➒]+$/u)),
  isidentifier: of([], (self) => every(self, /^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}_]*$/u)),
  islower: of([], (self) => /\p{Lowercase}/u.test(self) && !/[\p{Uppercase}\p{Lt}]/u.test(self)),
  isnumeric: of([], (self) => every(self, /^\p{N}+$/u)),
  isprintable: of([], (self) => !/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u.test(self)),
  isspace: of([], (self) => self !== '' && codePoints(self).every(isSpace)),
  istitle: of([], isTitle),
  isupper: of([], (self) => /\p{Uppercase}/u.test(self) && !/[\p{Lowercase}\p{Lt}]/u.test(self)),
  join: of(['items', '/'], joinText),
  ljust: of(['width', 'fill?', '/'], (self, width, fill) => justify(self, width, fill, 'l')),
  lower: of([], lowerCase),
  lstrip: of(['chars?', '/'], (self, chars) => strip(self, chars, 'left')),
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
  rfind: of(range, (self, part, from, to) => find(windowOf(self, from, to), part, 'last')),
  rindex: of(range, (self, part, from, to) => index(windowOf(self, from, to), part, 'last')),
  rjust: of(['width', 'fill?', '/'], (self, width, fill) => justify(self, width, fill, 'r')),
  rpartition: of(['sep', '/'], (self, by) => partition(self, by, true)),
  rsplit: of(['sep?', 'maxsplit?'], (self, by, limit) => split(self, by, limit, true)),
  rstrip: of(['chars?', '/'], (self, chars) => strip(self, chars, 'right')),
  split: of(['sep?', 'maxsplit?'], (self, by, limit) => split(self, by, limit, false)),
  splitlines: of(['keepends?'], (self, keep) => splitLines(self, keep === true || keep === 1)),
  startswith: of(range, (self, part, from, to) => hasAffix(windowOf(self, from, to), part, 'start')),
  strip: of(['chars?', '/'], (self, chars) => strip(self, chars)),
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

/** text[index] and text[from:to:step]; JavaScript's undefined when out of range. */
export function textItem(text: string, at: unknown): string | undefined {
  const points = codePoints(text);
  if (at instanceof PySlice) return sliceItems(points, at).join('');
  if (typeof at === 'bigint') return undefined;
  const position = indexOf(at);
  return points[position < 0 ? position + points.length : position];
}
