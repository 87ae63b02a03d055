import { PyTypeError } from '../../time/python-error.ts';
import { type Keywords, noKeywords } from './python.ts';

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
  /** Keywords that are not assigned yet; most calls have none. */
  const left = keywords === noKeywords ? undefined : new Map(Object.entries(keywords));
  let position = 0;
  let takesPositions = true;
  let takesKeywords = !parameters.includes('/');
  for (const parameter of parameters) {
    if (parameter === '/') takesKeywords = true;
    else if (parameter === '*') takesPositions = false;
    else if (parameter.startsWith('**')) {
      out.push(left === undefined || left.size === 0 ? noKeywords : Object.fromEntries(left));
      left?.clear();
    } else if (parameter.startsWith('*')) {
      out.push(args.slice(position));
      position = args.length;
      takesPositions = false;
    } else {
      const isOptional = parameter.endsWith('?');
      const key = isOptional ? parameter.slice(0, -1) : parameter;
      const isNamed = takesKeywords && left?.has(key) === true;
      if (takesPositions && position < args.length) {
        if (isNamed) throw new PyTypeError(`${name}() got multiple values for argument '${key}'`);
        out.push(args[position]);
        position += 1;
      } else if (isNamed) {
        out.push(left?.get(key));
        left?.delete(key);
      } else if (isOptional) out.push(undefined);
      else throw new PyTypeError(`${name}() missing 1 required positional argument: '${key}'`);
    }
  }
  if (position < args.length) {
    throw new PyTypeError(`${name}() takes ${position} positional arguments but ${args.length} were given`);
  }
  for (const key of left?.keys() ?? []) {
    throw new PyTypeError(`${name}() got an unexpected keyword argument '${key}'`);
  }
  return out;
}
