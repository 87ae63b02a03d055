import { PyDate, PyDateTime, PyTimezone } from '../time/datetime.ts';
import { PyDuration } from '../time/duration.ts';
import { PyTypeError, PyValueError } from '../time/python-error.ts';
import { PyTime } from '../time/time-of-day.ts';
import { PyTimedelta } from '../time/timedelta.ts';
import { dictEntries, isDict } from './python-dict.ts';
import { PyMapping } from './python-mappings.ts';
import {
  PyBytes,
  PyComplex,
  PyDecimal,
  PyEllipsis,
  PyFloat,
  PyFunction,
  PyIterator,
  PyMarkup,
  PyNamedTuple,
  PyNamespace,
  PyObject,
  PySet,
  PyTuple,
  PyView,
  Undefined,
} from './python-types.ts';

/** str(value) */
export function pyStr(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof PyMarkup) return value.text;
  if (value instanceof Undefined) return '';
  if (value instanceof PyDateTime || value instanceof PyDate || value instanceof PyTime)
    return value.toString();
  if (value instanceof PyTimedelta || value instanceof PyDuration) return value.toString();
  if (value instanceof PyDecimal) return value.text;
  if (value instanceof PyTimezone) return value.label;
  return pyRepr(value);
}

/** repr(value) */
export function pyRepr(value: unknown): string {
  return represent(value, []);
}

/** ascii(value) */
export function pyAscii(value: unknown): string {
  return [...pyRepr(value)]
    .map((character) => ((character.codePointAt(0) ?? 0) < 128 ? character : hexEscape(character)))
    .join('');
}

function represent(value: unknown, outer: readonly unknown[]): string {
  switch (typeof value) {
    case 'string':
      return stringRepr(value);
    case 'number':
      return Number.isInteger(value) ? integerText(value) : floatRepr(value);
    case 'bigint':
      return bigText(value);
    case 'boolean':
      return value ? 'True' : 'False';
    case 'undefined':
      return 'None';
    default:
  }
  if (value === null) return 'None';
  if (value instanceof PyFloat) return floatRepr(value.value);
  if (outer.length > 900) throw new PyTypeError('maximum recursion depth exceeded');
  if (outer.includes(value)) return Array.isArray(value) ? '[...]' : '{...}';
  const inner = [...outer, value];
  const each = (item: unknown) => represent(item, inner);
  if (Array.isArray(value)) return `[${value.map(each).join(', ')}]`;
  if (value instanceof PyMapping) return represent(value.data(), outer);
  if (isDict(value)) {
    return `{${dictEntries(value)
      .map(([key, item]) => `${each(key)}: ${each(item)}`)
      .join(', ')}}`;
  }
  if (value instanceof PyNamedTuple)
    return `${value.kind}(${value.names.map((name, index) => `${name}=${each(value.items[index])}`).join(', ')})`;
  if (value instanceof PyTuple) return tupleRepr(value.items.map(each));
  if (value instanceof PySet) {
    return value.members.size === 0 ? 'set()' : `{${[...value.members.values()].map(each).join(', ')}}`;
  }
  if (value instanceof PyView) return `${value.kind}([${value.read().map(each).join(', ')}])`;
  return plainRepr(value);
}

function tupleRepr(items: readonly string[]): string {
  return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`;
}

function plainRepr(value: unknown): string {
  if (value instanceof Undefined) return 'Undefined';
  if (value instanceof PyDateTime || value instanceof PyDate || value instanceof PyTimedelta) {
    return value.repr();
  }
  if (value instanceof PyDuration || value instanceof PyTime) return value.repr();
  if (value instanceof PyTimezone) return value.repr;
  if (value instanceof PyMarkup) return `Markup(${stringRepr(value.text)})`;
  if (value instanceof PyBytes) return bytesRepr(value.bytes);
  if (value instanceof PyEllipsis) return value.shown;
  if (value instanceof PyComplex) return complexRepr(value);
  if (value instanceof PyDecimal) return `Decimal('${value.text}')`;
  if (value instanceof PyFunction || value instanceof PyObject) return value.shown;
  if (value instanceof PyIterator) return `<${value.kind} object>`;
  if (value instanceof PyNamespace) {
    return `<Namespace {${[...value.fields].map(([key, item]) => `${stringRepr(key)}: ${pyRepr(item)}`).join(', ')}}>`;
  }
  return '<object>';
}

function integerText(value: number): string {
  return Number.isSafeInteger(value) ? String(value + 0) : bigText(BigInt(value));
}

/** Python refuses to print (and to read) integers beyond 4300 digits. */
export function bigText(value: bigint): string {
  const text = value.toString();
  if (text.length > 4301 || (text.length === 4301 && value > 0n)) {
    throw new PyValueError('Exceeds the limit (4300 digits) for integer string conversion');
  }
  return text;
}

/** repr(float): the shortest digits that read back as the same number, with an exponent below 1e-4 and from 1e16 on. */
export function floatRepr(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (value === Number.POSITIVE_INFINITY) return 'inf';
  if (value === Number.NEGATIVE_INFINITY) return '-inf';
  if (Object.is(value, -0)) return '-0.0';
  const [mantissa = '0', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) {
    const size = String(Math.abs(exponent)).padStart(2, '0');
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${size}`;
  }
  if (Number.isInteger(value)) return `${BigInt(value)}.0`;
  const text = String(value);
  if (!text.includes('e')) return text;
  const digits = mantissa.replace(/[-.]/g, '');
  return `${value < 0 ? '-' : ''}0.${'0'.repeat(-exponent - 1)}${digits}`;
}

function complexRepr({ real, imaginary }: PyComplex): string {
  const part = (value: number) => floatRepr(value).replace(/\.0$/, '');
  const sign = imaginary < 0 || Object.is(imaginary, -0) ? '' : '+';
  return Object.is(real, 0) ? `${part(imaginary)}j` : `(${part(real)}${sign}${part(imaginary)}j)`;
}

const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' };
const plainText = /^[ !#-&(-[\]-~]*$/;

/** What str.isprintable() says no to: controls, separators (except the space), surrogates, unassigned characters. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Zs}]/u;

function stringRepr(text: string): string {
  if (plainText.test(text)) return `'${text}'`;
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = quote;
  for (const character of text) {
    const known = escapes[character];
    if (known !== undefined) out += known;
    else if (character === quote) out += `\\${quote}`;
    else if (character !== ' ' && unprintable.test(character)) out += hexEscape(character);
    else out += character;
  }
  return out + quote;
}

function hexEscape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

function bytesRepr(bytes: Uint8Array): string {
  const hasSingle = bytes.includes(39);
  const quote = hasSingle && !bytes.includes(34) ? '"' : "'";
  let out = '';
  for (const byte of bytes) {
    const character = String.fromCharCode(byte);
    const known = escapes[character];
    if (known !== undefined) out += known;
    else if (character === quote) out += `\\${quote}`;
    else if (byte < 32 || byte > 126) out += `\\x${byte.toString(16).padStart(2, '0')}`;
    else out += character;
  }
  return `b${quote}${out}${quote}`;
}
