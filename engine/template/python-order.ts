import { compareDatetimes, PyDate, PyDateTime } from '../time/datetime.ts';
import { PyTypeError } from '../time/python-error.ts';
import { PyTime } from '../time/time-of-day.ts';
import { PyTimedelta } from '../time/timedelta.ts';
import { isSubset, numberOf, pyEquals, surrogate } from './python-logic.ts';
import { typeName } from './python-type-name.ts';
import { PyBytes, PySet, PyTuple, textOf, Undefined } from './python-types.ts';

export type Ordering = '<' | '<=' | '>' | '>=';

const holds: Readonly<Record<Ordering, (sign: number) => boolean>> = {
  '<': (sign) => sign < 0,
  '<=': (sign) => sign <= 0,
  '>': (sign) => sign > 0,
  '>=': (sign) => sign >= 0,
};

/** a < b and its like; throws TypeError where Python has no order, UndefinedError for Undefined. */
export function pyCompare(operator: Ordering, a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number') return holds[operator](a - b);
  if (typeof a === 'string' && typeof b === 'string') return holds[operator](compareText(a, b));
  if (a instanceof Undefined) a.fail();
  if (b instanceof Undefined) b.fail();
  const [x, y] = [numberOf(a), numberOf(b)];
  if (x !== undefined && y !== undefined) return compareNumbers(operator, x, y);
  const [s, t] = [textOf(a), textOf(b)];
  if (s !== undefined && t !== undefined) return holds[operator](compareText(s, t));
  if (a instanceof PySet && b instanceof PySet) return compareSets(operator, a, b);
  const sign = order(operator, a, b);
  return sign === undefined ? refuse(operator, a, b) : sign;
}

function refuse(operator: Ordering, a: unknown, b: unknown): never {
  throw new PyTypeError(
    `'${operator}' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`,
  );
}

function compareNumbers(operator: Ordering, x: number | bigint, y: number | bigint): boolean {
  if (Number.isNaN(x) || Number.isNaN(y)) return false;
  return holds[operator](x < y ? -1 : x > y ? 1 : 0);
}

/** By code points: UTF-16 order differs only where surrogates meet. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  if (!surrogate.test(a) || !surrogate.test(b)) {
    if (!surrogate.test(a) && !surrogate.test(b)) return a < b ? -1 : 1;
  }
  const [left, right] = [[...a], [...b]];
  for (let index = 0; index < left.length && index < right.length; index++) {
    const difference = (left[index]?.codePointAt(0) ?? 0) - (right[index]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

function compareSets(operator: Ordering, a: PySet, b: PySet): boolean {
  const proper = a.members.size !== b.members.size;
  switch (operator) {
    case '<=':
      return isSubset(a, b);
    case '<':
      return proper && isSubset(a, b);
    case '>=':
      return isSubset(b, a);
    default:
      return proper && isSubset(b, a);
  }
}

function order(operator: Ordering, a: unknown, b: unknown): boolean | undefined {
  if (Array.isArray(a) && Array.isArray(b)) return compareItems(operator, a, b);
  if (a instanceof PyTuple && b instanceof PyTuple) return compareItems(operator, a.items, b.items);
  if (a instanceof PyDateTime && b instanceof PyDateTime) return holds[operator](compareDatetimes(a, b));
  if (a instanceof PyTime && b instanceof PyTime)
    return holds[operator](compareDatetimes(a.moment, b.moment));
  if (a instanceof PyDate && b instanceof PyDate) return holds[operator](a.days - b.days);
  if (a instanceof PyTimedelta && b instanceof PyTimedelta) {
    return compareNumbers(operator, a.microseconds, b.microseconds);
  }
  if (a instanceof PyBytes && b instanceof PyBytes) return holds[operator](Buffer.compare(a.bytes, b.bytes));
  return undefined;
}

function compareItems(operator: Ordering, a: readonly unknown[], b: readonly unknown[]): boolean {
  for (let index = 0; index < a.length && index < b.length; index++) {
    if (!pyEquals(a[index], b[index])) return pyCompare(operator, a[index], b[index]);
  }
  return holds[operator](a.length - b.length);
}
