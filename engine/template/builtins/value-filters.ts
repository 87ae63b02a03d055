import { PyArithmeticError, PyTypeError, PythonError, PyValueError } from '../../time/python-error.ts';
import { divideHalfEven, PyTimedelta, roundHalfEven } from '../../time/timedelta.ts';
import { parsePythonFloat, parsePythonInteger } from '../../util/python/python-number.ts';
import { fixed } from '../values/float-digits.ts';
import { float, floatRepr, int, isInt, isWhole, numberOf, PyFloat } from '../values/number.ts';
import type { Python } from '../values/python.ts';
import { PyMarkup, textOf } from '../values/text.ts';
import { Undefined } from '../values/undefined.ts';
import { type Builtins, builtin } from './builtin.ts';
import { htmlSafeJson } from './json-text.ts';
import { lengthOf } from './length-of.ts';

type Args = readonly unknown[];

function truncated(value: number): number | bigint {
  if (!Number.isFinite(value))
    throw new PyArithmeticError('cannot convert float infinity to integer', 'OverflowError');
  return int(BigInt(Math.trunc(value)));
}

function toInt([value, fallback = 0, base = 10]: Args): unknown {
  const text = textOf(value);
  if (text !== undefined) {
    const whole = parsePythonInteger(text, Number(base));
    if (whole !== undefined) return int(whole);
    const number = parsePythonFloat(text);
    return number === undefined || !Number.isFinite(number) ? fallback : truncated(number);
  }
  if (value instanceof Undefined) return value.fail();
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (isInt(value)) return value;
  if (typeof value === 'number' || value instanceof PyFloat) {
    return Number.isNaN(Number(value)) ? fallback : truncated(Number(value));
  }
  return fallback;
}

function toFloat([value, fallback = float(0)]: Args): unknown {
  if (value instanceof Undefined) return value.fail();
  const text = textOf(value);
  const number = text === undefined ? numberOf(value) : parsePythonFloat(text);
  return number === undefined ? fallback : float(Number(number));
}

function abs([value]: Args, py: Python): unknown {
  if (value instanceof PyTimedelta)
    return value.microseconds < 0n ? new PyTimedelta(-value.microseconds) : value;
  const number = numberOf(value);
  if (number === undefined) throw new PyTypeError(`bad operand type for abs(): '${py.typeName(value)}'`);
  if (typeof number === 'bigint') return number < 0n ? -number : number;
  return value instanceof PyFloat || !Number.isInteger(number) ? float(Math.abs(number)) : Math.abs(number);
}

/** round(value, precision): exact halves go to the even digit. */
function roundTo(value: number, precision: number): number {
  if (!Number.isFinite(value)) return value;
  if (precision === 0) return roundHalfEven(value);
  if (precision < 0) {
    const unit = 10 ** -precision;
    return roundHalfEven(value / unit) * unit;
  }
  return precision > 100 ? value : Number(fixed(value, precision));
}

function round([value, precision = 0, how = 'common']: Args, py: Python): unknown {
  if (how !== 'common' && how !== 'ceil' && how !== 'floor')
    throw new PythonError('method must be common, ceil or floor', 'FilterArgumentError');
  if (how !== 'common') return roundTowards(value, precision, how, py);
  const number = numberOf(value);
  if (number === undefined)
    throw new PyTypeError(`type ${py.typeName(value)} doesn't define __round__ method`);
  const places = py.index(precision);
  if (!isWhole(value)) return float(roundTo(Number(number), places));
  if (places >= 0) return int(BigInt(number));
  // Beyond its digits nothing is left of a number, however far beyond.
  if (-places > String(value).length) return 0;
  const unit = 10n ** BigInt(-places);
  return int(divideHalfEven(BigInt(number), unit) * unit);
}

/** Scales, rounds and scales back by the operators of numbers, so that integers stay exact. */
function roundTowards(value: unknown, precision: unknown, how: 'ceil' | 'floor', py: Python): unknown {
  const scale = py.binary('**', 10, precision);
  const scaled = py.binary('*', value, scale);
  const number = numberOf(scaled);
  if (number === undefined) throw new PyTypeError(`must be real number, not ${py.typeName(scaled)}`);
  if (Number.isNaN(number)) throw new PyValueError('cannot convert float NaN to integer');
  const whole = typeof number === 'bigint' ? number : truncated(Math[how](number));
  return py.binary('/', whole, scale);
}

function fallback([value, otherwise = '', boolean = false]: Args, py: Python): unknown {
  return value instanceof Undefined || (py.truth(boolean) && !py.truth(value)) ? otherwise : value;
}

const pythonFixed = (value: number) => (Number.isFinite(value) ? fixed(value, 1) : floatRepr(value));

function fileSize([value, isBinary = false]: Args, py: Python): string {
  const text = textOf(value);
  const number = text === undefined ? numberOf(value) : parsePythonFloat(text);
  if (value instanceof Undefined) return value.fail();
  if (number === undefined) {
    if (text !== undefined) throw new PyValueError(`could not convert string to float: '${text}'`);
    throw new PyTypeError('float() argument must be a string or a real number');
  }
  const size = Number(number);
  const base = py.truth(isBinary) ? 1024 : 1000;
  if (size === 1) return '1 Byte';
  if (size < base) return `${truncated(size)} Bytes`;
  const units = py.truth(isBinary)
    ? ['KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'ZiB', 'YiB']
    : ['kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB'];
  let unit = base;
  for (const name of units) {
    unit *= base;
    if (size < unit || name === units.at(-1)) return `${pythonFixed((base * size) / unit)} ${name}`;
  }
  return '';
}

const length = builtin([], ([value], py) => lengthOf(value, py));
const defaultTo = builtin(['default_value?', 'boolean?'], fallback);

/** Filters of single values. */
export const valueFilters: Builtins = {
  abs: builtin([], abs),
  attr: builtin(['name'], ([value, name], py) => py.attributeOnly(value, py.str(name))),
  count: length,
  d: defaultTo,
  default: defaultTo,
  filesizeformat: builtin(['binary?'], fileSize),
  float: builtin(['default?'], toFloat),
  int: builtin(['default?', 'base?'], toInt),
  length,
  pprint: builtin([], ([value], py) => py.repr(value)),
  round: builtin(['precision?', 'method?'], round),
  tojson: builtin(['indent?'], ([value, indent = null], py) => {
    const spaces = indent === null ? undefined : Number(indent);
    return new PyMarkup(htmlSafeJson(value, spaces, py));
  }),
};
