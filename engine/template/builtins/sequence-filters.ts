import { PyArithmeticError, PyTypeError, PyValueError } from '../../time/python-error.ts';
import { checkItems, costs } from '../values/budget.ts';
import { widest } from '../values/format-spec.ts';
import { PyIterator } from '../values/iterator.ts';
import { isMapping, mappingEntries } from '../values/mapping.ts';
import { numberOf } from '../values/number.ts';
import type { Python } from '../values/python.ts';
import { escapeValue } from '../values/string.ts';
import { textOf } from '../values/text.ts';
import { PyTuple } from '../values/tuple.ts';
import { Undefined } from '../values/undefined.ts';
import { type Builtins, builtin } from './builtin.ts';
import { entriesOfMapping } from './entries-of-mapping.ts';
import { itemGetter } from './item-getter.ts';

type Args = readonly unknown[];

const isGiven = (value: unknown) => value !== undefined && value !== null;

function join([value, separator = '', attribute]: Args, py: Python): unknown {
  const get = itemGetter(attribute, py);
  const by = py.str(separator);
  const parts: string[] = [];
  for (const item of py.iterate(value)) {
    const text = py.str(get(item));
    py.spend(1 + text.length + by.length);
    parts.push(text);
  }
  return parts.join(by);
}

/** list(value) */
function collected(value: unknown, py: Python): unknown[] {
  const items: unknown[] = [];
  for (const item of py.iterate(value)) {
    py.spend(costs.item);
    items.push(item);
  }
  checkItems(items.length);
  return items;
}

function sum([value, attribute, start = 0]: Args, py: Python): unknown {
  const get = itemGetter(attribute, py);
  if (textOf(start) !== undefined)
    throw new PyTypeError("sum() can't sum strings [use ''.join(seq) instead]");
  let total = start;
  for (const item of py.iterate(value)) total = py.binary('+', total, get(item));
  return total;
}

function* batch([value, sizeValue, fill]: Args, py: Python): Generator<unknown> {
  // Only compared with the length of a row, so it may be anything.
  const size = numberOf(sizeValue);
  let row: unknown[] = [];
  for (const item of py.iterate(value)) {
    if (size !== undefined && row.length === Number(size)) {
      yield row;
      row = [];
    }
    py.spend(costs.item);
    row.push(item);
  }
  if (row.length === 0) return;
  const wanted = isGiven(fill) ? py.index(sizeValue) : 0;
  if (wanted > widest) throw new PyArithmeticError('the row would grow too long', 'OverflowError');
  py.spend(Math.max(wanted - row.length, 0) * costs.item);
  while (row.length < wanted) row.push(fill);
  yield row;
}

function* slices([value, countValue, fill]: Args, py: Python): Generator<unknown> {
  const items = [...py.iterate(value)];
  const count = py.index(countValue);
  if (count === 0) throw new PyArithmeticError('integer division or modulo by zero', 'ZeroDivisionError');
  const size = Math.floor(items.length / count);
  const wide = items.length % count;
  let offset = 0;
  for (let index = 0; index < count; index++) {
    py.spend(costs.item);
    const start = offset + index * size;
    if (index < wide) offset += 1;
    const row = items.slice(start, offset + (index + 1) * size);
    if (isGiven(fill) && index >= wide) row.push(fill);
    yield row;
  }
}

function* items([value]: Args): Generator<unknown> {
  if (value instanceof Undefined) return;
  if (!isMapping(value)) throw new PyTypeError('Can only get item pairs from a mapping.');
  for (const entry of mappingEntries(value)) yield new PyTuple([...entry]);
}

function random([value]: Args, py: Python): unknown {
  const choices = [...py.iterate(value)];
  if (choices.length === 0) return new Undefined('No random item, sequence was empty.');
  return choices[Math.floor(py.environment.random() * choices.length)];
}

function xmlAttributes([value, autospace = true]: Args, py: Python): string {
  const parts: string[] = [];
  for (const [key, item] of entriesOfMapping(value, py)) {
    if (item === null || item instanceof Undefined) continue;
    if (/[\s/>=]/.test(py.text(key)))
      throw new PyValueError(`Invalid character in attribute name: '${py.str(key)}'`);
    parts.push(`${escapeValue(key, py).text}="${escapeValue(item, py).text}"`);
  }
  return `${py.truth(autospace) && parts.length > 0 ? ' ' : ''}${parts.join(' ')}`;
}

/** Filters that take and make sequences and mappings. */
export const sequenceFilters: Builtins = {
  batch: builtin(['linecount', 'fill_with?'], (args, py) => new PyIterator(batch(args, py))),
  items: builtin([], (args) => new PyIterator(items(args))),
  join: builtin(['d?', 'attribute?'], join),
  list: builtin([], ([value], py) => collected(value, py)),
  random: { ...builtin([], random), readsEnvironment: true },
  slice: builtin(['slices', 'fill_with?'], (args, py) => new PyIterator(slices(args, py))),
  sum: builtin(['attribute?', 'start?'], sum),
  xmlattr: builtin(['autospace?'], xmlAttributes),
};
