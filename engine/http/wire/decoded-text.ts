import { isUtf8 } from 'node:buffer';

/** A text with the codes of URLs, HTML and JSON read once, and where each of its characters comes from. */
export interface DecodedText {
  readonly text: string;
  /** Where a part of the text stands in the one that was decoded. */
  original(start: number, end: number): readonly [start: number, end: number];
}

/** Deeper than that nothing is written inside of another. */
const deepest = 5;

/**
 * A character of a URL's bytes, a code of HTML, one of JSON, JavaScript or Python, or of bytes in octal; white space, which may be folded, escaped, or a plus
 * where a form was sent; backslashes that escape what follows.
 */
const code =
  /%[0-7][\da-f]|(?:%[c-f][\da-f])(?:%[89ab][\da-f]){1,3}|%u[\da-f]{4}|&(?:#\d{1,7}|#x[\da-f]{1,6}|amp|lt|gt|quot|apos);|\\+u[\da-f]{4}|\\+u\{[\da-f]{1,6}\}|(?:\\+x[\da-f]{2})+|(?:\\+[0-3][0-7]{2})+|(?:\\+[nrt]|[\s+])+|\\+/gi;

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function characterOf(point: number): string | undefined {
  return point <= 0x10ffff ? String.fromCodePoint(point) : undefined;
}

function textOfBytes(bytes: Buffer): string {
  return isUtf8(bytes) ? bytes.toString() : bytes.toString('latin1');
}

function meaningOf(found: string): string {
  switch (found[0]) {
    case '%':
      if (/^%u/i.test(found)) return String.fromCharCode(Number.parseInt(found.slice(2), 16));
      try {
        return decodeURIComponent(found);
      } catch {
        return found;
      }
    case '&': {
      const name = found.slice(1, -1).toLowerCase();
      if (!name.startsWith('#')) return entities[name] ?? found;
      const point = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
      return characterOf(point) ?? found;
    }
    case '\\':
      if (/^\\+u[\da-f]{4}$/i.test(found)) return String.fromCharCode(Number.parseInt(found.slice(-4), 16));
      if (/^\\+u\{/i.test(found))
        return characterOf(Number.parseInt(found.replace(/^\\+u\{/i, ''), 16)) ?? found;
      // Of bytes in Python, of characters in JavaScript: the text says itself which it is, where it goes beyond ASCII.
      if (/^\\+x/i.test(found)) return textOfBytes(Buffer.from(found.replace(/\\+x/gi, ''), 'hex'));
      if (/^\\+[0-3]/.test(found))
        return textOfBytes(
          Buffer.from(found.match(/[0-7]{3}/g)?.map((byte) => Number.parseInt(byte, 8)) ?? []),
        );
      return /^\\+$/.test(found) ? '' : ' ';
    default:
      return ' ';
  }
}

/** A text with each of these parts replaced by what it means. */
export function rewrite(value: string, parts: RegExp, meaning: (found: string) => string): DecodedText {
  // For each part: where its meaning begins and ends, and where it began and ended itself.
  const places: (readonly [start: number, end: number, from: number, to: number])[] = [];
  let text = '';
  let read = 0;
  for (const { 0: found, index } of value.matchAll(parts)) {
    const means = meaning(found);
    if (means === found) continue;
    text += value.slice(read, index);
    places.push([text.length, text.length + means.length, index, index + found.length]);
    text += means;
    read = index + found.length;
  }
  text += value.slice(read);

  /** The last part that begins at this place or before it. */
  function before(place: number): (typeof places)[number] | undefined {
    let [low, high] = [0, places.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((places[middle]?.[0] ?? 0) <= place) low = middle + 1;
      else high = middle;
    }
    return places[low - 1];
  }

  function place(at: number, side: 0 | 1): number {
    const last = before(at);
    if (last === undefined) return at + side;
    const [, end, from, to] = last;
    if (at < end) return side === 0 ? from : to;
    return to + (at - end) + side;
  }

  return { text, original: (start, end) => [place(start, 0), place(end - 1, 1)] };
}

/** What was made of a text that was made of another one, with places in that one. */
export function inside(outer: DecodedText, { text, original }: DecodedText): DecodedText {
  return { text, original: (start, end) => outer.original(...original(start, end)) };
}

/** The text as it is, then decoded again and again, until there is nothing to decode. */
export function* decodedTexts(value: string): Generator<DecodedText> {
  let last: DecodedText = { text: value, original: (start, end) => [start, end] };
  yield last;
  for (let depth = 0; depth < deepest; depth++) {
    const outer = last;
    const next = rewrite(outer.text, code, meaningOf);
    if (next.text === outer.text) return;
    last = inside(outer, next);
    yield last;
  }
}

/** What every writing of the text comes to. */
export function decodedWhole(value: string): string {
  let text = value;
  for (const each of decodedTexts(value)) text = each.text;
  return text.trim();
}
