import type { Filter } from './environment.ts';
import { bind } from './python-call.ts';

/** Makes a filter of a function of the filtered value and the parameters, which are written as for `bind`. */
export function filterOf(
  name: string,
  body: (value: unknown, ...args: unknown[]) => unknown,
  ...parameters: readonly string[]
): Filter {
  const all = ['value', ...parameters];
  return (args, keywords) => body(...(bind(name, all, args, keywords) as [unknown, ...unknown[]]));
}
