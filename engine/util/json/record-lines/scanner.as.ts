/**
 * Writes the records of a JSON document as lines without making objects of them. AssemblyScript; `npm run wasm` compiles it
 * into scanner-binary.ts.
 *
 * The document is checked as strictly as JSON.parse does, and what is written is what JSON.stringify would write: no white
 * space, escapes and numbers in their shortest form. Whatever is rare enough to be left to the ordinary way (a name that
 * comes twice or is an index, an escape inside of a name, very deep nesting) ends the scan with -1.
 */

import {
  backslash,
  closeBrace,
  closeBracket,
  colon,
  comma,
  isDigit,
  openBrace,
  openBracket,
  quote,
} from '../../wasm/json-bytes.as.ts';

/** The shortest text of a number that is not written as JavaScript writes it; puts it at `out`, returns its length. */
@external('host', 'numberText')
declare function numberText(start: usize, end: usize, out: usize): usize;

const deepest: i32 = 500;
const mostKeys: i32 = 4096;

/** Where the host writes what it asks for: two bytes of length, then the bytes. */
const head: usize = 4096;
const tail: usize = 12288;
const pathNames: usize = 16384;
const watchedNames: usize = 24576;
/** Hashes of the names of the objects around the current place, four bytes each. */
const keys: usize = 32768;

const wordNull: u32 = 0x6c6c756e;
const wordTrue: u32 = 0x65757274;
const wordAlse: u32 = 0x65736c61;

/** The place of the scan, and the end of the document, after which there are 16 zeros. */
let p: usize = 0;
let end: usize = 0;
let out: usize = 0;
let outEnd: usize = 0;
/** The beginning of what has been read and not written yet; 0 where nothing is to be written. */
let run: usize = 0;
let info: usize = 0;
let infoEnd: usize = 0;
let dropsNulls: bool = false;
let pathLength: i32 = 0;
let watchedCount: i32 = 0;
let keyCount: i32 = 0;
/** The name that was read last. */
let nameStart: usize = 0;
let nameEnd: usize = 0;
let recordCount: i32 = 0;
let listStart: usize = 0;
let listEnd: usize = 0;

export function startOfList(): usize {
  return listStart;
}

export function endOfList(): usize {
  return listEnd;
}

/** Where the written lines end. */
export function endOfLines(): usize {
  return out;
}

/**
 * Scans the document at `from`. Lines are written from `to` on, and from `table` on, four bytes each: where a record begins
 * and ends, then the same for each watched field, 0 where a record does not have it. Returns how many records there are; -1
 * when the document has to be read another way.
 */
export function scan(
  from: usize,
  length: usize,
  to: usize,
  toEnd: usize,
  table: usize,
  tableEnd: usize,
  pathNameCount: i32,
  watchedNameCount: i32,
  withoutNulls: bool,
): i32 {
  p = from;
  end = from + length;
  out = to;
  outEnd = toEnd;
  run = 0;
  info = table;
  infoEnd = tableEnd;
  pathLength = pathNameCount;
  watchedCount = watchedNameCount;
  dropsNulls = withoutNulls;
  keyCount = 0;
  recordCount = -1;
  space();
  if (!follow(0, pathNames)) return -1;
  space();
  return p == end ? recordCount : -1;
}

function flush(to: usize): void {
  memory.copy(out, run, to - run);
  out += to - run;
}

function space(): void {
  let byte = load<u8>(p);
  if (byte > 0x20) return;
  const from = p;
  while (byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09) byte = load<u8>(++p);
  if (run != 0 && p != from) {
    flush(from);
    run = p;
  }
}

/** Goes down the path to the list of records. */
function follow(level: i32, name: usize): bool {
  if (level == pathLength) return records();
  if (load<u8>(p) != openBrace) return false;
  p++;
  const keysBefore = keyCount;
  space();
  if (load<u8>(p) == closeBrace) return false;
  while (true) {
    if (!key(keysBefore)) return false;
    if (isName(name)) {
      if (!follow(level + 1, name + 2 + load<u16>(name))) return false;
    } else if (!value(level)) return false;
    space();
    const byte = load<u8>(p++);
    if (byte == closeBrace) break;
    if (byte != comma) return false;
    space();
  }
  keyCount = keysBefore;
  return true;
}

function records(): bool {
  if (load<u8>(p) != openBracket) return false;
  listStart = p++;
  recordCount = 0;
  space();
  if (load<u8>(p) == closeBracket) {
    listEnd = ++p;
    return true;
  }
  const headLength: usize = load<u16>(head);
  const tailLength: usize = load<u16>(tail);
  const entry: usize = 8 + 8 * watchedCount;
  while (true) {
    if (load<u8>(p) != openBrace) return false;
    // Nothing grows but for the head and the tail of a line, and rare numbers, which look for themselves.
    if (out + headLength + tailLength + (end - p) > outEnd || info + entry > infoEnd) return false;
    memory.copy(out, head + 2, headLength);
    out += headLength;
    memory.fill(info, 0, entry);
    store<u32>(info, p as u32);
    if (!record()) return false;
    store<u32>(info, p as u32, 4);
    info += entry;
    memory.copy(out, tail + 2, tailLength);
    out += tailLength;
    recordCount++;
    space();
    const byte = load<u8>(p++);
    if (byte == closeBracket) break;
    if (byte != comma) return false;
    space();
  }
  listEnd = p;
  return true;
}

/** An object that is written, without its fields that are null. */
function record(): bool {
  run = p++;
  const keysBefore = keyCount;
  let isFirst = true;
  // The end of the last field that stays, in the document and in what is written.
  let keptEnd = p;
  let keptOut = out + 1;
  space();
  if (load<u8>(p) == closeBrace) return endRecord(keysBefore);
  while (true) {
    if (run == 0) {
      if (!isFirst) store<u8>(out++, comma);
      run = p;
    }
    if (!key(keysBefore)) return false;
    if (dropsNulls && load<u32>(p) == wordNull) {
      p += 4;
      if (out < keptOut) flush(keptEnd);
      else out = keptOut;
      run = 0;
    } else {
      const watched = watchedEntry();
      const start = p;
      if (!value(1)) return false;
      if (watched != 0) {
        store<u32>(watched, start as u32);
        store<u32>(watched, p as u32, 4);
      }
      keptEnd = p;
      keptOut = out + (p - run);
      isFirst = false;
    }
    space();
    const byte = load<u8>(p);
    if (byte == closeBrace) return endRecord(keysBefore);
    if (byte != comma) return false;
    p++;
    space();
  }
}

function endRecord(keysBefore: i32): bool {
  if (run == 0) run = p;
  flush(++p);
  run = 0;
  keyCount = keysBefore;
  return true;
}

/** Where the place of the field that was named last is noted; 0 when nobody wants to know. */
function watchedEntry(): usize {
  let name = watchedNames;
  for (let index = 0; index < watchedCount; index++) {
    if (isName(name)) return info + 8 + 8 * index;
    name += 2 + load<u16>(name);
  }
  return 0;
}

function isName(name: usize): bool {
  const length: usize = load<u16>(name);
  return nameEnd - nameStart == length && memory.compare(nameStart, name + 2, length) == 0;
}

/** A name and its colon, up to the value. No name may come twice in an object, nor be an index, which JavaScript sorts. */
function key(keysBefore: i32): bool {
  if (load<u8>(p) != quote) return false;
  nameStart = ++p;
  const first = load<u8>(p);
  if ((first >= 0x30 && first <= 0x39) || first == 0x5f) {
    // "__proto__" is a name like others to JSON only.
    if (first != 0x5f || load<u8>(p + 1) == 0x5f) return false;
  }
  if (!toStop() || load<u8>(p) != quote) return false;
  nameEnd = p++;
  const hash = hashOf(nameStart, nameEnd);
  if (keyCount >= mostKeys) return false;
  const all = i32x4.splat(hash as i32);
  let index = keysBefore;
  for (; index + 4 <= keyCount; index += 4) {
    if (v128.any_true(i32x4.eq(v128.load(keys + 4 * index), all))) return false;
  }
  for (; index < keyCount; index++) if (load<u32>(keys + 4 * index) == hash) return false;
  store<u32>(keys + 4 * keyCount++, hash);
  space();
  if (load<u8>(p) != colon) return false;
  p++;
  space();
  return true;
}

function hashOf(from: usize, to: usize): u32 {
  let hash: u64 = (to - from) * 0x9e3779b97f4a7c15;
  let at = from;
  for (; at + 8 <= to; at += 8) hash = rotl(hash ^ load<u64>(at), 29) * 0xbf58476d1ce4e5b9;
  // The rest of the last eight bytes is not part of the name.
  if (at < to) hash = rotl(hash ^ (load<u64>(at) << (8 * (8 - (to - at)))), 29) * 0xbf58476d1ce4e5b9;
  return (hash ^ (hash >> 32)) as u32;
}

function value(depth: i32): bool {
  const byte = load<u8>(p);
  if (byte == quote) return string();
  if (byte == openBrace) return object(depth);
  if (byte == openBracket) return array(depth);
  if (byte == 0x2d || (byte >= 0x30 && byte <= 0x39)) return number();
  const word = load<u32>(p);
  if (word == wordNull || word == wordTrue) {
    p += 4;
    return true;
  }
  if (byte == 0x66 && load<u32>(p, 1) == wordAlse) {
    p += 5;
    return true;
  }
  return false;
}

function object(depth: i32): bool {
  if (depth >= deepest) return false;
  p++;
  const keysBefore = keyCount;
  space();
  if (load<u8>(p) == closeBrace) {
    p++;
    return true;
  }
  while (true) {
    if (!key(keysBefore) || !value(depth + 1)) return false;
    space();
    const byte = load<u8>(p++);
    if (byte == closeBrace) break;
    if (byte != comma) return false;
    space();
  }
  keyCount = keysBefore;
  return true;
}

function array(depth: i32): bool {
  if (depth >= deepest) return false;
  p++;
  space();
  if (load<u8>(p) == closeBracket) {
    p++;
    return true;
  }
  while (true) {
    if (!value(depth + 1)) return false;
    space();
    const byte = load<u8>(p++);
    if (byte == closeBracket) return true;
    if (byte != comma) return false;
    space();
  }
}

function string(): bool {
  p++;
  while (true) {
    if (!toStop()) return false;
    const byte = load<u8>(p);
    if (byte == quote) {
      p++;
      return true;
    }
    if (byte != backslash || !escape()) return false;
  }
}

/** To the next byte of a text that means something: a quote, a backslash, a control character. */
function toStop(): bool {
  while (true) {
    const block = v128.load(p);
    const stops = v128.or(
      v128.or(i8x16.eq(block, i8x16.splat(quote)), i8x16.eq(block, i8x16.splat(backslash))),
      i8x16.lt_u(block, i8x16.splat(0x20)),
    );
    const mask = i8x16.bitmask(stops);
    if (mask != 0) {
      p += ctz(mask);
      return p < end;
    }
    p += 16;
  }
}

function escape(): bool {
  const kind = load<u8>(p, 1);
  switch (kind) {
    case quote:
    case backslash:
    case 0x62: // b
    case 0x66: // f
    case 0x6e: // n
    case 0x72: // r
    case 0x74: // t
      p += 2;
      return true;
    case 0x2f: // A slash needs no escape.
      if (run != 0) {
        flush(p);
        run = p + 1;
      }
      p += 2;
      return true;
    case 0x75:
      return unicodeEscape();
    default:
      return false;
  }
}

function unicodeEscape(): bool {
  let code = hexadecimal(p + 2);
  if (code < 0) return false;
  let after = p + 6;
  if ((code & 0xfc00) == 0xd800 && load<u16>(after) == 0x755c) {
    const low = hexadecimal(after + 2);
    if (low >= 0 && (low & 0xfc00) == 0xdc00) {
      code = 0x10000 + ((code & 0x3ff) << 10) + (low & 0x3ff);
      after += 6;
    }
  }
  if (run != 0) {
    flush(p);
    put(code);
    run = after;
  }
  p = after;
  return true;
}

/** Four digits; -1 when they are none. */
function hexadecimal(at: usize): i32 {
  let code = 0;
  for (let index: usize = 0; index < 4; index++) {
    const byte = load<u8>(at + index);
    let digit: i32 = -1;
    if (byte >= 0x30 && byte <= 0x39) digit = byte - 0x30;
    else if (byte >= 0x61 && byte <= 0x66) digit = byte - 0x57;
    else if (byte >= 0x41 && byte <= 0x46) digit = byte - 0x37;
    if (digit < 0) return -1;
    code = (code << 4) | digit;
  }
  return code;
}

/** A character as JSON.stringify writes it. */
function put(code: i32): void {
  if (code < 0x20 || (code >= 0xd800 && code <= 0xdfff)) {
    const letter = shortEscape(code);
    if (letter != 0) {
      store<u16>(out, (letter << 8) | backslash);
      out += 2;
      return;
    }
    store<u16>(out, 0x755c);
    for (let index: usize = 0; index < 4; index++) {
      const digit = ((code >> (12 - 4 * (index as i32))) & 15) as u8;
      store<u8>(out + 2 + index, digit < 10 ? 0x30 + digit : 0x57 + digit);
    }
    out += 6;
  } else if (code < 0x80) {
    if (code == quote || code == backslash) store<u8>(out++, backslash);
    store<u8>(out++, code as u8);
  } else if (code < 0x800) {
    store<u8>(out, (0xc0 | (code >> 6)) as u8);
    store<u8>(out, (0x80 | (code & 63)) as u8, 1);
    out += 2;
  } else if (code < 0x10000) {
    store<u8>(out, (0xe0 | (code >> 12)) as u8);
    store<u8>(out, (0x80 | ((code >> 6) & 63)) as u8, 1);
    store<u8>(out, (0x80 | (code & 63)) as u8, 2);
    out += 3;
  } else {
    store<u8>(out, (0xf0 | (code >> 18)) as u8);
    store<u8>(out, (0x80 | ((code >> 12) & 63)) as u8, 1);
    store<u8>(out, (0x80 | ((code >> 6) & 63)) as u8, 2);
    store<u8>(out, (0x80 | (code & 63)) as u8, 3);
    out += 4;
  }
}

function shortEscape(code: i32): u16 {
  if (code == 8) return 0x62;
  if (code == 9) return 0x74;
  if (code == 10) return 0x6e;
  if (code == 12) return 0x66;
  return code == 13 ? 0x72 : 0;
}

/**
 * Whole numbers stay as they are, however long. So does a fraction of at most 15 digits that does not end in a zero: a
 * double gives them back.
 */
function number(): bool {
  const start = p;
  const isNegative = load<u8>(p) == 0x2d;
  if (isNegative) p++;
  const whole = p;
  const isZero = load<u8>(p) == 0x30;
  if (!isDigit(load<u8>(p))) return false;
  p++;
  if (isZero) {
    if (isDigit(load<u8>(p))) return false;
  } else while (isDigit(load<u8>(p))) p++;
  let isShortest = !(isNegative && isZero);
  if (load<u8>(p) == 0x2e) {
    const point = p++;
    while (isDigit(load<u8>(p))) p++;
    const digits = p - point - 1;
    if (digits == 0) return false;
    isShortest = load<u8>(p - 1) != 0x30 && point - whole + digits <= 15;
    // From 0.000001 on, JavaScript writes no exponent.
    if (isShortest && isZero) isShortest = load<u32>(point + 1) != 0x30303030 || load<u16>(point + 5) != 0x3030;
  }
  const exponent = load<u8>(p);
  if (exponent == 0x65 || exponent == 0x45) {
    p++;
    const sign = load<u8>(p);
    if (sign == 0x2b || sign == 0x2d) p++;
    if (!isDigit(load<u8>(p))) return false;
    while (isDigit(load<u8>(p))) p++;
    isShortest = false;
  }
  if (isShortest || run == 0) return true;
  flush(start);
  // What JavaScript writes of a double has at most 24 characters.
  if (out + 24 + load<u16>(tail) + (end - p) > outEnd) return false;
  out += numberText(start, p, out);
  run = p;
  return true;
}
