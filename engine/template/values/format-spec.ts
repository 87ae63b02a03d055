import { PyArithmeticError, PyValueError } from '../../time/python-error.ts';
import { exponential, fixed, general, shortFloat } from './float-digits.ts';
import { bigText, floatRepr } from './number.ts';
import { textLength } from './text.ts';

/** The widest result that a format may have. */
export const widest = 1_000_000;

export interface Spec {
  readonly fill: string;
  readonly align: string;
  readonly sign: string;
  /** What is zero when it is written has no sign. */
  readonly coerces: boolean;
  readonly alternate: boolean;
  readonly width: number;
  readonly grouping: string;
  readonly precision: number | undefined;
  readonly type: string;
}

const specification = /^(?:([\s\S])?([<>=^]))?([+\- ])?(z)?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([a-zA-Z%])?$/u;

const floatTypes = /[eEfFgG%]/;

/** Reads a format specification for a value of a type of this name; throws ValueError. */
export function parseSpec(text: string, typeName: string): Spec {
  const match = specification.exec(text);
  if (match === null) {
    throw new PyValueError(`Invalid format specifier '${text}' for object of type '${typeName}'`);
  }
  const [, , , sign, coercion, , , , , , type = ''] = match;
  if (typeName === 'str' && sign !== undefined)
    throw new PyValueError('Sign not allowed in string format specifier');
  if (typeName === 'str' && match[5] !== undefined)
    throw new PyValueError('Alternate form (#) not allowed in string format specifier');
  if (coercion !== undefined && typeName !== 'float' && !floatTypes.test(type))
    throw new PyValueError('Negative zero coercion (z) not allowed in this format specifier');
  const zero = match[6] !== undefined;
  const width = Number(match[7] ?? 0);
  if (width > widest) throw new PyValueError('the width of a format is too large');
  return {
    fill: match[1] ?? (zero ? '0' : ' '),
    align: match[2] ?? (zero ? '=' : ''),
    sign: sign ?? '-',
    coerces: coercion !== undefined,
    alternate: match[5] !== undefined,
    width,
    grouping: match[8] ?? '',
    precision: match[9] === undefined ? undefined : Number(match[9]),
    type,
  };
}

export function padded(body: string, sign: string, spec: Spec, defaultAlign: string): string {
  const missing = spec.width - textLength(body) - textLength(sign);
  if (missing <= 0) return sign + body;
  switch (spec.align || defaultAlign) {
    case '<':
      return sign + body + spec.fill.repeat(missing);
    case '=':
      return sign + spec.fill.repeat(missing) + body;
    case '^': {
      const left = Math.floor(missing / 2);
      return spec.fill.repeat(left) + sign + body + spec.fill.repeat(missing - left);
    }
    default:
      return spec.fill.repeat(missing) + sign + body;
  }
}

function grouped(digits: string, separator: string, size = 3): string {
  if (separator === '') return digits;
  const [whole = '', ...rest] = digits.split('.');
  const exponentAt = whole.search(/[^0-9a-fA-F]/);
  const head = exponentAt === -1 ? whole : whole.slice(0, exponentAt);
  const tail = exponentAt === -1 ? '' : whole.slice(exponentAt);
  const groups: string[] = [];
  for (let end = head.length; end > 0; end -= size) groups.push(head.slice(Math.max(end - size, 0), end));
  return [groups.reverse().join(separator) + tail, ...rest].join('.');
}

export const signText = (isNegative: boolean, sign: string) => (isNegative ? '-' : sign === '-' ? '' : sign);

export function formatInteger(value: number | bigint, spec: Spec): string {
  if ('eEfFgG%'.includes(spec.type) && spec.type !== '') return formatFloat(Number(value), spec);
  if (spec.precision !== undefined)
    throw new PyValueError('Precision not allowed in integer format specifier');
  refuseGrouping(spec);
  const big = BigInt(value);
  const size = big < 0n ? -big : big;
  const sign = signText(big < 0n, spec.sign);
  switch (spec.type) {
    case '':
    case 'd':
    case 'n':
      return padded(zeroGrouped(bigText(size), spec, sign), sign, spec, '>');
    case 'b':
    case 'o':
    case 'x':
    case 'X': {
      const radix = spec.type === 'b' ? 2 : spec.type === 'o' ? 8 : 16;
      const digits = grouped(size.toString(radix), spec.grouping, 4);
      const prefix = spec.alternate ? `0${spec.type}` : '';
      return padded(spec.type === 'X' ? digits.toUpperCase() : digits, sign + prefix, spec, '>');
    }
    case 'c':
      if (spec.sign !== '-') throw new PyValueError("Sign not allowed with integer format specifier 'c'");
      return padded(characterOf(value), '', spec, '>');
    default:
      throw new PyValueError(`Unknown format code '${spec.type}' for object of type 'int'`);
  }
}

/** Thousands are those of decimal digits, and groups of other digits have an underscore between them. */
function refuseGrouping({ grouping, type }: Spec): void {
  const refused = grouping === ',' ? /^[boxXcn]$/ : /^[cn]$/;
  if (grouping !== '' && refused.test(type))
    throw new PyValueError(`Cannot specify '${grouping}' with '${type}'.`);
}

/** chr(), as formats use it. */
export function characterOf(code: number | bigint): string {
  const number = Number(code);
  if (number >= 0 && number <= 0x10ffff) return String.fromCodePoint(number);
  throw new PyArithmeticError('%c arg not in range(0x110000)', 'OverflowError');
}

/** `{:010,}` pads with grouped zeros. */
function zeroGrouped(digits: string, spec: Spec, sign: string): string {
  const made = grouped(digits, spec.grouping);
  if (spec.grouping === '' || spec.fill !== '0' || spec.align !== '=') return made;
  const [whole = '', ...rest] = digits.split('.');
  const tail = rest.length > 0 ? `.${rest.join('.')}` : '';
  const room = spec.width - tail.length - sign.length;
  // Of four characters three are digits; the first is never a separator.
  return grouped(whole.padStart(Math.ceil((3 * room + 1) / 4), '0'), spec.grouping) + tail;
}

export function formatFloat(value: number, spec: Spec): string {
  const negative = value < 0 || Object.is(value, -0);
  const size = Math.abs(value);
  const precision = spec.precision ?? 6;
  if (precision > 1000) throw new PyValueError('precision too big');
  let body: string;
  if (!['e', 'E', 'f', 'F', 'g', 'G', 'n', '%', ''].includes(spec.type))
    throw new PyValueError(`Unknown format code '${spec.type}' for object of type 'float'`);
  if (!Number.isFinite(size)) body = Number.isNaN(size) ? 'nan' : 'inf';
  else {
    switch (spec.type) {
      case 'e':
      case 'E':
        body = exponential(size, precision);
        break;
      case 'f':
      case 'F':
        body = fixed(size, precision);
        break;
      case '%':
        body = fixed(size * 100, precision);
        break;
      case 'g':
      case 'G':
      case 'n':
        body = general(size, precision, spec.alternate);
        break;
      case '':
        body = spec.precision === undefined ? floatRepr(size) : shortFloat(size, spec.precision);
        break;
      default:
        throw new PyValueError(`Unknown format code '${spec.type}' for object of type 'float'`);
    }
  }
  // `#` keeps the point, also where no digit follows it.
  if (spec.alternate && precision === 0) body = body.replace(/^\d+(?=e|$)/, '$&.');
  if (spec.type === 'E' || spec.type === 'G' || spec.type === 'F') body = body.toUpperCase();
  const isZero = spec.coerces && /^[0.]+(?:e|$)/i.test(body);
  const sign = signText(negative && !isZero, spec.sign);
  return padded(zeroGrouped(body, spec, sign) + (spec.type === '%' ? '%' : ''), sign, spec, '>');
}
