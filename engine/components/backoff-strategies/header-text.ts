import type { Outcome } from '../../contract/families.ts';
import type { Scope } from '../../contract/scope.ts';
import { manifestRegex } from '../../http/request/manifest-regex.ts';
import { pythonText } from '../../http/request/request-text.ts';
import { quotable } from '../../http/send/describe-exchange.ts';
import type { Deferred, Evaluate } from '../../language/fields.ts';

/**
 * Reads what a response header says about a time: the part at its beginning that the regex matches, or all of it.
 * `read` is undefined for what means nothing; that is said once.
 */
export function headerTime(
  header: Deferred<Evaluate>,
  regex: Deferred<Evaluate> | undefined,
  scope: Scope,
  read: (text: string) => number | undefined,
): (outcome: Outcome) => number | undefined {
  const name = header(scope);
  const pattern = regex?.(scope);
  let isTold = false;
  return (outcome) => {
    if (!('response' in outcome)) return undefined;
    const named = pythonText(name());
    const value = outcome.response.headers.get(named);
    if (!value) return undefined;
    const text = pattern === undefined ? undefined : pythonText(pattern());
    const matched = text ? manifestRegex(text, 'match').exec(value)?.[0] : undefined;
    const time = read(matched ?? value);
    if (time === undefined && !isTold) {
      isTold = true;
      scope.sync.log(
        'WARN',
        `The header "${named}" says "${quotable(value)}", which is neither a number nor a date; the next backoff strategy decides how long to wait.`,
      );
    }
    return time;
  };
}
