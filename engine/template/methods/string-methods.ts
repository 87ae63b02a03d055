import { PyTypeError } from '../../time/python-error.ts';
import { searchWork } from '../../util/text/find-text.ts';
import { checkItems, comparedAtOnce, costs } from '../values/budget.ts';
import { PyBytes } from '../values/bytes.ts';
import { orNone } from '../values/dict.ts';
import type { Methods, Python } from '../values/python.ts';
import { codePoints, textOf } from '../values/text.ts';
import { formatMap, formatText } from './format-text.ts';
import { keywordsOf, restOf } from './method-parts.ts';
import { capitalize, caseFold, isLower, isTitle, isUpper, swapCase, titleCase } from './text-case.ts';
import { encodeText } from './text-encoding.ts';
import { expandTabs, fillWithZeros, justify } from './text-layout.ts';
import {
  count,
  find,
  hasAffix,
  index,
  isSpace,
  partition,
  replaceText,
  split,
  splitLines,
  strip,
  type Window,
  windowOf,
} from './text-parts.ts';
import { makeTranslation, translate } from './translation.ts';

const whole = (test: RegExp) => (text: string) => text !== '' && test.test(text);

function joinText(self: string, items: unknown, py: Python): string {
  const parts: string[] = [];
  for (const item of py.iterate(items)) {
    const text = textOf(item);
    if (text === undefined) {
      throw new PyTypeError(
        `sequence item ${parts.length}: expected str instance, ${py.typeName(item)} found`,
      );
    }
    py.spend(1 + text.length + self.length);
    parts.push(text);
  }
  return parts.join(self);
}

/** Text; JavaScript's undefined for None and for what is not given. */
function optionalText(value: unknown, py: Python, wanted?: string): string | undefined {
  return orNone(value) === null ? undefined : py.text(value, wanted);
}

const givenText = (value: unknown, py: Python) => (value === undefined ? undefined : py.text(value));
const givenIndex = (value: unknown, fallback: number, py: Python) =>
  value === undefined ? fallback : py.index(value);

/** A method that looks for a part in the text between two bounds. */
const searching = (search: (window: Window, part: string) => unknown): Methods<string>[string] => [
  ['part', 'start?', 'end?', '/'],
  (self, [part, from, to], py) => {
    const wanted = py.text(part);
    py.spend(searchWork(self, wanted) >> comparedAtOnce);
    return search(windowOf(self, from, to, py), wanted);
  },
];

const parting = (last: boolean): Methods<string>[string] => [
  ['sep', '/'],
  (self, [by], py) => {
    const separator = py.text(by);
    py.spend(searchWork(self, separator) >> comparedAtOnce);
    return partition(self, separator, last);
  },
];

const affix = (where: 'start' | 'end'): Methods<string>[string] => [
  ['part', 'start?', 'end?', '/'],
  (self, [part, from, to], py) => hasAffix(windowOf(self, from, to, py), part, where, py),
];

const justified = (side: 'left' | 'right' | 'center'): Methods<string>[string] => [
  ['width', 'fill?', '/'],
  (self, [width, fill], py) => justify(self, py.index(width), givenText(fill, py) ?? ' ', side),
];

const stripped = (side: 'left' | 'right' | 'both'): Methods<string>[string] => [
  ['chars?', '/'],
  (self, [characters], py) => strip(self, optionalText(characters, py), side),
];

const splitting = (fromRight: boolean): Methods<string>[string] => [
  ['sep?', 'maxsplit?'],
  (self, [by, limit], py) => {
    const separator = optionalText(by, py, 'str or None');
    py.spend(searchWork(self, separator ?? '') >> comparedAtOnce);
    return pieces(split(self, separator, givenIndex(limit, -1, py), fromRight), py);
  },
];

/** A list that was made of a text, which may have as many items as that has characters. */
function pieces(parts: string[], py: Python): string[] {
  checkItems(parts.length);
  py.spend(parts.length * costs.item);
  return parts;
}

/** str's methods. */
export const stringMethods: Methods<string> = {
  capitalize: [[], capitalize],
  casefold: [[], caseFold],
  center: justified('center'),
  count: searching(count),
  encode: [
    ['encoding?', 'errors?'],
    (self, [encoding, errors], py) =>
      new PyBytes(encodeText(self, givenText(encoding, py), givenText(errors, py))),
  ],
  endswith: affix('end'),
  expandtabs: [['tabsize?'], (self, [size], py) => expandTabs(self, givenIndex(size, 8, py), py)],
  find: searching((window, part) => find(window, part, 'first')),
  format: [
    ['*args', '**fields'],
    (self, [args, fields], py) => formatText(self, restOf(args), keywordsOf(fields), py),
  ],
  format_map: [['mapping', '/'], (self, [mapping], py) => formatMap(self, mapping, py)],
  index: searching((window, part) => index(window, part, 'first')),
  isalnum: [[], whole(/^[\p{L}\p{Nd}\p{N}]+$/u)],
  isalpha: [[], whole(/^\p{L}+$/u)],
  isascii: [[], (self) => !/[\u0080-\uffff]/.test(self)],
  isdecimal: [[], whole(/^\p{Nd}+$/u)],
  isdigit: [[], whole(/^[\p{Nd}²³¹⁰⁴-⁹₀-₉①-⑨⑴-⑼⒈-⒐⓪⓵-⓽⓿❶-❾➀-➈➊-➒]+$/u)],
  isidentifier: [[], whole(/^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}_]*$/u)],
  islower: [[], isLower],
  isnumeric: [[], whole(/^\p{N}+$/u)],
  isprintable: [[], (self) => !/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u.test(self)],
  isspace: [[], (self) => self !== '' && codePoints(self).every(isSpace)],
  istitle: [[], isTitle],
  isupper: [[], isUpper],
  join: [['items', '/'], (self, [items], py) => joinText(self, items, py)],
  ljust: justified('left'),
  lower: [[], (self) => self.toLowerCase()],
  lstrip: stripped('left'),
  maketrans: [['x', 'y?', 'z?', '/'], (_self, args, py) => makeTranslation(args, py)],
  partition: parting(false),
  removeprefix: [
    ['prefix', '/'],
    (self, [prefix], py) => {
      const start = py.text(prefix);
      return self.startsWith(start) ? self.slice(start.length) : self;
    },
  ],
  removesuffix: [
    ['suffix', '/'],
    (self, [suffix], py) => {
      const end = py.text(suffix);
      return self.endsWith(end) ? self.slice(0, self.length - end.length) : self;
    },
  ],
  replace: [
    ['old', 'new', 'count?', '/'],
    (self, [from, to, limit], py) =>
      replaceText(self, py.text(from), py.text(to), givenIndex(limit, -1, py), py),
  ],
  rfind: searching((window, part) => find(window, part, 'last')),
  rindex: searching((window, part) => index(window, part, 'last')),
  rjust: justified('right'),
  rpartition: parting(true),
  rsplit: splitting(true),
  rstrip: stripped('right'),
  split: splitting(false),
  splitlines: [
    ['keepends?'],
    (self, [keep], py) => pieces(splitLines(self, keep === true || keep === 1), py),
  ],
  startswith: affix('start'),
  strip: stripped('both'),
  swapcase: [[], swapCase],
  title: [[], titleCase],
  translate: [['table', '/'], (self, [table], py) => translate(self, table, py)],
  upper: [[], (self) => self.toUpperCase()],
  zfill: [['width', '/'], (self, [width], py) => fillWithZeros(self, py.index(width))],
};
