/** The bytes of JSON that the scanners look for. */

export const quote: u8 = 0x22;
export const plus: u8 = 0x2b;
export const comma: u8 = 0x2c;
export const minus: u8 = 0x2d;
export const point: u8 = 0x2e;
export const zero: u8 = 0x30;
export const nine: u8 = 0x39;
export const colon: u8 = 0x3a;
export const openBracket: u8 = 0x5b;
export const backslash: u8 = 0x5c;
export const closeBracket: u8 = 0x5d;
export const openBrace: u8 = 0x7b;
export const closeBrace: u8 = 0x7d;

export function isDigit(byte: u8): bool {
  return byte >= zero && byte <= nine;
}
