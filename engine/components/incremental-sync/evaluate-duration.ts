import type { Evaluate } from '../../language/fields.ts';
import { pyStr, pyTruth } from '../../template/python-values.ts';
import { type PyDuration, parseDuration } from '../../time/duration.ts';
import { PyTypeError } from '../../time/python-error.ts';
import { PyTimedelta } from '../../time/timedelta.ts';

type Duration = PyTimedelta | PyDuration;

/** Undefined when there is no template, or it gives nothing. Throws when its value is not an ISO 8601 duration. */
export function evaluateDuration(evaluate: Evaluate | undefined): Duration | undefined {
  if (evaluate === undefined) return undefined;
  const value = evaluate();
  if (!pyTruth(value)) return undefined;
  if (typeof value !== 'string') throw new PyTypeError(`Expecting a string ${pyStr(value)}`);
  return parseDuration(value);
}

export function fixedDuration(text: string | undefined): Duration | undefined {
  return text === undefined || text === '' ? undefined : parseDuration(text);
}

/** A duration of zero counts as none. */
export function isSomeDuration(duration: Duration | undefined): Duration | undefined {
  return duration instanceof PyTimedelta && duration.microseconds === 0n ? undefined : duration;
}
