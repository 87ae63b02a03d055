import { PyTypeError, PythonError } from '../../time/python-error.ts';
import { sortValues } from '../methods/sort.ts';
import { PyIterator } from '../values/iterator.ts';
import type { Ordering, Python } from '../values/python.ts';
import { PySet } from '../values/set.ts';
import { codePoints, textOf } from '../values/text.ts';
import { PyGroup, PyTuple } from '../values/tuple.ts';
import { Undefined } from '../values/undefined.ts';
import { type Builtins, builtin } from './builtin.ts';
import { entriesOfMapping } from './entries-of-mapping.ts';
import { itemGetter } from './item-getter.ts';

type Args = readonly unknown[];

const ignoreCase = (value: unknown) => textOf(value)?.toLowerCase() ?? value;
const asItIs = (value: unknown) => value;

/** Unless a filter is told to mind the case, it compares texts in lower case. */
const comparable = (caseSensitive: unknown, py: Python) => (py.truth(caseSensitive) ? asItIs : ignoreCase);

function sort([value, reverse = false, caseSensitive, attribute]: Args, py: Python): unknown[] {
  const after = comparable(caseSensitive, py);
  const paths = attribute === undefined || attribute === null ? [undefined] : py.str(attribute).split(',');
  const getters = paths.map((path) => itemGetter(path, py, { after }));
  // Keys are lists, as Jinja's are: undefined attributes are then equal and never compared.
  const key = (item: unknown) => getters.map((get) => get(item));
  return sortValues([...py.iterate(value)], key, py.index(reverse) !== 0, py);
}

function* unique([value, caseSensitive, attribute]: Args, py: Python): Generator<unknown> {
  const get = itemGetter(attribute, py, { after: comparable(caseSensitive, py) });
  const seen = new Set<string>();
  for (const item of py.iterate(value)) {
    const hash = py.hash(get(item));
    if (seen.has(hash)) continue;
    seen.add(hash);
    yield item;
  }
}

const extreme =
  (operator: Ordering) =>
  ([value, caseSensitive, attribute]: Args, py: Python): unknown => {
    const get = itemGetter(attribute, py, { after: comparable(caseSensitive, py) });
    let best: { readonly item: unknown; readonly key: unknown } | undefined;
    for (const item of py.iterate(value)) {
      const key = get(item);
      if (best === undefined || py.compare(operator, key, best.key)) best = { item, key };
    }
    return best === undefined ? new Undefined('No aggregated item, sequence was empty.') : best.item;
  };

function dictSort([value, caseSensitive, by = 'key', reverse = false]: Args, py: Python): unknown {
  if (by !== 'key' && by !== 'value')
    throw new PythonError('You can only sort by either "key" or "value"', 'FilterArgumentError');
  const position = by === 'key' ? 0 : 1;
  const after = comparable(caseSensitive, py);
  const key = (entry: readonly [unknown, unknown]) => after(entry[position]);
  return sortValues(entriesOfMapping(value, py), key, py.truth(reverse), py).map(
    (entry) => new PyTuple([...entry]),
  );
}

function groupBy([value, attribute, fallback, caseSensitive = false]: Args, py: Python): unknown {
  const get = itemGetter(attribute, py, { fallback });
  const after = comparable(caseSensitive, py);
  const key = (item: unknown) => after(get(item));
  const groups: { readonly key: unknown; readonly items: unknown[] }[] = [];
  for (const item of sortValues([...py.iterate(value)], key, false, py)) {
    const of = key(item);
    const group = groups.at(-1);
    if (group !== undefined && py.equals(group.key, of)) group.items.push(item);
    else groups.push({ key: of, items: [item] });
  }
  return groups.map(
    (group) => new PyGroup(py.truth(caseSensitive) ? group.key : get(group.items[0]), group.items),
  );
}

/** reversed(): not for generators, and not for sets. */
function reversed(value: unknown, py: Python): unknown[] {
  if (value instanceof PyIterator || value instanceof PySet)
    throw new PyTypeError(`'${py.typeName(value)}' object is not reversible`);
  return [...py.iterate(value)].reverse();
}

function reverse([value]: Args, py: Python): unknown {
  const text = textOf(value);
  if (text !== undefined) return [...codePoints(text)].reverse().join('');
  if (!py.isIterable(value)) throw new PythonError('argument must be iterable', 'FilterArgumentError');
  if (value instanceof PyIterator || value instanceof PySet) return [...py.iterate(value)].reverse();
  return new PyIterator(reversed(value, py), 'list_reverseiterator');
}

function last([value]: Args, py: Python): unknown {
  const items = reversed(value, py);
  return items.length > 0 ? items[0] : new Undefined('No last item, sequence was empty.');
}

function first([value]: Args, py: Python): unknown {
  for (const item of py.iterate(value)) return item;
  return new Undefined('No first item, sequence was empty.');
}

/** Filters that have to do with the order of items. */
export const orderFilters: Builtins = {
  dictsort: builtin(['case_sensitive?', 'by?', 'reverse?'], dictSort),
  first: builtin([], first),
  groupby: builtin(['attribute', 'default?', 'case_sensitive?'], groupBy),
  last: builtin([], last),
  max: builtin(['case_sensitive?', 'attribute?'], extreme('>')),
  min: builtin(['case_sensitive?', 'attribute?'], extreme('<')),
  reverse: builtin([], reverse),
  sort: builtin(['reverse?', 'case_sensitive?', 'attribute?'], sort),
  unique: builtin(['case_sensitive?', 'attribute?'], (args, py) => new PyIterator(unique(args, py))),
};
