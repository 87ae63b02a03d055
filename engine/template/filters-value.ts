import { PyArithmeticError, PyTypeError, PythonError, PyValueError } from '../time/python-error.ts';
import { PyTimedelta, roundHalfEven } from '../time/timedelta.ts';
import { attributeOnly } from './attributes.ts';
import type { Filter } from './environment.ts';
import { fixed } from './float-digits.ts';
import { htmlSafeJson } from './json-text.ts';
import { binary } from './operators.ts';
import { bind } from './python-call.ts';
import { lengthOf, numberOf, pyTruth } from './python-logic.ts';
import { pyRepr, pyStr } from './python-text.ts';
import { typeName } from './python-type-name.ts';
import { float, int, isInt, PyFloat, PyMarkup, textOf, Undefined } from './python-types.ts';

type Body = (value: unknown, ...args: unknown[]) => unknown;

export function filterOf(name: string, body: Body, ...parameters: readonly string[]): Filter {
  const all = ['value', ...parameters];
  return (args, keywords) => body(...(bind(name, all, args, keywords) as [unknown, ...unknown[]]));
}

/** ASCII digits for any script's. */
function asciiDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    if (code < 128) return digit;
    let first = code;
    while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first -= 1;
    return String((code - first) % 10);
  });
}

/** int(text, base) or undefined. */
export function parseInteger(text: string, base = 10): number | bigint | undefined {
  const plain = asciiDigits(text).trim();
  const [, sign = '', prefix, body = ''] = /^([+-]?)(?:0([xXoObB])_?)?(.*)$/s.exec(plain) ?? [];
  const prefixBase = prefix === undefined ? undefined : { x: 16, o: 8, b: 2 }[prefix.toLowerCase()];
  // A prefix counts only in its own base: in base 16 "0b1" is three digits.
  const digits =
    prefixBase !== undefined && (base === 0 || base === prefixBase) ? body : plain.slice(sign.length);
  const radix = base === 0 ? (prefixBase ?? 10) : base;
  if (!/^[\da-zA-Z]+(?:_[\da-zA-Z]+)*$/.test(digits) || plain.length > 4300) return undefined;
  let value = 0n;
  if (radix === 10) {
    if (!/^[\d_]+$/.test(digits)) return undefined;
    value = BigInt(digits.replaceAll('_', ''));
  } else {
    for (const character of digits.replaceAll('_', '')) {
      const digit = Number.parseInt(character, 36);
      if (digit >= radix) return undefined;
      value = value * BigInt(radix) + BigInt(digit);
    }
  }
  return int(sign === '-' ? -value : value);
}

/** float(text) or undefined. */
export function parseFloatText(text: string): number | undefined {
  const plain = asciiDigits(text)
    .trim()
    .replaceAll(/(?<=\d)_(?=\d)/g, '');
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(plain)) return Number(plain);
  const word = /^([+-]?)(inf|infinity|nan)$/i.exec(plain);
  if (word === null) return undefined;
  if (word[2]?.toLowerCase() === 'nan') return Number.NaN;
  return word[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

function truncated(value: number): number | bigint {
  if (!Number.isFinite(value))
    throw new PyArithmeticError('cannot convert float infinity to integer', 'OverflowError');
  return int(BigInt(Math.trunc(value)));
}

function toInt(value: unknown, fallback: unknown = 0, base: unknown = 10): unknown {
  const text = textOf(value);
  if (text !== undefined) {
    const whole = parseInteger(text, Number(base));
    if (whole !== undefined) return whole;
    const number = parseFloatText(text);
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
  const number = text === undefined ? numberOf(value) : parseFloatText(text);
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
  if (value instanceof Undefined) throw new PyTypeError("type Undefined doesn't define __round__ method");
  const number = numberOf(value);
  if (number === undefined) throw new PyTypeError(`type ${typeName(value)} doesn't define __round__ method`);
  const places = numberOf(precision);
  if (places === undefined || !Number.isInteger(Number(places)))
    throw new PyTypeError('the precision is an integer');
  if (how === 'common') {
    if (typeof value === 'boolean' || isInt(value)) {
      return Number(places) >= 0
        ? int(BigInt(number))
        : binary('*', roundHalfEven(Number(number) / 10 ** -Number(places)), 10 ** -Number(places));
    }
    return float(roundTo(Number(number), Number(places)));
  }
  const scale = 10 ** Number(places);
  const scaled = Number(number) * scale;
  return float((how === 'ceil' ? Math.ceil(scaled) : Math.floor(scaled)) / scale);
}

function fallback(value: unknown, otherwise: unknown = '', boolean: unknown = false): unknown {
  return value instanceof Undefined || (pyTruth(boolean) && !pyTruth(value)) ? otherwise : value;
}

function length(value: unknown): number {
  const size = lengthOf(value);
  if (size === undefined) throw new PyTypeError(`object of type '${typeName(value)}' has no len()`);
  return size;
}

function fileSize(value: unknown, isBinary: unknown = false): string {
  const text = textOf(value);
  const number = text === undefined ? numberOf(value) : parseFloatText(text);
  if (value instanceof Undefined) return value.fail();
  if (number === undefined) {
    if (text !== undefined) throw new PyValueError(`could not convert string to float: '${text}'`);
    throw new PyTypeError('float() argument must be a string or a real number');
  }
  const size = Number(number);
  const base = pyTruth(isBinary) ? 1024 : 1000;
  if (size === 1) return '1 Byte';
  if (size < base) return `${Math.trunc(size)} Bytes`;
  const units = pyTruth(isBinary)
    ? ['KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'ZiB', 'YiB']
    : ['kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB'];
  let unit = base;
  for (const name of units) {
    unit *= base;
    if (size < unit || name === units.at(-1)) return `${((base * size) / unit).toFixed(1)} ${name}`;
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
