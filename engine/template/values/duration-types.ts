import { PyDate, PyDateTime } from '../../time/datetime.ts';
import {
  addDuration,
  addDurations,
  multiplyDuration,
  negateDuration,
  PyDuration,
  shiftDate,
} from '../../time/duration.ts';
import { PyArithmeticError, PyValueError } from '../../time/python-error.ts';
import { divideHalfEven, floorDivide, floorModulo, PyTimedelta } from '../../time/timedelta.ts';
import { exactRatio } from './exact-ratio.ts';
import { compareNumbers, float, int, isWhole, numberOf } from './number.ts';
import { trueDivision } from './number-operators.ts';
import type { BinaryOperator, PyType } from './python.ts';

export function isDuration(value: unknown): value is PyTimedelta | PyDuration {
  return value instanceof PyTimedelta || value instanceof PyDuration;
}

const monthsOf = (value: PyTimedelta | PyDuration) =>
  value instanceof PyDuration ? value.years * 12 + value.months : 0;
const restOf = (value: PyTimedelta | PyDuration) => (value instanceof PyDuration ? value.rest : value);

function equals(a: PyTimedelta | PyDuration, b: unknown): boolean {
  return isDuration(b) && monthsOf(a) === monthsOf(b) && restOf(a).microseconds === restOf(b).microseconds;
}

function nonZero(divisor: bigint, message: string): bigint {
  if (divisor === 0n) throw new PyArithmeticError(message, 'ZeroDivisionError');
  return divisor;
}

function scale({ microseconds }: PyTimedelta, factor: unknown): PyTimedelta | undefined {
  const number = numberOf(factor);
  if (number === undefined) return undefined;
  if (isWhole(factor)) return new PyTimedelta(microseconds * BigInt(number));
  const [numerator, denominator] = exactRatio(Number(number));
  return new PyTimedelta(divideHalfEven(microseconds * numerator, denominator));
}

function divide({ microseconds }: PyTimedelta, by: unknown): unknown {
  if (by instanceof PyTimedelta)
    return float(trueDivision(microseconds, nonZero(by.microseconds, 'division by zero')));
  const number = numberOf(by);
  if (number === undefined) return undefined;
  if (number === 0 || number === 0n) throw new PyArithmeticError('division by zero', 'ZeroDivisionError');
  const [numerator, denominator] = isWhole(by) ? [BigInt(number), 1n] : exactRatio(Number(number));
  return new PyTimedelta(divideHalfEven(microseconds * denominator, numerator));
}

const byZero = 'integer division or modulo by zero';

function floorQuotient({ microseconds }: PyTimedelta, by: unknown): unknown {
  if (by instanceof PyTimedelta) return int(floorDivide(microseconds, nonZero(by.microseconds, byZero)));
  if (!isWhole(by)) return undefined;
  return new PyTimedelta(floorDivide(microseconds, nonZero(BigInt(by), byZero)));
}

function timedeltaBinary(operator: BinaryOperator, self: PyTimedelta, other: unknown): unknown {
  switch (operator) {
    case '+':
      if (other instanceof PyTimedelta) return new PyTimedelta(self.microseconds + other.microseconds);
      return other instanceof PyDate || other instanceof PyDateTime ? addTo(other, self) : undefined;
    case '-':
      if (other instanceof PyTimedelta) return new PyTimedelta(self.microseconds - other.microseconds);
      return other instanceof PyDuration ? addDurations(negateDuration(other), self, 1) : undefined;
    case '*':
      return scale(self, other);
    case '/':
      return divide(self, other);
    case '//':
      return floorQuotient(self, other);
    case '%':
      if (!(other instanceof PyTimedelta)) return undefined;
      return new PyTimedelta(floorModulo(self.microseconds, nonZero(other.microseconds, byZero)));
    default:
      return undefined;
  }
}

function addTo(moment: PyDate | PyDateTime, duration: PyTimedelta | PyDuration): PyDate | PyDateTime {
  return moment instanceof PyDate ? shiftDate(moment, duration, 1) : addDuration(moment, duration);
}

export const timedeltaType: PyType<PyTimedelta> = {
  name: 'datetime.timedelta',
  truth: (self) => self.microseconds !== 0n,
  hash: (self) => `i${self.microseconds}`,
  equals,
  compare: (operator, self, other) =>
    other instanceof PyTimedelta
      ? compareNumbers(operator, self.microseconds, other.microseconds)
      : undefined,
  str: (self) => self.toString(),
  repr: (self) => self.repr(),
  attribute: timedeltaAttribute,
  binary: timedeltaBinary,
  reflected: (operator, self, other) => (operator === '*' ? scale(self, other) : undefined),
  signed: (sign, self) => (sign === '-' ? new PyTimedelta(-self.microseconds) : self),
};

function timedeltaAttribute(self: PyTimedelta, name: string): unknown {
  switch (name) {
    case 'days':
      return self.days;
    case 'seconds':
      return self.secondsOfDay;
    case 'microseconds':
      return self.microsecondsOfSecond;
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

/** isodate looks at the months of a Duration before it looks at what to add it to. */
function needWholeMonths({ years, months }: PyDuration): void {
  if (!(Number.isInteger(years) && Number.isInteger(months)))
    throw new PyValueError('fractional years or months not supported for date calculations');
}

export const durationType: PyType<PyDuration> = {
  name: 'Duration',
  hash: (self) => `p${monthsOf(self)}/${self.rest.microseconds}`,
  equals,
  str: (self) => self.toString(),
  repr: (self) => self.repr(),
  attribute(self, name) {
    switch (name) {
      case 'years':
      case 'months':
        return self[name];
      case 'tdelta':
        return self.rest;
      default:
        return timedeltaAttribute(self.rest, name);
    }
  },
  binary(operator, self, other) {
    switch (operator) {
      case '+':
        if (other instanceof PyDuration) return addDurations(self, other, 1);
        needWholeMonths(self);
        if (other instanceof PyTimedelta) return addDurations(self, other, 1);
        return other instanceof PyDate || other instanceof PyDateTime ? addTo(other, self) : undefined;
      case '-':
        return isDuration(other) ? addDurations(self, other, -1) : undefined;
      case '*':
        return isWhole(other) ? multiplyDuration(self, Number(other)) : undefined;
      default:
        return undefined;
    }
  },
  reflected(operator, self, other) {
    if (operator === '*') return isWhole(other) ? multiplyDuration(self, Number(other)) : undefined;
    if (operator === '+' || operator === '-') needWholeMonths(self);
    return operator === '+' && other instanceof PyTimedelta ? addDurations(self, other, 1) : undefined;
  },
  signed: (sign, self) => (sign === '-' ? negateDuration(self) : undefined),
};
