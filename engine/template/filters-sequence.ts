import { PyArithmeticError, PyTypeError, PythonError, PyValueError } from '../time/python-error.ts';
import type { Environment, Filter } from './environment.ts';
import { filterOf } from './filter-of.ts';
import { widest } from './format-value.ts';
import { itemGetter } from './item-getter.ts';
import { escapeValue } from './markup.ts';
import { needText } from './need-text.ts';
import { binary } from './operators.ts';
import { indexOf } from './python-call.ts';
import { hashKey } from './python-hash.ts';
import { codePoints, iterate, numberOf, pyTruth } from './python-logic.ts';
import { isMapping, mappingEntries } from './python-mappings.ts';
import { pyCompare } from './python-order.ts';
import { pyStr } from './python-text.ts';
import { typeName } from './python-type-name.ts';
import { PyGroup, PyIterator, PySet, PyTuple, textOf, Undefined } from './python-types.ts';
import { sortValues } from './sort.ts';

const ignoreCase = (value: unknown) => textOf(value)?.toLowerCase() ?? value;

function listOf(value: unknown): unknown[] {
  return [...iterate(value)];
}

function sort(value: unknown, reverse: unknown, caseSensitive: unknown, attribute: unknown): unknown[] {
  const after = pyTruth(caseSensitive) ? undefined : ignoreCase;
  const parts = attribute === undefined || attribute === null ? [] : pyStr(attribute).split(',');
  const getters = parts.map((part) => itemGetter(part, after));
  // Keys are lists, as Jinja's are: undefined attributes are then equal and never compared.
  const single = itemGetter(undefined, after);
  const key =
    getters.length === 0
      ? (item: unknown) => [single(item)]
      : (item: unknown) => getters.map((get) => get(item));
  return sortValues(listOf(value), key, indexOf(reverse ?? false) !== 0);
}

function* unique(value: unknown, caseSensitive: unknown, attribute: unknown): Generator<unknown> {
  const get = itemGetter(attribute, pyTruth(caseSensitive) ? undefined : ignoreCase);
  const seen = new Set<string>();
  for (const item of iterate(value)) {
    const key = hashKey(get(item));
    if (!seen.has(key)) {
      seen.add(key);
      yield item;
    }
  }
}

function extreme(value: unknown, caseSensitive: unknown, attribute: unknown, operator: '<' | '>'): unknown {
  const get = itemGetter(attribute, pyTruth(caseSensitive) ? undefined : ignoreCase);
  let best: { item: unknown; key: unknown } | undefined;
  for (const item of iterate(value)) {
    const key = get(item);
    if (best === undefined || pyCompare(operator, key, best.key)) best = { item, key };
  }
  return best === undefined ? new Undefined('No aggregated item, sequence was empty.') : best.item;
}

function join(value: unknown, separator: unknown = '', attribute: unknown = undefined): unknown {
  const get = itemGetter(attribute);
  return listOf(value)
    .map((item) => pyStr(get(item)))
    .join(pyStr(separator));
}

function first(value: unknown): unknown {
  for (const item of iterate(value)) return item;
  return new Undefined('No first item, sequence was empty.');
}

/** reversed(): not for generators, and not for sets. */
function reversed(value: unknown): unknown[] {
  if (value instanceof PyIterator || value instanceof PySet)
    throw new PyTypeError(`'${typeName(value)}' object is not reversible`);
  return listOf(value).reverse();
}

function reverse(value: unknown): unknown {
  const text = textOf(value);
  if (text !== undefined) return [...codePoints(text)].reverse().join('');
  if (value instanceof Undefined) return new PyIterator([], 'list_reverseiterator');
  try {
    return new PyIterator(reversed(value), 'list_reverseiterator');
  } catch {
    try {
      return listOf(value).reverse();
    } catch {
      throw new PythonError('argument must be iterable', 'FilterArgumentError');
    }
  }
}

function last(value: unknown): unknown {
  const items = reversed(value);
  return items.length > 0 ? items[0] : new Undefined('No last item, sequence was empty.');
}

function sum(value: unknown, attribute: unknown, start: unknown = 0): unknown {
  const get = itemGetter(attribute);
  if (textOf(start) !== undefined)
    throw new PyTypeError("sum() can't sum strings [use ''.join(seq) instead]");
  return listOf(value).reduce((total, item) => binary('+', total, get(item)), start);
}

function* batch(value: unknown, sizeValue: unknown, fill: unknown): Generator<unknown> {
  // Only compared with the length of a row, so it may be anything.
  const size = numberOf(sizeValue);
  let row: unknown[] = [];
  for (const item of iterate(value)) {
    if (size !== undefined && row.length === Number(size)) {
      yield row;
      row = [];
    }
    row.push(item);
  }
  if (row.length === 0) return;
  const wanted = fill === undefined || fill === null ? 0 : indexOf(sizeValue);
  if (wanted > widest) throw new PyArithmeticError('the row would grow too long', 'OverflowError');
  while (row.length < wanted) row.push(fill);
  yield row;
}

function* slices(value: unknown, countValue: unknown, fill: unknown): Generator<unknown> {
  const items = listOf(value);
  const count = indexOf(countValue);
  if (count === 0) throw new PythonError('integer division or modulo by zero', 'ZeroDivisionError');
  const size = Math.floor(items.length / count);
  const wide = items.length % count;
  let offset = 0;
  for (let index = 0; index < count; index++) {
    const start = offset + index * size;
    if (index < wide) offset += 1;
    const row = items.slice(start, offset + (index + 1) * size);
    if (fill !== undefined && fill !== null && index >= wide) row.push(fill);
    yield row;
  }
}

function dictSort(
  value: unknown,
  caseSensitive: unknown,
  by: unknown = 'key',
  reverseOrder: unknown = false,
): unknown {
  if (by !== 'key' && by !== 'value')
    throw new PythonError('You can only sort by either "key" or "value"', 'FilterArgumentError');
  if (value instanceof Undefined) return value.fail();
  if (!isMapping(value))
    throw new PythonError(`'${typeName(value)}' object has no attribute 'items'`, 'AttributeError');
  const position = by === 'key' ? 0 : 1;
  const key = (entry: readonly [unknown, unknown]) =>
    pyTruth(caseSensitive) ? entry[position] : ignoreCase(entry[position]);
  return sortValues(mappingEntries(value), key, pyTruth(reverseOrder)).map(
    (entry) => new PyTuple([...entry]),
  );
}

function* items(value: unknown): Generator<unknown> {
  if (value instanceof Undefined) return;
  if (!isMapping(value)) throw new PyTypeError('Can only get item pairs from a mapping.');
  for (const entry of mappingEntries(value)) yield new PyTuple([...entry]);
}

function groupBy(
  value: unknown,
  attribute: unknown,
  fallback: unknown,
  caseSensitive: unknown = false,
): unknown {
  const get = itemGetter(attribute, undefined, fallback);
  const key = (item: unknown) => (pyTruth(caseSensitive) ? get(item) : ignoreCase(get(item)));
  const groups: { key: unknown; items: unknown[] }[] = [];
  for (const item of sortValues(listOf(value), key)) {
    const of = key(item);
    const group = groups.at(-1);
    if (group !== undefined && hashKey(new PyTuple([group.key])) === hashKey(new PyTuple([of])))
      group.items.push(item);
    else groups.push({ key: of, items: [item] });
  }
  return groups.map(
    (group) => new PyGroup(pyTruth(caseSensitive) ? group.key : get(group.items[0]), group.items),
  );
}

function random(value: unknown, { random }: Environment): unknown {
  const choices = listOf(value);
  if (choices.length === 0) return new Undefined('No random item, sequence was empty.');
  return choices[Math.floor(random() * choices.length)];
}

function xmlAttributes(value: unknown, autospace: unknown = true): string {
  if (value instanceof Undefined) return value.fail();
  if (!isMapping(value))
    throw new PythonError(`'${typeName(value)}' object has no attribute 'items'`, 'AttributeError');
  const parts: string[] = [];
  for (const [key, item] of mappingEntries(value)) {
    if (item === null || item instanceof Undefined) continue;
    if (/[\s/>=]/.test(needText(key)))
      throw new PyValueError(`Invalid character in attribute name: '${pyStr(key)}'`);
    parts.push(`${escapeValue(key).text}="${escapeValue(item).text}"`);
  }
  return `${pyTruth(autospace) && parts.length > 0 ? ' ' : ''}${parts.join(' ')}`;
}

export const sequenceFilters: Readonly<Record<string, Filter>> = {
  batch: filterOf(
    'batch',
    (value, size, fill) => new PyIterator(batch(value, size, fill)),
    'linecount',
    'fill_with?',
  ),
  dictsort: filterOf('dictsort', dictSort, 'case_sensitive?', 'by?', 'reverse?'),
  first: filterOf('first', first),
  groupby: filterOf('groupby', groupBy, 'attribute', 'default?', 'case_sensitive?'),
  items: filterOf('items', (value) => new PyIterator(items(value))),
  join: filterOf('join', join, 'd?', 'attribute?'),
  last: filterOf('last', last),
  list: filterOf('list', listOf),
  max: filterOf(
    'max',
    (value, sensitive, attribute) => extreme(value, sensitive, attribute, '>'),
    'case_sensitive?',
    'attribute?',
  ),
  min: filterOf(
    'min',
    (value, sensitive, attribute) => extreme(value, sensitive, attribute, '<'),
    'case_sensitive?',
    'attribute?',
  ),
  random: (args, keywords, environment) =>
    filterOf('random', (value) => random(value, environment))(args, keywords, environment),
  reverse: filterOf('reverse', reverse),
  slice: filterOf(
    'slice',
    (value, count, fill) => new PyIterator(slices(value, count, fill)),
    'slices',
    'fill_with?',
  ),
  sort: filterOf('sort', sort, 'reverse?', 'case_sensitive?', 'attribute?'),
  sum: filterOf('sum', sum, 'attribute?', 'start?'),
  unique: filterOf(
    'unique',
    (value, sensitive, attribute) => new PyIterator(unique(value, sensitive, attribute)),
    'case_sensitive?',
    'attribute?',
  ),
  xmlattr: filterOf('xmlattr', xmlAttributes, 'autospace?'),
};
