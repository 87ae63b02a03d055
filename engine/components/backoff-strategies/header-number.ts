import type { Outcome } from '../../contract/families.ts';
import type { Scope } from '../../contract/scope.ts';
import { manifestRegex } from '../../http/request/manifest-regex.ts';
import { pythonText } from '../../http/request/request-text.ts';
import type { Deferred, Evaluate } from '../../language/fields.ts';
import { parsePythonFloat } from '../../util/python/python-number.ts';

/** Reads a number from a response header: the part at its beginning that the regex matches, or all of it. */
export function headerNumber(
  header: Deferred<Evaluate>,
  regex: Deferred<Evaluate> | undefined,
  scope: Scope,
): (outcome: Outcome) => number | undefined {
  const name = header(scope);
  const pattern = regex?.(scope);
  return (outcome) => {
    if (!('response' in outcome)) return undefined;
    const value = outcome.response.headers.get(pythonText(name()));
    if (!value) return undefined;
    const text = pattern === undefined ? undefined : pythonText(pattern());
    const matched = text ? manifestRegex(text, 'y').exec(value)?.[0] : undefined;
    const number = parsePythonFloat(matched ?? value);
    // It is not possible to wait for infinity or NaN.
    return Number.isFinite(number) ? number : undefined;
  };
}
