import { isUtf8 } from 'node:buffer';
import { createPythonTextDecoder } from '../python/python-text-decoder.ts';
import { parseJson } from './parse-json.ts';

const isDigit = (byte: number | undefined) => byte !== undefined && byte >= 0x30 && byte <= 0x39;

/** The number of digits in the largest integer that a double holds exactly. */
const digitsInDoubt = 16;

/**
 * Does the JSON text hold an integer that a double cannot? Sixteen digits in a row cover every sixteenth byte at least
 * once, so only those are looked at; a number inside a string counts only where it looks like a value.
 */
export function hasBigInteger(bytes: Uint8Array): boolean {
  for (let at = digitsInDoubt - 1; at < bytes.length; at += digitsInDoubt) {
    if (!isDigit(bytes[at])) continue;
    let start = at;
    while (isDigit(bytes[start - 1])) start--;
    let end = at + 1;
    while (isDigit(bytes[end])) end++;
    if (end - start >= digitsInDoubt && isValue(bytes, start, end) && !isSafe(bytes, start, end)) return true;
    at += digitsInDoubt * Math.floor((end - 1 - at) / digitsInDoubt);
  }
  return false;
}

/** Between a colon, comma or bracket and the end of a value; white space around it is fine. */
function isValue(bytes: Uint8Array, start: number, end: number): boolean {
  const before = bytes[start - 1] === 0x2d ? bytes[start - 2] : bytes[start - 1];
  const after = bytes[end];
  return (
    (before === undefined || before === 0x3a || before === 0x2c || before === 0x5b || before <= 0x20) &&
    (after === undefined || after === 0x2c || after === 0x7d || after === 0x5d || after <= 0x20)
  );
}

function isSafe(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start > digitsInDoubt) return false;
  return Number.isSafeInteger(Number(String.fromCharCode(...bytes.subarray(start, end))));
}

/**
 * Parses a JSON text given in bytes; integers beyond 2^53 become bigints. `charset` is what the sender calls them, by its
 * Python name. Throws SyntaxError.
 */
export function parseJsonBytes(bytes: Uint8Array, charset?: string): unknown {
  const text = decodeJson(bytes, charset);
  if (hasBigInteger(bytes)) return parseJson(text);
  try {
    return JSON.parse(text);
  } catch {
    // It may still be JSON to Python.
    return parseJson(text);
  }
}

/** Were characters replaced by U+FFFD, because the bytes are neither UTF-8 nor what the sender calls them? */
export function isMisread(bytes: Uint8Array, charset?: string): boolean {
  return !isUtf8(bytes) && wideEncoding(bytes) === undefined && declaredText(bytes, charset) === undefined;
}

/**
 * RFC 8259 requires UTF-8 whatever the content type says. UTF-16 is recognised by its zero bytes; a byte order mark is
 * dropped. What is neither is in the encoding that it was declared to be in.
 */
function decodeJson(bytes: Uint8Array, charset: string | undefined): string {
  const wide = wideEncoding(bytes);
  if (wide !== undefined) return new TextDecoder(wide).decode(bytes);
  return (isUtf8(bytes) ? undefined : declaredText(bytes, charset)) ?? utf8.decode(bytes);
}

const utf8 = new TextDecoder();

function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes.length < 2) return undefined;
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] !== 0 && bytes[1] === 0)) return 'utf-16le';
  if ((bytes[0] === 0xfe && bytes[1] === 0xff) || (bytes[0] === 0 && bytes[1] !== 0)) return 'utf-16be';
  return undefined;
}

function declaredText(bytes: Uint8Array, charset: string | undefined): string | undefined {
  if (charset === undefined) return undefined;
  try {
    const decoder = createPythonTextDecoder(charset);
    return decoder.decode(bytes) + decoder.end();
  } catch {
    return undefined;
  }
}
