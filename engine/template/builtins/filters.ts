import { TemplateRuntimeError } from '../syntax/template-error.ts';
import { bind } from '../values/bind.ts';
import { costs } from '../values/budget.ts';
import type { Keywords, Python } from '../values/python.ts';
import type { Builtins } from './builtin.ts';
import { manifestFilters } from './manifest-filters.ts';
import { orderFilters } from './order-filters.ts';
import { selectFilters } from './select-filters.ts';
import { sequenceFilters } from './sequence-filters.ts';
import { textFilters } from './text-filters.ts';
import { valueFilters } from './value-filters.ts';

/** Jinja's filters and those of the manifest language, by name. */
export const filters: Builtins = {
  ...valueFilters,
  ...orderFilters,
  ...sequenceFilters,
  ...selectFilters,
  ...textFilters,
  ...manifestFilters,
};

export function hasFilter(name: string): boolean {
  return Object.hasOwn(filters, name);
}

/** `args` start with the value that is filtered. */
export function runFilter(name: string, args: readonly unknown[], keywords: Keywords, py: Python): unknown {
  const filter = hasFilter(name) ? filters[name] : undefined;
  if (filter === undefined) throw new TemplateRuntimeError(`No filter named '${name}'.`);
  py.spend(costs.call);
  py.spendOn(args);
  const made = filter.run(bind(name, filter.parameters, args, keywords), py);
  py.spendOn([made]);
  return made;
}
