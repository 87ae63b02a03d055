import { PyArithmeticError, PyTypeError, PythonError, PyValueError } from '../time/python-error.ts';
import { divideHalfEven, PyTimedelta, roundHalfEven } from '../time/timedelta.ts';
import { parsePythonFloat, parsePythonInteger } from '../util/python/python-number.ts';
import { attributeOnly } from './attributes.ts';
import type { Filter } from './environment.ts';
import { filterOf } from './filter-of.ts';
import { fixed } from './float-digits.ts';
import { htmlSafeJson } from './json-text.ts';
import { binary } from './operators.ts';
import { indexOf } from './python-call.ts';
import { lengthOf, numberOf, pyTruth } from './python-logic.ts';
import { floatRepr, pyRepr, pyStr } from './python-text.ts';
import { typeName } from './python-type-name.ts';
import { float, int, isInt, PyFloat, PyMarkup, textOf, Undefined } from './python-types.ts';

function truncated(value: number): number | bigint {
  if (!Number.isFinite(value))
    throw new PyArithmeticError('cannot convert float infinity to integer', 'OverflowError');
  return int(BigInt(Math.trunc(value)));
}

function toInt(value: unknown, fallback: unknown = 0, base: unknown = 10): unknown {
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

function toFloat(value: unknown, fallback: unknown = float(0)): unknown {
  if (value instanceof Undefined) return value.fail();
  const text = textOf(value);
  const number = text === undefined ? numberOf(value) : parsePythonFloat(text);
  return number === undefined ? fallback : float(Number(number));
}

function abs(value: unknown): unknown {
  if (value instanceof Undefined) throw new PyTypeError("bad operand type for abs(): 'Undefined'");
  if (value instanceof PyTimedelta)
    return value.microseconds < 0n ? new PyTimedelta(-value.microseconds) : value;
  const number = numberOf(value);
  if (number === undefined) throw new PyTypeError(`bad operand type for abs(): '${typeName(value)}'`);
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

function round(value: unknown, precision: unknown = 0, how: unknown = 'common'): unknown {
  if (how !== 'common' && how !== 'ceil' && how !== 'floor')
    throw new PythonError('method must be common, ceil or floor', 'FilterArgumentError');
  if (how !== 'common') return roundTowards(value, precision, how);
  if (value instanceof Undefined) throw new PyTypeError("type Undefined doesn't define __round__ method");
  const number = numberOf(value);
  if (number === undefined) throw new PyTypeError(`type ${typeName(value)} doesn't define __round__ method`);
  const places = indexOf(precision);
  if (typeof value !== 'boolean' && !isInt(value)) return float(roundTo(Number(number), places));
  if (places >= 0) return int(BigInt(number));
  const unit = 10n ** BigInt(-places);
  return int(divideHalfEven(BigInt(number), unit) * unit);
}

/** Scales, rounds and scales back by the operators of numbers, so that integers stay exact. */
function roundTowards(value: unknown, precision: unknown, how: 'ceil' | 'floor'): unknown {
  const scale = binary('**', 10, precision);
  const scaled = binary('*', value, scale);
  const number = numberOf(scaled);
  if (number === undefined) throw new PyTypeError(`must be real number, not ${typeName(scaled)}`);
  if (Number.isNaN(number)) throw new PyValueError('cannot convert float NaN to integer');
  const whole = typeof number === 'bigint' ? number : truncated(Math[how](number));
  return binary('/', whole, scale);
}

function fallback(value: unknown, otherwise: unknown = '', boolean: unknown = false): unknown {
  return value instanceof Undefined || (pyTruth(boolean) && !pyTruth(value)) ? otherwise : value;
}

function length(value: unknown): number {
  const size = lengthOf(value);
  if (size === undefined) throw new PyTypeError(`object of type '${typeName(value)}' has no len()`);
  return size;
}

const pythonFixed = (value: number) => (Number.isFinite(value) ? fixed(value, 1) : floatRepr(value));

function fileSize(value: unknown, isBinary: unknown = false): string {
  const text = textOf(value);
  const number = text === undefined ? numberOf(value) : parsePythonFloat(text);
  if (value instanceof Undefined) return value.fail();
  if (number === undefined) {
    if (text !== undefined) throw new PyValueError(`could not convert string to float: '${text}'`);
    throw new PyTypeError('float() argument must be a string or a real number');
  }
  const size = Number(number);
  const base = pyTruth(isBinary) ? 1024 : 1000;
  if (size === 1) return '1 Byte';
  if (size < base) return `${truncated(size)} Bytes`;
  const units = pyTruth(isBinary)
    ? ['KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'ZiB', 'YiB']
    : ['kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB'];
  let unit = base;
  for (const name of units) {
    unit *= base;
    if (size < unit || name === units.at(-1)) return `${pythonFixed((base * size) / unit)} ${name}`;
  }
  return '';
}

export const valueFilters: Readonly<Record<string, Filter>> = {
  abs: filterOf('abs', abs),
  attr: filterOf('attr', (value, name) => attributeOnly(value, pyStr(name)), 'name'),
  count: filterOf('count', length),
  d: filterOf('default', fallback, 'default_value?', 'boolean?'),
  default: filterOf('default', fallback, 'default_value?', 'boolean?'),
  filesizeformat: filterOf('filesizeformat', fileSize, 'binary?'),
  float: filterOf('float', toFloat, 'default?'),
  int: filterOf('int', toInt, 'default?', 'base?'),
  length: filterOf('length', length),
  pprint: filterOf('pprint', pyRepr),
  round: filterOf('round', round, 'precision?', 'method?'),
  tojson: filterOf(
    'tojson',
    (value, indent) =>
      new PyMarkup(htmlSafeJson(value, indent === undefined || indent === null ? undefined : Number(indent))),
    'indent?',
  ),
};
