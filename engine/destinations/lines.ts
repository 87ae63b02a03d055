import type { JsonObject } from '../util/json/json.ts';
import { parseJsonBytes } from '../util/json/parse-json-bytes.ts';

const lineFeed = 10;
const [comma, opening, closing] = [0x2c, 0x5b, 0x5d];

/** The records of lines of JSON, each with its line feed. They are parsed as one list, which is faster than one by one. */
export function recordsIn(lines: Uint8Array): readonly JsonObject[] {
  if (lines.length === 0) return [];
  const list = Buffer.alloc(lines.length + 1);
  list.set(lines, 1);
  // JSON has line feeds between values only: in texts they are escaped.
  for (let at = list.indexOf(lineFeed); at >= 0; at = list.indexOf(lineFeed, at + 1)) list[at] = comma;
  list[0] = opening;
  list[list.length - 1] = closing;
  return parseJsonBytes(list) as readonly JsonObject[];
}

/** Bytes of the longest line, its line feed included. */
export function longestLine(lines: Uint8Array): number {
  let longest = 0;
  let from = 0;
  for (let at = lines.indexOf(lineFeed); at >= 0; at = lines.indexOf(lineFeed, from)) {
    longest = Math.max(longest, at + 1 - from);
    from = at + 1;
  }
  return Math.max(longest, lines.length - from);
}
