import { bind } from './python-call.ts';
import { PyFunction } from './python-types.ts';

/** A method of a date, time or duration; parameters are written as for `bind`. */
export function builtinMethod(
  name: string,
  parameters: readonly string[],
  body: (...args: unknown[]) => unknown,
): PyFunction {
  return new PyFunction(
    name,
    (args, keywords) => body(...bind(name, parameters, args, keywords)),
    `<built-in method ${name} of datetime.datetime object>`,
  );
}
