import { PyArithmeticError } from '../../time/python-error.ts';
import { isLower, isUpper } from '../methods/text-case.ts';
import { TemplateRuntimeError } from '../syntax/template-error.ts';
import { bind } from '../values/bind.ts';
import { costs } from '../values/budget.ts';
import { PyBytes } from '../values/bytes.ts';
import { PyComplex } from '../values/complex.ts';
import { PyDecimal } from '../values/constants.ts';
import { isMapping } from '../values/mapping.ts';
import { isFloat, isInt, numberOf, PyFloat } from '../values/number.ts';
import type { Keywords, Ordering, Python } from '../values/python.ts';
import { PyMarkup, textOf } from '../values/text.ts';
import { PyTuple } from '../values/tuple.ts';
import { isUndefined } from '../values/undefined.ts';
import { type Builtin, type Builtins, builtin } from './builtin.ts';
import { hasFilter } from './filters.ts';

type Args = readonly unknown[];

const isOf = (test: (value: unknown, py: Python) => boolean): Builtin<boolean> =>
  builtin([], ([value], py) => test(value, py));

function divisible([value, by]: Args, py: Python): boolean {
  if (numberOf(by) === 0) throw new PyArithmeticError('integer modulo by zero', 'ZeroDivisionError');
  return py.equals(py.binary('%', value, by), 0);
}

const hasRemainder = (rest: 0 | 1) => isOf((value, py) => py.equals(py.binary('%', value, 2), rest));

function isSequence(value: unknown): boolean {
  return (
    textOf(value) !== undefined ||
    Array.isArray(value) ||
    isMapping(value) ||
    value instanceof PyTuple ||
    value instanceof PyBytes ||
    isUndefined(value)
  );
}

function isSame([value, other]: Args): boolean {
  if (value === other) return true;
  if (value instanceof PyFloat || other instanceof PyFloat) return false;
  return value === undefined && other === null;
}

/** A name that is looked up in a dict, so it has to be a key. */
function isKnown(value: unknown, has: (name: string) => boolean, py: Python): boolean {
  py.hash(value);
  return has(textOf(value) ?? '');
}

const order = (operator: Ordering) =>
  builtin(['other'], ([value, other], py) => py.compare(operator, value, other));
const [less, lessOrEqual, greater, greaterOrEqual] = [order('<'), order('<='), order('>'), order('>=')];
const equal = builtin(['other'], ([value, other], py) => py.equals(value, other));
const unequal = builtin(['other'], ([value, other], py) => !py.equals(value, other));

/** Jinja's tests. */
export const tests: Builtins<boolean> = {
  odd: hasRemainder(1),
  even: hasRemainder(0),
  divisibleby: builtin(['num'], divisible),
  defined: isOf((value) => !isUndefined(value)),
  undefined: isOf(isUndefined),
  filter: isOf((value, py) => isKnown(value, hasFilter, py)),
  test: isOf((value, py) => isKnown(value, hasTest, py)),
  none: isOf((value) => value === null || value === undefined),
  boolean: isOf((value) => typeof value === 'boolean'),
  false: isOf((value) => value === false),
  true: isOf((value) => value === true),
  integer: isOf(isInt),
  float: isOf(isFloat),
  lower: isOf((value, py) => isLower(py.str(value))),
  upper: isOf((value, py) => isUpper(py.str(value))),
  string: isOf((value) => textOf(value) !== undefined),
  mapping: isOf(isMapping),
  number: isOf(
    (value) => numberOf(value) !== undefined || value instanceof PyComplex || value instanceof PyDecimal,
  ),
  sequence: isOf(isSequence),
  iterable: isOf((value, py) => py.isIterable(value)),
  callable: isOf((value, py) => py.isCallable(value)),
  sameas: builtin(['other'], isSame),
  escaped: isOf((value) => value instanceof PyMarkup),
  in: builtin(['seq'], ([value, container], py) => py.contains(container, value)),
  eq: equal,
  equalto: equal,
  '==': equal,
  ne: unequal,
  '!=': unequal,
  lt: less,
  lessthan: less,
  '<': less,
  le: lessOrEqual,
  '<=': lessOrEqual,
  gt: greater,
  greaterthan: greater,
  '>': greater,
  ge: greaterOrEqual,
  '>=': greaterOrEqual,
};

export function hasTest(name: string): boolean {
  return Object.hasOwn(tests, name);
}

/** `args` start with the value that is tested. */
export function runTest(name: string, args: Args, keywords: Keywords, py: Python): boolean {
  const test = hasTest(name) ? tests[name] : undefined;
  if (test === undefined) throw new TemplateRuntimeError(`No test named '${name}'.`);
  py.spend(costs.call);
  py.spendOn(args);
  return test.run(bind(name, test.parameters, args, keywords), py);
}
