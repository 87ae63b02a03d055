import { PyArithmeticError, PyTypeError, PyValueError } from '../../time/python-error.ts';
import {
  characterOf,
  formatFloat,
  formatInteger,
  padded,
  type Spec,
  signText,
  widest,
} from './format-spec.ts';
import { isMapping, itemAt } from './mapping.ts';
import { bigText, isWhole, numberOf } from './number.ts';
import type { Python } from './python.ts';
import { textLength, textOf, toAscii } from './text.ts';
import { PyTuple } from './tuple.ts';
import { Undefined } from './undefined.ts';

const directive = /%(?:\(([^)]*)\))?([#0\- +]*)(\*|\d+)?(?:\.(\*|\d*))?[hlL]?([\s\S])?/g;

/** A width or a precision that is given beside the values. */
function wholeOf(value: unknown): number {
  if (!isWhole(value)) throw new PyTypeError('* wants int');
  return Number(value);
}

/** text % values */
export function percentFormat(text: string, values: unknown, py: Python): string {
  const tuple = values instanceof PyTuple ? values.items : [values];
  let position = 0;
  let usedMapping = false;
  const next = (): unknown => {
    if (position >= tuple.length) throw new PyTypeError('not enough arguments for format string');
    position += 1;
    return tuple[position - 1];
  };
  const out = text.replace(
    directive,
    (
      whole,
      key: string | undefined,
      flags: string,
      width: string | undefined,
      precision: string | undefined,
      type: string | undefined,
    ) => {
      if (type === undefined) throw new PyValueError('incomplete format');
      if (type === '%' && whole === '%%') return '%';
      const given = width === '*' ? wholeOf(next()) : Number(width ?? 0);
      // A width below zero is one to the left.
      const [wide, allFlags] = given < 0 ? [-given, `${flags}-`] : [given, flags];
      const places =
        precision === undefined
          ? undefined
          : Math.max(precision === '*' ? wholeOf(next()) : Number(precision), 0);
      if (wide > widest || (places ?? 0) > widest)
        throw new PyValueError('the width of a format is too large');
      let value: unknown;
      if (key === undefined) value = next();
      else {
        if (values instanceof Undefined) values.fail();
        if (!isMapping(values)) throw new PyTypeError('format requires a mapping');
        usedMapping = true;
        value = itemAt(values, key, py);
      }
      return percentField(value, type, allFlags, wide, places, py);
    },
  );
  if (
    position < tuple.length &&
    !usedMapping &&
    !(isMapping(values) || (Array.isArray(values) && position > 0))
  ) {
    if (!(Array.isArray(values) && tuple.length === 1)) {
      throw new PyTypeError('not all arguments converted during string formatting');
    }
  }
  return out;
}

function finite(value: number): number {
  if (Number.isFinite(value)) return value;
  throw new PyArithmeticError('cannot convert float infinity to integer', 'OverflowError');
}

function characterIn(value: unknown): string {
  if (isWhole(value)) return characterOf(typeof value === 'boolean' ? Number(value) : value);
  const character = textOf(value);
  if (character === undefined || textLength(character) !== 1)
    throw new PyTypeError('%c requires int or char');
  return character;
}

function percentField(
  value: unknown,
  type: string,
  flags: string,
  width: number,
  precision: number | undefined,
  py: Python,
): string {
  const left = flags.includes('-');
  const sign = flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '-';
  const spec: Spec = {
    fill: flags.includes('0') && !left ? '0' : ' ',
    align: left ? '<' : flags.includes('0') ? '=' : '>',
    sign,
    coerces: false,
    alternate: flags.includes('#'),
    width,
    grouping: '',
    precision,
    type,
  };
  const text = (body: string) =>
    padded(
      precision === undefined ? body : [...body].slice(0, precision).join(''),
      '',
      { ...spec, fill: ' ', align: left ? '<' : '>' },
      '>',
    );
  switch (type) {
    case 's':
      return text(py.str(value));
    case 'r':
      return text(py.repr(value));
    case 'a':
      return text(toAscii(py.repr(value)));
    case 'c':
      return text(characterIn(value));
    case 'd':
    case 'i':
    case 'u': {
      if (value instanceof Undefined) return value.fail();
      const number = numberOf(value);
      if (number === undefined)
        throw new PyTypeError(`%${type} format: a real number is required, not ${py.typeName(value)}`);
      if (Number.isNaN(number)) throw new PyValueError('cannot convert float NaN to integer');
      const whole = BigInt(typeof number === 'bigint' ? number : Math.trunc(finite(number)));
      const digits = bigText(whole < 0n ? -whole : whole).padStart(precision ?? 0, '0');
      return padded(digits, signText(whole < 0n, sign), spec, '>');
    }
    case 'x':
    case 'X':
    case 'o':
      if (!isWhole(value)) {
        throw new PyTypeError(`%${type} format: an integer is required, not ${py.typeName(value)}`);
      }
      return formatInteger(typeof value === 'boolean' ? Number(value) : value, {
        ...spec,
        precision: undefined,
      });
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G': {
      if (value instanceof Undefined) return value.fail();
      const number = numberOf(value);
      if (number === undefined) throw new PyTypeError(`must be real number, not ${py.typeName(value)}`);
      return formatFloat(Number(number), spec);
    }
    default:
      throw new PyValueError(`unsupported format character '${type}'`);
  }
}
