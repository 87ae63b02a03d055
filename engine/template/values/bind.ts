import { PyTypeError } from '../../time/python-error.ts';
import type { Keywords } from './python.ts';

/**
 * Assigns arguments to parameters: `a` is required, `b?` optional, `/` ends the positional-only ones, `*rest` takes the
 * remaining ones (as an array), `*` ends the positional ones, `**more` takes the remaining keywords. What was not given
 * is JavaScript's undefined.
 */
export function bind(
  name: string,
  parameters: readonly string[],
  args: readonly unknown[],
  keywords: Keywords,
): unknown[] {
  const out: unknown[] = [];
  const given = new Set<string>();
  const lastPositionalOnly = parameters.indexOf('/');
  let position = 0;
  let keywordOnly = false;
  parameters.forEach((parameter, index) => {
    if (parameter === '/') return;
    if (parameter.startsWith('**')) {
      const more = Object.entries(keywords).filter(([key]) => !given.has(key));
      for (const [key] of more) given.add(key);
      out.push(Object.fromEntries(more));
      return;
    }
    if (parameter === '*') {
      keywordOnly = true;
      return;
    }
    if (parameter.startsWith('*')) {
      out.push(args.slice(position));
      position = args.length;
      keywordOnly = true;
      return;
    }
    const optional = parameter.endsWith('?');
    const key = optional ? parameter.slice(0, -1) : parameter;
    const byKeyword = index > lastPositionalOnly && Object.hasOwn(keywords, key);
    if (byKeyword) given.add(key);
    if (!keywordOnly && position < args.length) {
      if (byKeyword) throw new PyTypeError(`${name}() got multiple values for argument '${key}'`);
      out.push(args[position]);
      position += 1;
    } else if (byKeyword) out.push(keywords[key]);
    else if (optional) out.push(undefined);
    else throw new PyTypeError(`${name}() missing 1 required positional argument: '${key}'`);
  });
  if (position < args.length) {
    throw new PyTypeError(`${name}() takes ${position} positional arguments but ${args.length} were given`);
  }
  const unknown = Object.keys(keywords).find((key) => !given.has(key));
  if (unknown !== undefined) {
    throw new PyTypeError(`${name}() got an unexpected keyword argument '${unknown}'`);
  }
  return out;
}
