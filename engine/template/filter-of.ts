import type { Filter } from './environment.ts';
import { bind } from './python-call.ts';

/** A filter out of a function of the filtered value and the parameters, which are written as `bind` wants them. */
export function filterOf(
  name: string,
  body: (value: unknown, ...args: unknown[]) => unknown,
  ...parameters: readonly string[]
): Filter {
  const all = ['value', ...parameters];
  return (args, keywords) => body(...(bind(name, all, args, keywords) as [unknown, ...unknown[]]));
}
