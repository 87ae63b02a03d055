import { PythonError } from '../../time/python-error.ts';
import { keywordsOf, restOf } from '../methods/method-parts.ts';
import { PyIterator } from '../values/iterator.ts';
import type { Keywords, Python } from '../values/python.ts';
import type { Builtin, Builtins } from './builtin.ts';
import { itemGetter } from './item-getter.ts';

/** A filter whose arguments are those of another filter or of a test. */
function selecting(
  run: (value: unknown, args: readonly unknown[], keywords: Keywords, py: Python) => Iterable<unknown>,
): Builtin {
  return {
    parameters: ['value', '*args', '**keywords'],
    run: ([value, args, keywords], py) => new PyIterator(run(value, restOf(args), keywordsOf(keywords), py)),
    readsEnvironment: true,
  };
}

function map(value: unknown, args: readonly unknown[], keywords: Keywords, py: Python): Iterable<unknown> {
  const [name, ...rest] = args;
  if (args.length === 0 && Object.hasOwn(keywords, 'attribute')) {
    const unknown = Object.keys(keywords).find((key) => key !== 'attribute' && key !== 'default');
    if (unknown !== undefined)
      throw new PythonError(`Unexpected keyword argument '${unknown}'`, 'FilterArgumentError');
    return mapped(value, itemGetter(keywords.attribute, py, { fallback: keywords.default }), py);
  }
  if (args.length === 0) throw new PythonError('map requires a filter argument', 'FilterArgumentError');
  return mapped(value, (item) => py.environment.filter(py.str(name), [item, ...rest], keywords, py), py);
}

function* mapped(value: unknown, apply: (item: unknown) => unknown, py: Python): Generator<unknown> {
  if (!py.truth(value)) return;
  for (const item of py.iterate(value)) {
    py.spend(1);
    yield apply(item);
  }
}

interface Selection {
  /** Whether the items that pass the test are kept, or those that fail it. */
  readonly keeps: 'passing' | 'failing';
  /** Test an attribute of each item instead of the item. */
  readonly byAttribute: boolean;
}

function selection({ keeps, byAttribute }: Selection): Builtin {
  const wanted = keeps === 'passing';
  return selecting((value, args, keywords, py) => {
    if (byAttribute && args.length === 0)
      throw new PythonError('Missing parameter for attribute name', 'FilterArgumentError');
    const get = byAttribute ? itemGetter(args[0], py) : (item: unknown) => item;
    const [name, ...rest] = byAttribute ? args.slice(1) : args;
    const holds =
      name === undefined
        ? (item: unknown) => py.truth(item)
        : (item: unknown) => py.environment.test(py.str(name), [item, ...rest], keywords, py);
    return selected(value, (item) => holds(get(item)) === wanted, py);
  });
}

function* selected(value: unknown, holds: (item: unknown) => boolean, py: Python): Generator<unknown> {
  if (!py.truth(value)) return;
  for (const item of py.iterate(value)) {
    py.spend(1);
    if (holds(item)) yield item;
  }
}

/** Filters that apply another filter or a test to every item. */
export const selectFilters: Builtins = {
  map: selecting(map),
  reject: selection({ keeps: 'failing', byAttribute: false }),
  rejectattr: selection({ keeps: 'failing', byAttribute: true }),
  select: selection({ keeps: 'passing', byAttribute: false }),
  selectattr: selection({ keeps: 'passing', byAttribute: true }),
};
