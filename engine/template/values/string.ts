import { PyTypeError, PyValueError } from '../../time/python-error.ts';
import { findText, searchWork } from '../../util/text/find-text.ts';
import { comparedAtOnce } from './budget.ts';
import { padded, parseSpec } from './format-spec.ts';
import { containerNames } from './hidden-names.ts';
import { holds, indexOf, isWhole } from './number.ts';
import { percentFormat } from './percent-format.ts';
import type { PyType, Python } from './python.ts';
import { PySlice, sliceItems } from './slice.ts';
import {
  addTexts,
  codePoints,
  compareText,
  PyMarkup,
  repetitions,
  stringRepr,
  textLength,
  textOf,
} from './text.ts';
import { PyTuple } from './tuple.ts';

/** text[index] and text[from:to:step]; JavaScript's undefined when out of range. */
function textItem(text: string, at: unknown, py: Python): string | undefined {
  const points = codePoints(text);
  if (at instanceof PySlice) return sliceItems(points, at).join('');
  if (typeof at === 'bigint') return undefined;
  const position = indexOf(at, () => py.typeName(at));
  return points[position < 0 ? position + points.length : position];
}

function contains(text: string, item: unknown, py: Python): boolean {
  const part = textOf(item);
  if (part !== undefined) {
    py.spend(searchWork(text, part) >> comparedAtOnce);
    return findText(text, part) >= 0;
  }
  throw new PyTypeError(`'in <string>' requires string as left operand, not ${py.typeName(item)}`);
}

function format(text: string, spec: string): string {
  const parsed = parseSpec(spec, 'str');
  if (parsed.type !== '' && parsed.type !== 's') {
    throw new PyValueError(`Unknown format code '${parsed.type}' for object of type 'str'`);
  }
  if (parsed.align === '=' && !/^0/.test(spec))
    throw new PyValueError("'=' alignment not allowed in string format specifier");
  if (parsed.grouping !== '') throw new PyValueError(`Cannot specify '${parsed.grouping}' with 's'.`);
  const cut = parsed.precision === undefined ? text : [...text].slice(0, parsed.precision).join('');
  return padded(cut, '', parsed.align === '=' ? { ...parsed, align: '<' } : parsed, '<');
}

export const stringType: PyType<string> = {
  name: 'str',
  length: textLength,
  iterate: codePoints,
  contains,
  hash: (self) => `s${self}`,
  equals: (self, other) => self === textOf(other),
  compare(operator, self, other) {
    const text = textOf(other);
    return text === undefined ? undefined : holds(operator, compareText(self, text));
  },
  str: (self) => self,
  repr: stringRepr,
  format,
  hidden: containerNames,
  item: textItem,
  binary(operator, self, other, py) {
    switch (operator) {
      case '+':
        if (typeof other === 'string') return addTexts(self, other);
        return other instanceof PyMarkup ? new PyMarkup(addTexts(escapeHtml(self), other.text)) : undefined;
      case '*':
        return isWhole(other) ? self.repeat(repetitions(self.length, other)) : undefined;
      case '%':
        return percentFormat(self, other, py);
      default:
        return undefined;
    }
  },
  reflected: (operator, self, other) =>
    operator === '*' && isWhole(other) ? self.repeat(repetitions(self.length, other)) : undefined,
  json: (self) => self,
};

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
export function escapeValue(value: unknown, py: Python): PyMarkup {
  return value instanceof PyMarkup ? value : new PyMarkup(escapeHtml(py.str(value)));
}

export const markupType: PyType<PyMarkup> = {
  name: 'Markup',
  length: (self) => textLength(self.text),
  iterate: (self) => codePoints(self.text),
  contains: (self, item, py) => contains(self.text, item, py),
  hash: (self) => `s${self.text}`,
  equals: (self, other) => self.text === textOf(other),
  compare(operator, self, other) {
    const text = textOf(other);
    return text === undefined ? undefined : holds(operator, compareText(self.text, text));
  },
  str: (self) => self.text,
  repr: (self) => `Markup(${stringRepr(self.text)})`,
  format: (self, spec) => format(self.text, spec),
  hidden: containerNames,
  item(self, key, py) {
    const text = textItem(self.text, key, py);
    return text === undefined ? undefined : new PyMarkup(text);
  },
  binary(operator, self, other, py) {
    switch (operator) {
      case '+':
        if (textOf(other) === undefined) return undefined;
        return new PyMarkup(addTexts(self.text, escapeValue(other, py).text));
      case '*':
        return repeatMarkup(self, other);
      case '%':
        return new PyMarkup(percentFormat(self.text, escapedTexts(other, py), py));
      default:
        return undefined;
    }
  },
  reflected: (operator, self, other) => (operator === '*' ? repeatMarkup(self, other) : undefined),
  json: (self) => self.text,
};

function repeatMarkup(self: PyMarkup, count: unknown): PyMarkup | undefined {
  return isWhole(count) ? new PyMarkup(self.text.repeat(repetitions(self.text.length, count))) : undefined;
}

/** Texts among the values of a format. */
function escapedTexts(values: unknown, py: Python): unknown {
  const escaped = (item: unknown) => (typeof item === 'string' ? escapeValue(item, py).text : item);
  return values instanceof PyTuple ? new PyTuple(values.items.map(escaped)) : escaped(values);
}
