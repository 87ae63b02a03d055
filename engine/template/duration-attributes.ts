import type { PyDuration } from '../time/duration.ts';
import { PyValueError } from '../time/python-error.ts';
import { PyTimedelta } from '../time/timedelta.ts';
import { builtinMethod as method } from './builtin-method.ts';
import { binary } from './operators.ts';
import { float } from './python-types.ts';

export function timedeltaAttributes(value: PyTimedelta, name: string): unknown {
  switch (name) {
    case 'days':
      return value.days;
    case 'seconds':
      return value.secondsOfDay;
    case 'microseconds':
      return value.microsecondsOfSecond;
    case 'total_seconds':
      return method(name, [], () => float(value.totalSeconds()));
    case 'resolution':
      return new PyTimedelta(1n);
    case 'min':
      return new PyTimedelta(-999_999_999n * 86_400_000_000n);
    case 'max':
      return new PyTimedelta(999_999_999n * 86_400_000_000n + 86_399_999_999n);
    default:
      return undefined;
  }
}

/** How long a Duration is from a day on, or up to one. */
function lengthFrom(value: PyDuration, start: unknown, end: unknown): unknown {
  const hasStart = start !== undefined && start !== null;
  const hasEnd = end !== undefined && end !== null;
  if (hasStart === hasEnd)
    throw new PyValueError(hasStart ? 'only start or end allowed' : 'start or end required');
  return hasStart ? binary('-', binary('+', start, value), start) : binary('-', end, binary('-', end, value));
}

export function durationAttributes(value: PyDuration, name: string): unknown {
  switch (name) {
    case 'years':
      return value.years;
    case 'months':
      return value.months;
    case 'tdelta':
      return value.rest;
    case 'totimedelta':
      return method(name, ['start?', 'end?'], (start, end) => lengthFrom(value, start, end));
    default:
      return timedeltaAttributes(value.rest, name);
  }
}
