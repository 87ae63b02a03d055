import type { PyDuration } from '../../time/duration.ts';
import { PyValueError } from '../../time/python-error.ts';
import type { PyTimedelta } from '../../time/timedelta.ts';
import { float } from '../values/number.ts';
import type { Methods, Python } from '../values/python.ts';

export const timedeltaMethods: Methods<PyTimedelta> = {
  total_seconds: [[], (self) => float(self.totalSeconds())],
};

/** How long a Duration is from a day on, or up to one. */
function lengthFrom(self: PyDuration, [start = null, end = null]: readonly unknown[], py: Python): unknown {
  if ((start === null) === (end === null))
    throw new PyValueError(start === null ? 'start or end required' : 'only start or end allowed');
  return end === null
    ? py.binary('-', py.binary('+', start, self), start)
    : py.binary('-', end, py.binary('-', end, self));
}

export const durationMethods: Methods<PyDuration> = {
  total_seconds: [[], (self) => float(self.rest.totalSeconds())],
  totimedelta: [['start?', 'end?'], lengthFrom],
};
