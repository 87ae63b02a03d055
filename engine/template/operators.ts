import { PyDate, PyDateTime, subtractDatetimes } from '../time/datetime.ts';
import {
  addDuration,
  addDurations,
  multiplyDuration,
  negateDuration,
  PyDuration,
  shiftDate,
  subtractDuration,
} from '../time/duration.ts';
import { PyArithmeticError, PyTypeError, PyValueError } from '../time/python-error.ts';
import { divideHalfEven, floorDivide, floorModulo, PyTimedelta } from '../time/timedelta.ts';
import type { BinaryOperator } from './ast.ts';
import { exactRatio } from './exact-ratio.ts';
import { escapeValue } from './markup.ts';
import { floats, integers, toFloat, trueDivision } from './number-operators.ts';
import { percentFormat } from './percent-format.ts';
import { numberOf } from './python-logic.ts';
import { typeName } from './python-type-name.ts';
import {
  float,
  int,
  isInt,
  PyBytes,
  PyFloat,
  PyMarkup,
  PySet,
  PyTuple,
  PyView,
  textOf,
  Undefined,
} from './python-types.ts';
import { differenceOf } from './set-methods.ts';

/** What a repetition or a power may grow to. */
const longest = 10_000_000;

/** a op b by Python's rules; throws TypeError, ZeroDivisionError, OverflowError or UndefinedError. */
export function binary(operator: BinaryOperator, a: unknown, b: unknown): unknown {
  if (typeof a === 'number' && typeof b === 'number' && Number.isInteger(a) && Number.isInteger(b)) {
    const quick = operator === '+' ? a + b : operator === '-' ? a - b : operator === '*' ? a * b : Number.NaN;
    if (Number.isSafeInteger(quick)) return quick + 0;
  }
  if (typeof a === 'string' && typeof b === 'string' && operator === '+') return limited(a, b);
  if (a instanceof Undefined) {
    return a.fail();
  }
  if (b instanceof Undefined && !(operator === '%' && textOf(a) !== undefined)) return b.fail();
  const [x, y] = [numberOf(a), numberOf(b)];
  if (x !== undefined && y !== undefined) {
    return isWhole(a) && isWhole(b)
      ? integers(operator, BigInt(x), BigInt(y))
      : floats(operator, toFloat(x), toFloat(y));
  }
  const made = objects(operator, a, b);
  if (made !== undefined) return made;
  throw new PyTypeError(`unsupported operand type(s) for ${operator}: '${typeName(a)}' and '${typeName(b)}'`);
}

const isWhole = (value: unknown) => isInt(value) || typeof value === 'boolean';

function limited(a: string, b: string): string {
  if (a.length + b.length > longest)
    throw new PyArithmeticError('the text would grow too long', 'OverflowError');
  return a + b;
}

function repeat(sequence: unknown, count: unknown): unknown {
  if (!isInt(count) && typeof count !== 'boolean') return undefined;
  const times = Math.max(Number(count), 0);
  const items = Array.isArray(sequence) ? sequence : sequence instanceof PyTuple ? sequence.items : undefined;
  const text = textOf(sequence);
  const size = (items?.length ?? text?.length ?? 0) * times;
  if (size > longest) throw new PyArithmeticError('the result would grow too long', 'OverflowError');
  if (text !== undefined)
    return sequence instanceof PyMarkup ? new PyMarkup(text.repeat(times)) : text.repeat(times);
  if (items !== undefined) {
    const made = Array.from({ length: times }, () => items).flat();
    return Array.isArray(sequence) ? made : new PyTuple(made);
  }
  return sequence instanceof PyBytes
    ? new PyBytes(Buffer.concat(Array.from({ length: times }, () => sequence.bytes)))
    : undefined;
}

function objects(operator: BinaryOperator, a: unknown, b: unknown): unknown {
  switch (operator) {
    case '+':
      return add(a, b);
    case '-':
      return subtract(a, b);
    case '*':
      return multiply(a, b);
    case '%':
      if (a instanceof PyMarkup) return new PyMarkup(percentFormat(a.text, escapedArguments(b)));
      if (typeof a === 'string') return percentFormat(a, b);
      if (a instanceof PyTimedelta && b instanceof PyTimedelta)
        return new PyTimedelta(floorModulo(a.microseconds, nonZero(b)));
      return undefined;
    case '/':
      return divide(a, b);
    case '//':
      if (!(a instanceof PyTimedelta)) return undefined;
      if (b instanceof PyTimedelta) return int(floorDivide(a.microseconds, nonZero(b)));
      return isWhole(b) ? new PyTimedelta(floorDivide(a.microseconds, wholeNonZero(b))) : undefined;
    case '**':
      return undefined;
  }
}

function escapedArguments(value: unknown): unknown {
  const escapeItem = (item: unknown) => (typeof item === 'string' ? escapeValue(item).text : item);
  return value instanceof PyTuple ? new PyTuple(value.items.map(escapeItem)) : escapeItem(value);
}

function nonZero(value: PyTimedelta): bigint {
  if (value.microseconds === 0n)
    throw new PyArithmeticError('integer division or modulo by zero', 'ZeroDivisionError');
  return value.microseconds;
}

function wholeNonZero(value: unknown): bigint {
  const number = BigInt(numberOf(value) ?? 0);
  if (number === 0n) throw new PyArithmeticError('integer division or modulo by zero', 'ZeroDivisionError');
  return number;
}

function add(a: unknown, b: unknown): unknown {
  const [s, t] = [textOf(a), textOf(b)];
  if (s !== undefined && t !== undefined) return new PyMarkup(limited(escapeUnless(a), escapeUnless(b)));
  if (Array.isArray(a) && Array.isArray(b)) return [...a, ...b];
  if (a instanceof PyTuple && b instanceof PyTuple) return new PyTuple([...a.items, ...b.items]);
  if (a instanceof PyBytes && b instanceof PyBytes) return new PyBytes(Buffer.concat([a.bytes, b.bytes]));
  if (!(a instanceof PyDuration && b instanceof PyDuration)) needWholeMonths(a, b);
  return addTimes(a, b) ?? addTimes(b, a);
}

const escapeUnless = (value: unknown) => (value instanceof PyMarkup ? value.text : escapeValue(value).text);

function addTimes(a: unknown, b: unknown): unknown {
  if (b instanceof PyTimedelta || b instanceof PyDuration) {
    if (a instanceof PyDateTime) return addDuration(a, b);
    if (a instanceof PyDate) return shiftDate(a, b, 1);
    if (a instanceof PyDuration) return addDurations(a, b, 1);
    if (a instanceof PyTimedelta && b instanceof PyTimedelta)
      return new PyTimedelta(a.microseconds + b.microseconds);
  }
  return undefined;
}

/** isodate looks at the months of a Duration before it looks at what to add it to. */
function needWholeMonths(...values: readonly unknown[]): void {
  const isFractional = values.some(
    (value) =>
      value instanceof PyDuration && !(Number.isInteger(value.years) && Number.isInteger(value.months)),
  );
  if (isFractional) throw new PyValueError('fractional years or months not supported for date calculations');
}

function subtract(a: unknown, b: unknown): unknown {
  if (a instanceof PyDateTime && b instanceof PyDateTime) return subtractDatetimes(a, b);
  if (a instanceof PyDate && b instanceof PyDate)
    return new PyTimedelta(BigInt(a.days - b.days) * 86_400_000_000n);
  if (b instanceof PyTimedelta || b instanceof PyDuration) {
    if (a instanceof PyDateTime) return subtractDuration(a, b);
    if (a instanceof PyDate) return shiftDate(a, b, -1);
    if (a instanceof PyDuration) return addDurations(a, b, -1);
    if (a instanceof PyTimedelta && b instanceof PyTimedelta)
      return new PyTimedelta(a.microseconds - b.microseconds);
    if (a instanceof PyTimedelta && b instanceof PyDuration) return addDurations(negateDuration(b), a, 1);
    needWholeMonths(b);
  }
  if ((a instanceof PySet || a instanceof PyView) && (b instanceof PySet || b instanceof PyView)) {
    return differenceOf(a instanceof PySet ? a : new PySet(a), [b]);
  }
  return undefined;
}

function multiply(a: unknown, b: unknown): unknown {
  if (a instanceof PyTimedelta && numberOf(b) !== undefined) return scale(a, b);
  if (b instanceof PyTimedelta && numberOf(a) !== undefined) return scale(b, a);
  if (a instanceof PyDuration && isWhole(b)) return multiplyDuration(a, Number(b));
  if (b instanceof PyDuration && isWhole(a)) return multiplyDuration(b, Number(a));
  return repeat(a, b) ?? repeat(b, a);
}

function scale(delta: PyTimedelta, factor: unknown): PyTimedelta {
  const number = numberOf(factor) ?? 0;
  if (isWhole(factor)) return new PyTimedelta(delta.microseconds * BigInt(number));
  const [numerator, denominator] = exactRatio(Number(number));
  return new PyTimedelta(divideHalfEven(delta.microseconds * numerator, denominator));
}

function divide(a: unknown, b: unknown): unknown {
  if (!(a instanceof PyTimedelta)) return undefined;
  if (b instanceof PyTimedelta) {
    if (b.microseconds === 0n) throw new PyArithmeticError('division by zero', 'ZeroDivisionError');
    return float(trueDivision(a.microseconds, b.microseconds));
  }
  const number = numberOf(b);
  if (number === undefined) return undefined;
  if (number === 0 || number === 0n) throw new PyArithmeticError('division by zero', 'ZeroDivisionError');
  const [numerator, denominator] = isWhole(b) ? [BigInt(number), 1n] : exactRatio(Number(number));
  return new PyTimedelta(divideHalfEven(a.microseconds * denominator, numerator));
}

/** -value and +value */
export function signed(sign: '-' | '+', value: unknown): unknown {
  if (value instanceof Undefined) return value.fail();
  const factor = sign === '-' ? -1n : 1n;
  if (isWhole(value)) return int(factor * BigInt(numberOf(value) ?? 0));
  if (typeof value === 'number' || value instanceof PyFloat) return float(Number(factor) * Number(value));
  if (value instanceof PyTimedelta) return new PyTimedelta(factor * value.microseconds);
  if (value instanceof PyDuration && sign === '-') return negateDuration(value);
  throw new PyTypeError(`bad operand type for unary ${sign}: '${typeName(value)}'`);
}
