import { PyValueError } from '../../time/python-error.ts';
import { pythonSpace } from '../../util/python/white-space.ts';
import { findLastText, findText, searchWork, splitText } from '../../util/text/find-text.ts';
import { comparedAtOnce } from '../values/budget.ts';
import type { Python } from '../values/python.ts';
import { codePoints, textLength } from '../values/text.ts';
import { PyTuple } from '../values/tuple.ts';

const space = new RegExp(`[${pythonSpace}]`);

export const isSpace = (character: string) => space.test(character);

/** Drops white space, or any of the characters, from one end of a text or from both. */
export function strip(text: string, characters?: string, side: 'left' | 'right' | 'both' = 'both'): string {
  const points = codePoints(text);
  let test = isSpace;
  if (characters !== undefined) {
    const set = new Set(codePoints(characters));
    test = (character) => set.has(character);
  }
  let from = 0;
  let to = points.length;
  while (side !== 'right' && from < to && test(points[from] ?? '')) from += 1;
  while (side !== 'left' && to > from && test(points[to - 1] ?? '')) to -= 1;
  return points.slice(from, to).join('');
}

/** The part of a text that find, count, startswith … look at. */
export interface Window {
  readonly part: string;
  /** Where it starts, in code points. */
  readonly start: number;
  /** False when it starts after its own end or that of the text: then nothing is found, not even the empty text. */
  readonly isValid: boolean;
}

export function windowOf(text: string, from: unknown, to: unknown, py: Python): Window {
  if ((from === undefined || from === null) && (to === undefined || to === null))
    return { part: text, start: 0, isValid: true };
  const points = codePoints(text);
  const clamp = (value: unknown, fallback: number) => {
    if (value === undefined || value === null) return fallback;
    // A bound may lie far beyond both ends of the text.
    const at = typeof value === 'bigint' ? Number(value) : py.index(value);
    return at < 0 ? Math.max(at + points.length, 0) : at;
  };
  const start = clamp(from, 0);
  const end = Math.min(clamp(to, points.length), points.length);
  const isValid = start <= points.length && start <= end;
  return { part: points.slice(start, end).join(''), start, isValid };
}

/** The first or the last place of a part, in code points of the whole text; -1 when there is none. */
export function find(window: Window, wanted: string, which: 'first' | 'last'): number {
  if (!window.isValid) return -1;
  const at = which === 'last' ? findLastText(window.part, wanted) : findText(window.part, wanted);
  return at === -1 ? -1 : window.start + textLength(window.part.slice(0, at));
}

export function index(window: Window, wanted: string, which: 'first' | 'last'): number {
  const at = find(window, wanted, which);
  if (at === -1) throw new PyValueError('substring not found');
  return at;
}

export function count({ part, isValid }: Window, wanted: string): number {
  if (!isValid) return 0;
  return wanted === '' ? textLength(part) + 1 : splitText(part, wanted).length - 1;
}

/** startswith and endswith; of several affixes one is enough. */
export function hasAffix(
  { part, isValid }: Window,
  affix: unknown,
  where: 'start' | 'end',
  py: Python,
): boolean {
  const test = (value: string) =>
    isValid && (where === 'end' ? part.endsWith(value) : part.startsWith(value));
  if (affix instanceof PyTuple) return affix.items.some((item) => test(py.text(item)));
  return test(py.text(affix, 'str or a tuple of str'));
}

/** The last piece keeps the outer white space on its far side. */
function splitSpace(text: string, limit: number, fromRight: boolean): string[] {
  const points = codePoints(text);
  const order = fromRight ? [...points].reverse() : points;
  const piece = (from: number, to: number) => {
    const part = order.slice(from, to);
    return (fromRight ? part.reverse() : part).join('');
  };
  const out: string[] = [];
  for (let at = 0; ; ) {
    while (at < order.length && isSpace(order[at] ?? '')) at += 1;
    if (at === order.length) break;
    const from = at;
    if (limit >= 0 && out.length === limit) {
      out.push(piece(from, order.length));
      break;
    }
    while (at < order.length && !isSpace(order[at] ?? '')) at += 1;
    out.push(piece(from, at));
  }
  return fromRight ? out.reverse() : out;
}

/** At a separator, or at white space; a limit below 0 is none. */
export function split(text: string, by: string | undefined, limit: number, fromRight: boolean): string[] {
  if (by === undefined) return splitSpace(text, limit, fromRight);
  if (by === '') throw new PyValueError('empty separator');
  const parts = splitText(text, by);
  if (limit < 0 || parts.length <= limit + 1) return parts;
  return fromRight
    ? [parts.slice(0, parts.length - limit).join(by), ...parts.slice(parts.length - limit)]
    : [...parts.slice(0, limit), parts.slice(limit).join(by)];
}

export function partition(text: string, by: string, last: boolean): PyTuple {
  if (by === '') throw new PyValueError('empty separator');
  const at = last ? findLastText(text, by) : findText(text, by);
  if (at === -1) return new PyTuple(last ? ['', '', text] : [text, '', '']);
  return new PyTuple([text.slice(0, at), by, text.slice(at + by.length)]);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: Python splits lines at these control characters
const lineEnds = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/g;

export function splitLines(text: string, keepEnds = false): string[] {
  const out: string[] = [];
  let from = 0;
  for (const match of text.matchAll(lineEnds)) {
    const end = match.index + match[0].length;
    out.push(text.slice(from, keepEnds ? end : match.index));
    from = end;
  }
  if (from < text.length) out.push(text.slice(from));
  return out;
}

export function replaceText(text: string, from: string, to: string, limit: number, py: Python): string {
  // Paid before it is made: a million places may each become a million characters.
  py.spend(searchWork(text, from) >> comparedAtOnce);
  const places = from === '' ? text.length + 1 : splitText(text, from).length - 1;
  py.spend((limit < 0 ? places : Math.min(places, limit)) * to.length);
  if (limit < 0) return from === '' ? text.replaceAll(from, () => to) : splitText(text, from).join(to);
  let left = limit;
  if (from === '') {
    const points = ['', ...codePoints(text)];
    return points.map((point, index) => point + (index < limit ? to : '')).join('');
  }
  return splitText(text, from).reduce((out, part) => {
    left -= 1;
    return out + (left >= 0 ? to : from) + part;
  });
}
