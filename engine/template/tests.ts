import { PyArithmeticError } from '../time/python-error.ts';
import type { Environment, Test } from './environment.ts';
import { filterNames } from './filter-names.ts';
import { binary } from './operators.ts';
import { bind } from './python-call.ts';
import { isDict } from './python-dict.ts';
import { hashKey } from './python-hash.ts';
import { iterate, numberOf, pyContains, pyEquals } from './python-logic.ts';
import { PyMapping } from './python-mappings.ts';
import { pyCompare } from './python-order.ts';
import { pyStr } from './python-text.ts';
import {
  isFloat,
  isInt,
  type Keywords,
  PyBytes,
  PyComplex,
  PyDecimal,
  PyFloat,
  PyFunction,
  PyIterator,
  PyMarkup,
  PyObject,
  PySet,
  PyTuple,
  PyView,
  textOf,
  Undefined,
} from './python-types.ts';
import { TemplateRuntimeError } from './template-error.ts';

type Body = (value: unknown, ...args: unknown[]) => boolean;

function of(body: Body, ...parameters: readonly string[]): Test {
  const all = ['value', ...parameters];
  return (args, keywords) => body(...(bind('test', all, args, keywords) as [unknown, ...unknown[]]));
}

const remainder = (value: unknown, by: unknown) => binary('%', value, by);
const isNumber = (value: unknown) =>
  numberOf(value) !== undefined || value instanceof PyComplex || value instanceof PyDecimal;
const isIterable = (value: unknown) => {
  try {
    iterate(value);
    return true;
  } catch {
    return false;
  }
};

function isSequence(value: unknown): boolean {
  if (value instanceof PyMapping || value instanceof Undefined) return true;
  return (
    textOf(value) !== undefined ||
    Array.isArray(value) ||
    isDict(value) ||
    value instanceof PyTuple ||
    value instanceof PyBytes
  );
}

function isSame(value: unknown, other: unknown): boolean {
  if (value === other) return true;
  if (value instanceof PyFloat || other instanceof PyFloat) return false;
  return value === undefined && other === null;
}

const isCallable = (value: unknown) =>
  value instanceof PyFunction ||
  (value instanceof PyObject && value.call !== undefined) ||
  value instanceof Undefined;
function isKnown(names: ReadonlySet<string>, value: unknown): boolean {
  hashKey(value);
  return names.has(textOf(value) ?? '');
}

const order = (operator: '<' | '<=' | '>' | '>=') =>
  of((value, other) => pyCompare(operator, value, other), 'other');
const equal = of(pyEquals, 'other');
const unequal = of((value, other) => !pyEquals(value, other), 'other');

function divisible(value: unknown, by: unknown): boolean {
  if (numberOf(by) === 0) throw new PyArithmeticError('integer modulo by zero', 'ZeroDivisionError');
  return pyEquals(remainder(value, by), 0);
}

const cased = (value: unknown, pattern: RegExp, not: RegExp) =>
  pattern.test(pyStr(value)) && !not.test(pyStr(value));

/** Jinja's tests. */
export const tests: Readonly<Record<string, Test>> = {
  odd: of((value) => pyEquals(remainder(value, 2), 1)),
  even: of((value) => pyEquals(remainder(value, 2), 0)),
  divisibleby: of(divisible, 'num'),
  defined: of((value) => !(value instanceof Undefined)),
  undefined: of((value) => value instanceof Undefined),
  filter: of((value) => isKnown(filterNames, value)),
  test: of((value) => isKnown(new Set(Object.keys(tests)), value)),
  none: of((value) => value === null || value === undefined),
  boolean: of((value) => typeof value === 'boolean'),
  false: of((value) => value === false),
  true: of((value) => value === true),
  integer: of((value) => isInt(value)),
  float: of((value) => isFloat(value)),
  lower: of((value) => cased(value, /\p{Lowercase}/u, /[\p{Uppercase}\p{Lt}]/u)),
  upper: of((value) => cased(value, /\p{Uppercase}/u, /[\p{Lowercase}\p{Lt}]/u)),
  string: of((value) => textOf(value) !== undefined),
  mapping: of((value) => isDict(value) || value instanceof PyMapping),
  number: of(isNumber),
  sequence: of(isSequence),
  iterable: of(
    (value) =>
      isIterable(value) || value instanceof PyIterator || value instanceof PyView || value instanceof PySet,
  ),
  callable: of(isCallable),
  sameas: of(isSame, 'other'),
  escaped: of((value) => value instanceof PyMarkup),
  in: of((value, container) => pyContains(container, value), 'seq'),
  eq: equal,
  equalto: equal,
  '==': equal,
  ne: unequal,
  '!=': unequal,
  lt: order('<'),
  lessthan: order('<'),
  '<': order('<'),
  le: order('<='),
  '<=': order('<='),
  gt: order('>'),
  greaterthan: order('>'),
  '>': order('>'),
  ge: order('>='),
  '>=': order('>='),
};

export function runTest(
  name: string,
  args: readonly unknown[],
  keywords: Keywords,
  environment: Environment,
): boolean {
  const test = Object.hasOwn(tests, name) ? tests[name] : undefined;
  if (test === undefined) throw new TemplateRuntimeError(`No test named '${name}'.`);
  return test(args, keywords, environment);
}
