import { PythonError } from '../time/python-error.ts';
import type { Environment, Filter } from './environment.ts';
import { itemGetter } from './item-getter.ts';
import { iterate, pyTruth } from './python-logic.ts';
import { pyStr } from './python-text.ts';
import { type Keywords, PyIterator } from './python-types.ts';

function map(args: readonly unknown[], keywords: Keywords, environment: Environment): unknown {
  const [value, name, ...rest] = args;
  let apply: (item: unknown) => unknown;
  if (args.length === 1 && Object.hasOwn(keywords, 'attribute')) {
    const unknown = Object.keys(keywords).find((key) => key !== 'attribute' && key !== 'default');
    if (unknown !== undefined)
      throw new PythonError(`Unexpected keyword argument '${unknown}'`, 'FilterArgumentError');
    apply = itemGetter(keywords.attribute, undefined, keywords.default);
  } else {
    if (args.length < 2) throw new PythonError('map requires a filter argument', 'FilterArgumentError');
    apply = (item) => environment.filter(pyStr(name), [item, ...rest], keywords);
  }
  return new PyIterator(mapped(value, apply));
}

function* mapped(value: unknown, apply: (item: unknown) => unknown): Generator<unknown> {
  if (pyTruth(value)) for (const item of iterate(value)) yield apply(item);
}

interface Selection {
  /** Whether the items that pass the test are kept, or those that fail it. */
  readonly keeps: 'passing' | 'failing';
  /** Test an attribute of each item instead of the item. */
  readonly byAttribute: boolean;
}

function selection({ keeps, byAttribute }: Selection): Filter {
  const wanted = keeps === 'passing';
  return (args, keywords, environment) => {
    const [value, ...given] = args;
    if (byAttribute && given.length === 0)
      throw new PythonError('Missing parameter for attribute name', 'FilterArgumentError');
    const get = byAttribute ? itemGetter(given[0]) : (item: unknown) => item;
    const [name, ...rest] = byAttribute ? given.slice(1) : given;
    const holds =
      name === undefined
        ? pyTruth
        : (item: unknown) => environment.test(pyStr(name), [item, ...rest], keywords);
    return new PyIterator(selected(value, (item) => holds(get(item)) === wanted));
  };
}

function* selected(value: unknown, holds: (item: unknown) => boolean): Generator<unknown> {
  if (pyTruth(value)) for (const item of iterate(value)) if (holds(item)) yield item;
}

/** Filters that apply another filter or a test to every item. */
export const selectFilters: Readonly<Record<string, Filter>> = {
  map,
  reject: selection({ keeps: 'failing', byAttribute: false }),
  rejectattr: selection({ keeps: 'failing', byAttribute: true }),
  select: selection({ keeps: 'passing', byAttribute: false }),
  selectattr: selection({ keeps: 'passing', byAttribute: true }),
};
