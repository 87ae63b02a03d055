import { linearOf, type ParsedPattern } from './regex-pieces.ts';

/** Searches in time that is proportional to the text, whatever the pattern. */
export interface LinearRegex {
  /** Steps for each character of a text, at most. */
  readonly size: number;
  exec(text: string): RegExpExecArray | null;
  matchAll(text: string): Iterable<RegExpExecArray>;
}

/** RE2, loaded when a pattern needs it: few do, and it would be a tenth of a start. */
function re2(): typeof import('re2js').RE2JS {
  const loaded: typeof import('re2js') = require('re2js');
  return loaded.RE2JS;
}

/**
 * A pattern as RE2 matches it; undefined where RE2 has no such thing (what looks ahead, references to groups, counts above
 * a thousand). `isMatch`: at the beginning of the text only.
 */
export function linearRegex({ pieces, flags }: ParsedPattern, isMatch: boolean): LinearRegex | undefined {
  const parts = pieces.map(linearOf);
  if (parts.includes(undefined)) return undefined;
  const RE2 = re2();
  const source = `${flags === '' ? '' : `(?${flags})`}${parts.join('')}`;
  try {
    const regex = RE2.compile(isMatch ? `\\A(?:${source})` : source, RE2.LOOKBEHINDS);
    return {
      size: regex.programSize(),
      exec: (text) => found(regex.exec(text)),
      matchAll: (text) => matchesOf(regex.matchAll(text)),
    };
  } catch {
    return undefined;
  }
}

function* matchesOf(matches: Iterable<unknown>): Generator<RegExpExecArray> {
  for (const match of matches) {
    const each = found(match);
    if (each !== null) yield each;
  }
}

/** RE2 gives what JavaScript gives, under a wider type. */
function found(match: unknown): RegExpExecArray | null {
  return isMatchArray(match) ? match : null;
}

function isMatchArray(match: unknown): match is RegExpExecArray {
  return Array.isArray(match) && 'index' in match && 'groups' in match;
}
