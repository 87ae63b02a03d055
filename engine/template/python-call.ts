import { PyArithmeticError, PyTypeError } from '../time/python-error.ts';
import { dictEntries, isDict } from './python-dict.ts';
import { PyMapping } from './python-mappings.ts';
import { typeName } from './python-type-name.ts';
import { isInt, type Keywords, PyFunction, PyObject, Undefined } from './python-types.ts';

/**
 * Assigns arguments to parameters: `a` is required, `b?` optional, `/` ends the positional-only ones, `*rest` takes the
 * remaining ones (as an array), `*` ends the positional ones. What was not given is JavaScript's undefined.
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

/** Calls what a template calls; throws TypeError for what is not callable. */
export function callValue(target: unknown, args: readonly unknown[], keywords: Keywords): unknown {
  if (target instanceof PyFunction) return target.call(args, keywords);
  if (target instanceof PyObject && target.call !== undefined) return target.call(args, keywords);
  if (target instanceof Undefined) return target.fail();
  throw new PyTypeError(`'${typeName(target)}' object is not callable`);
}

/** An index or count: a bool is one, a float is not. */
export function indexOf(value: unknown): number {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'bigint' && BigInt.asIntN(64, value) !== value)
    throw new PyArithmeticError('Python int too large to convert to C ssize_t', 'OverflowError');
  if (isInt(value)) return Number(value);
  throw new PyTypeError(`'${typeName(value)}' object cannot be interpreted as an integer`);
}

export function keywordsOf(value: unknown): Keywords {
  if (value instanceof Undefined) return value.fail();
  if (!isDict(value) && !(value instanceof PyMapping)) {
    throw new PyTypeError(`argument after ** must be a mapping, not ${typeName(value)}`);
  }
  const entries = value instanceof PyMapping ? value.entries() : dictEntries(value);
  if (entries.some(([key]) => typeof key !== 'string')) throw new PyTypeError('keywords must be strings');
  return Object.fromEntries(entries.map(([key, item]) => [String(key), item]));
}
