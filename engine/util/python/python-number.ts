/** Numbers as Python's int() and float() read them out of text. */

/** Python refuses to read integers with more digits. */
const mostDigits = 4300;

/**
 * `int(text, base)`: digits of any script, underscores between them, white space around them, and for base 0 or their
 * own base the prefixes `0x`, `0o` and `0b`. Undefined where Python raises ValueError.
 */
export function parsePythonInteger(text: string, base = 10): bigint | undefined {
  const plain = asciiDigits(text).trim();
  const [, sign = '', prefix, body = ''] = /^([+-]?)(?:0([xXoObB])_?)?(.*)$/s.exec(plain) ?? [];
  const prefixBase = prefix === undefined ? undefined : { x: 16, o: 8, b: 2 }[prefix.toLowerCase()];
  // A prefix counts only in its own base: in base 16 "0b1" is three digits.
  const isPrefixed = prefixBase !== undefined && (base === 0 || base === prefixBase);
  const digits = isPrefixed ? body : plain.slice(sign.length);
  if (!/^[\da-zA-Z]+(?:_[\da-zA-Z]+)*$/.test(digits) || plain.length > mostDigits) return undefined;
  const value = magnitude(digits.replaceAll('_', ''), base === 0 ? (prefixBase ?? 10) : base);
  return value !== undefined && sign === '-' ? -value : value;
}

function magnitude(digits: string, base: number): bigint | undefined {
  if (base === 10) return /^\d+$/.test(digits) ? BigInt(digits) : undefined;
  let value = 0n;
  for (const character of digits) {
    const digit = Number.parseInt(character, 36);
    if (digit >= base) return undefined;
    value = value * BigInt(base) + BigInt(digit);
  }
  return value;
}

/** `float(text)`, NaN and infinities included. Undefined where Python raises ValueError. */
export function parsePythonFloat(text: string): number | undefined {
  const plain = asciiDigits(text)
    .trim()
    .replaceAll(/(?<=\d)_(?=\d)/g, '');
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(plain)) return Number(plain);
  const word = /^([+-]?)(inf|infinity|nan)$/i.exec(plain);
  if (word === null) return undefined;
  if (word[2]?.toLowerCase() === 'nan') return Number.NaN;
  return word[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/** The text with ASCII digits for those of any script: each script has its ten in a row. */
export function asciiDigits(text: string): string {
  if (!/\P{ASCII}/u.test(text)) return text;
  return text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    if (code < 128) return digit;
    let zero = code;
    while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
    return String((code - zero) % 10);
  });
}
