/**
 * Looks through lines of JSON for the kinds of values (kinds.ts) that each field of the records has. AssemblyScript;
 * `npm run wasm` compiles it into line-kinds-binary.ts.
 *
 * The lines are those that JSON.stringify writes: no white space, numbers in their shortest form. Of anything else it finds
 * out, or takes it for what it looks like; JSON that is none was refused before.
 */

import {
  backslash,
  closeBrace,
  colon,
  comma,
  isDigit,
  minus,
  openBrace,
  openBracket,
  plus,
  point,
  quote,
  zero,
} from '../../../util/wasm/json-bytes.as.ts';

/** The kind of a number that is not told by its look. */
@external('host', 'kindOfNumber')
declare function kindOfNumber(start: usize, end: usize): u32;

const boolean: u32 = 1;
const integer: u32 = 2;
const double: u32 = 32;
const text: u32 = 64;
const date: u32 = 128;
const datetime: u32 = 256;
const instant: u32 = 512;
const nested: u32 = 1024;

const lineFeed: u8 = 0x0a;

/**
 * What is known of each field, four bytes each: where its name begins and ends, its kinds where texts are no more than that,
 * and its kinds where they may be times.
 */
const fields: usize = 65536;
const fieldSize: usize = 16;
const mostFields: i32 = 1024;

/** The place of the survey, and the end of the lines, after which there are 16 zeros. */
let p: usize = 0;
let end: usize = 0;
let fieldCount: i32 = 0;
let lineCount: i32 = 0;
/** Of the field that is expected next: mostly they come in the same order. */
let expected: i32 = 0;
/** What the last value was. */
let asText: u32 = 0;
let asTime: u32 = 0;

export function startOfFields(): usize {
  return fields;
}

export function countOfLines(): i32 {
  return lineCount;
}

/** Returns how many fields there are; -1 where the lines have to be looked at another way. */
export function survey(from: usize, length: usize): i32 {
  p = from;
  end = from + length;
  fieldCount = 0;
  lineCount = 0;
  while (p < end) {
    if (!line()) return -1;
    lineCount++;
  }
  return p == end ? fieldCount : -1;
}

function line(): bool {
  if (load<u8>(p++) != openBrace) return false;
  expected = 0;
  if (load<u8>(p) == closeBrace) return load<u8>(++p) == lineFeed && ++p <= end;
  while (true) {
    if (load<u8>(p++) != quote) return false;
    const nameStart = p;
    if (!string()) return false;
    const field = fieldOf(nameStart, p - 1);
    if (field == 0 || load<u8>(p++) != colon || !value()) return false;
    store<u32>(field, load<u32>(field, 8) | asText, 8);
    store<u32>(field, load<u32>(field, 12) | asTime, 12);
    const byte = load<u8>(p++);
    if (byte == closeBrace) return load<u8>(p++) == lineFeed && p <= end;
    if (byte != comma) return false;
  }
}

/** What is known of the field of this name; 0 when there are too many. */
function fieldOf(start: usize, stop: usize): usize {
  const length = stop - start;
  for (let index = expected; index < fieldCount; index++) if (isCalled(index, start, length)) return found(index);
  for (let index = 0; index < expected; index++) if (isCalled(index, start, length)) return found(index);
  if (fieldCount == mostFields) return 0;
  const added = found(fieldCount++);
  store<u32>(added, start as u32);
  store<u32>(added, stop as u32, 4);
  store<u64>(added, 0, 8);
  return added;
}

function isCalled(index: i32, start: usize, length: usize): bool {
  const field = fields + fieldSize * index;
  const name: usize = load<u32>(field);
  const nameEnd: usize = load<u32>(field, 4);
  return nameEnd - name == length && memory.compare(name, start, length) == 0;
}

function found(index: i32): usize {
  expected = index + 1;
  return fields + fieldSize * index;
}

function value(): bool {
  const byte = load<u8>(p);
  if (byte == quote) return textValue();
  if (byte == openBrace || byte == openBracket) return is(nested) && skipNested();
  if (byte == minus || isDigit(byte)) return number();
  if (byte == 0x6e) return is(0) && skip(4); // null
  if (byte == 0x74) return is(boolean) && skip(4); // true
  return byte == 0x66 && is(boolean) && skip(5); // false
}

function is(kind: u32): bool {
  asText = kind;
  asTime = kind;
  return true;
}

function skip(length: usize): bool {
  p += length;
  return p < end;
}

function textValue(): bool {
  const start = ++p;
  if (!string()) return false;
  asText = text;
  asTime = kindOfText(start, p - 1);
  return true;
}

/** To behind the quote that ends a text. */
function string(): bool {
  while (true) {
    const block = v128.load(p);
    const mask = i8x16.bitmask(v128.or(i8x16.eq(block, i8x16.splat(quote)), i8x16.eq(block, i8x16.splat(backslash))));
    if (mask == 0) {
      p += 16;
      if (p >= end) return false;
      continue;
    }
    p += ctz(mask);
    if (p >= end) return false;
    if (load<u8>(p) == quote) {
      p++;
      return true;
    }
    p += 2;
  }
}

/** To behind the bracket that ends an object or a list. */
function skipNested(): bool {
  let depth = 0;
  while (p < end) {
    const block = v128.load(p);
    // This bit is all that tells brackets from braces.
    const folded = v128.or(block, i8x16.splat(0x20));
    const stops = v128.or(
      i8x16.eq(block, i8x16.splat(quote)),
      v128.or(i8x16.eq(folded, i8x16.splat(openBrace)), i8x16.eq(folded, i8x16.splat(closeBrace))),
    );
    const mask = i8x16.bitmask(stops);
    if (mask == 0) {
      p += 16;
      continue;
    }
    p += ctz(mask);
    const byte = load<u8>(p++);
    if (byte == quote) {
      if (!string()) return false;
    } else if ((byte | 0x20) == openBrace) depth++;
    else if (--depth == 0) return p < end;
  }
  return false;
}

/** Of fifteen digits every whole number is exact, and no fraction is lost. */
function number(): bool {
  const start = p;
  if (load<u8>(p) == minus) p++;
  const digits = p;
  while (isDigit(load<u8>(p))) p++;
  let kind = integer;
  if (load<u8>(p) == point) {
    p++;
    while (isDigit(load<u8>(p))) p++;
    // Of a zero there the text is not the shortest one.
    kind = load<u8>(p - 1) == zero ? 0 : double;
  }
  const isPlain = p - digits <= 15 && (load<u8>(p) | 0x20) != 0x65;
  if (isPlain && kind != 0) return is(kind);
  while (isOfNumber(load<u8>(p))) p++;
  return is(kindOfNumber(start, p)) && p < end;
}

function isOfNumber(byte: u8): bool {
  return isDigit(byte) || (byte | 0x20) == 0x65 || byte == plus || byte == minus || byte == point;
}

/** As timeKindOf in kinds.ts says. */
function kindOfText(start: usize, stop: usize): u32 {
  const length = stop - start;
  if (length < 10 || load<u8>(start, 4) != minus || load<u8>(start, 7) != minus) return text;
  const year = 100 * twoDigits(start) + twoDigits(start + 2);
  const month = twoDigits(start + 5);
  const day = twoDigits(start + 8);
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysOf(month, year)) return text;
  if (twoDigits(start) < 0 || twoDigits(start + 2) < 0) return text;
  if (length == 10) return date;
  const separator = load<u8>(start, 10);
  if (separator != 0x54 && separator != 0x20) return text;
  const offset = toOffset(start + 11, stop);
  if (offset == 0) return text;
  if (offset == stop) return datetime;
  if (load<u8>(offset) == 0x5a) return offset + 1 == stop ? instant : text;
  if (!isOffset(offset, stop)) return text;
  // In UTC it would lie in a year that has other digits.
  const isAtEdge = (year == 1 && month == 1 && day == 1) || (year == 9999 && month == 12 && day == 31);
  return isAtEdge ? text : instant;
}

/** -1000 where there are no two digits, so that no sum with it is a year. */
function twoDigits(at: usize): i32 {
  const tens = load<u8>(at);
  const ones = load<u8>(at, 1);
  return isDigit(tens) && isDigit(ones) ? 10 * (tens - zero) + (ones - zero) : -1000;
}

function daysOf(month: i32, year: i32): i32 {
  if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/** Where the time of day at `at` ends; 0 when there is none. */
function toOffset(at: usize, stop: usize): usize {
  if (stop < at + 5 || load<u8>(at, 2) != colon) return 0;
  if (!isWithin(at, 23) || !isWithin(at + 3, 59)) return 0;
  at += 5;
  if (at == stop || load<u8>(at) != colon) return at;
  if (stop < at + 3 || !isWithin(at + 1, 59)) return 0;
  at += 3;
  if (at == stop || load<u8>(at) != point) return at;
  const fraction = ++at;
  while (at < stop && isDigit(load<u8>(at))) at++;
  return at == fraction || at > fraction + 6 ? 0 : at;
}

function isWithin(at: usize, most: i32): bool {
  const number = twoDigits(at);
  return number >= 0 && number <= most;
}

/** +02, +02:00 or +0200, up to the end. */
function isOffset(at: usize, stop: usize): bool {
  const sign = load<u8>(at);
  if ((sign != plus && sign != minus) || stop < at + 3 || !isWithin(at + 1, 14)) return false;
  at += 3;
  if (at == stop) return true;
  if (load<u8>(at) == colon) at++;
  return stop == at + 2 && isWithin(at, 59);
}
