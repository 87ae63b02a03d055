import { PyArithmeticError, PyTypeError } from '../../time/python-error.ts';

/** Text that counts as HTML-safe: what is added to it is escaped. */
export class PyMarkup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toString(): string {
    return this.text;
  }
}

/** Python text: plain or Markup. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return value instanceof PyMarkup ? value.text : undefined;
}

/** Text, or a TypeError in which the type of the value is called `typeName`. */
export function needText(value: unknown, wanted: string, typeName: () => string): string {
  const text = textOf(value);
  if (text !== undefined) return text;
  throw new PyTypeError(`must be ${wanted}, not ${typeName()}`);
}

const surrogate = /[\ud800-\udfff]/;

/** Python counts code points. */
export function textLength(text: string): number {
  return surrogate.test(text) ? [...text].length : text.length;
}

export function codePoints(text: string): readonly string[] {
  return surrogate.test(text) ? [...text] : text.split('');
}

/** By code points: UTF-16 order differs only where surrogates meet. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  if (!surrogate.test(a) && !surrogate.test(b)) return a < b ? -1 : 1;
  const [left, right] = [[...a], [...b]];
  for (let index = 0; index < left.length && index < right.length; index++) {
    const difference = (left[index]?.codePointAt(0) ?? 0) - (right[index]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** What a repetition or a sum may grow to. */
const longest = 10_000_000;

export function addTexts(a: string, b: string): string {
  if (a.length + b.length > longest)
    throw new PyArithmeticError('the text would grow too long', 'OverflowError');
  return a + b;
}

/** How often something is repeated by a whole number; throws OverflowError where the result would be too long. */
export function repetitions(length: number, count: number | bigint | boolean): number {
  if (length === 0) return 0;
  const times = Math.max(Number(count), 0);
  if (length * times > longest)
    throw new PyArithmeticError('the result would grow too long', 'OverflowError');
  return times;
}

const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' };
const plainText = /^[ !#-&(-[\]-~]*$/;

/** What str.isprintable() says no to: controls, separators (except the space), surrogates, unassigned characters. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Zs}]/u;

/** repr(str) */
export function stringRepr(text: string): string {
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

/** What ascii() makes of a repr. */
export function toAscii(repr: string): string {
  return [...repr]
    .map((character) => ((character.codePointAt(0) ?? 0) < 128 ? character : hexEscape(character)))
    .join('');
}

/** repr(bytes) */
export function bytesRepr(bytes: Uint8Array): string {
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
