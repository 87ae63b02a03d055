/**
 * Where a text stands in another, in time that grows with their lengths only. JavaScript's own search compares a part
 * again and again where nearly all of it fits at nearly every place, which takes minutes when both are long.
 */

/** JavaScript's own search is quick enough for parts up to this. */
const short = 64;

/** How much work it is to look for a part, in characters that are looked at, at most. */
export function searchWork(text: string, part: string): number {
  return text.length * Math.min(part.length, short);
}

/** The first place from `from` on; -1 where there is none. */
export function findText(text: string, part: string, from = 0): number {
  if (part.length <= short || part.length > text.length - from) return text.indexOf(part, from);
  const starts = restarts(part, (at) => part.charCodeAt(at));
  let matched = 0;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    while (matched > 0 && part.charCodeAt(matched) !== code) matched = starts[matched - 1] as number;
    if (part.charCodeAt(matched) === code) matched += 1;
    if (matched === part.length) return at - matched + 1;
  }
  return -1;
}

/** The last place; -1 where there is none. */
export function findLastText(text: string, part: string): number {
  if (part.length <= short || part.length > text.length) return text.lastIndexOf(part);
  // As from the front, seen from behind.
  const fromBehind = (at: number) => part.charCodeAt(part.length - 1 - at);
  const starts = restarts(part, fromBehind);
  let matched = 0;
  for (let at = text.length - 1; at >= 0; at--) {
    const code = text.charCodeAt(at);
    while (matched > 0 && fromBehind(matched) !== code) matched = starts[matched - 1] as number;
    if (fromBehind(matched) === code) matched += 1;
    if (matched === part.length) return at;
  }
  return -1;
}

/** All places that do not overlap, the first first. */
function* placesOfText(text: string, part: string): Generator<number> {
  for (let at = findText(text, part); at >= 0; at = findText(text, part, at + part.length)) yield at;
}

/** text.split(part) */
export function splitText(text: string, part: string): string[] {
  if (part.length <= short) return text.split(part);
  const pieces: string[] = [];
  let from = 0;
  for (const at of placesOfText(text, part)) {
    pieces.push(text.slice(from, at));
    from = at + part.length;
  }
  pieces.push(text.slice(from));
  return pieces;
}

/** For each beginning of a part, how much of it is also its end: what still fits when the next character does not (Knuth, Morris, Pratt). */
function restarts(part: string, codeAt: (at: number) => number): Int32Array {
  const starts = new Int32Array(part.length);
  let length = 0;
  for (let at = 1; at < part.length; at++) {
    while (length > 0 && codeAt(at) !== codeAt(length)) length = starts[length - 1] as number;
    if (codeAt(at) === codeAt(length)) length += 1;
    starts[at] = length;
  }
  return starts;
}
