import { memoizeSync } from '../flow/memoize.ts';
import { type LinearRegex, linearRegex } from './linear-regex.ts';
import { type ParsedPattern, parsePattern } from './regex-pieces.ts';
import { compileSteps } from './regex-steps.ts';

/** `search` finds a pattern anywhere in a text, `match` at its beginning only. */
export type RegexMode = 'search' | 'match';

/**
 * A regular expression of a manifest. It never takes long: what JavaScript's own engine would try in too many ways is
 * matched by RE2, and what RE2 cannot match either is refused (RegexLimitError).
 */
export interface Regex {
  test(text: string): boolean;
  /** The first match with its groups, group 0 first. */
  exec(text: string): RegExpExecArray | null;
  matchAll(text: string): Iterable<RegExpExecArray>;
  /** How many steps of JavaScript's engine a search of a text takes at most, or as long as RE2 takes for it. */
  steps(text: string): number;
}

export class RegexLimitError extends Error {
  override readonly name = 'RegexLimitError';
}

/** Steps that JavaScript's engine makes in a millisecond, or less. */
const quick = 200_000;
/** What is allowed to a pattern that only JavaScript's engine can match: half a second's. */
const most = 50_000_000;
/** A step of RE2 takes as long as two of JavaScript's. */
const stepsOfLinear = 2;

const cache = new Map<string, Regex>();
/** Characters of all patterns that are kept. */
const mostCached = 100_000;
let cached = 0;

/** Whether a pattern is there already, so that to ask for it is no work. */
export function isCompiled(pattern: string): boolean {
  return cache.has(`search/${pattern}`);
}

/**
 * A pattern of Python's `re`: named groups, `\A` and `\Z`, inline flags, `$` before a last newline, Unicode classes.
 * Throws SyntaxError in Python's words where Python cannot read it.
 */
export function pythonRegex(pattern: string, mode: RegexMode = 'search'): Regex {
  const key = `${mode}/${pattern}`;
  let regex = cache.get(key);
  if (regex === undefined) {
    regex = compile(pattern, mode);
    cached += key.length;
    if (cached > mostCached) {
      cache.clear();
      cached = key.length;
    }
    cache.set(key, regex);
  }
  return regex;
}

/** Ranges, names and references are read by JavaScript's engine, whose words show a pattern that nobody wrote. */
function nativeOf(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, flags);
  } catch (cause) {
    throw new SyntaxError('a range, the name of a group or a reference in it cannot be read', { cause });
  }
}

function compile(pattern: string, mode: RegexMode): Regex {
  const parsed = parsePattern(pattern);
  const source = parsed.pieces.map(({ text }) => text).join('');
  const native = nativeOf(mode === 'match' ? `^(?:${source})` : source, `gu${parsed.flags.replace('m', '')}`);
  const steps = compileSteps(parsed);
  const linear = memoizeSync(() => linearRegex(parsed, mode === 'match'));
  const isAlike = likeness(parsed);
  let longestQuick = 0;

  /** RE2, for texts that JavaScript's engine may search for long. */
  function slowly(text: string): LinearRegex | undefined {
    if (text.length <= longestQuick) return undefined;
    const needed = steps(text.length);
    if (needed <= quick) {
      longestQuick = text.length;
      return undefined;
    }
    const made = isAlike(text) ? linear() : undefined;
    const regex = made !== undefined && made.size * text.length <= 2 * most ? made : undefined;
    if (regex === undefined && needed > most) {
      throw new RegexLimitError(
        `the pattern "${pattern}" may match a text of ${text.length} characters in too many ways to try them all, and looks around, refers to its own groups or counts too far to be matched without trying; write it without that, or without repetitions inside of or behind one another`,
      );
    }
    return regex;
  }

  return Object.freeze({
    test: (text: string) => exec(text) !== null,
    exec,
    matchAll(text: string) {
      native.lastIndex = 0;
      return slowly(text)?.matchAll(text) ?? text.matchAll(native);
    },
    steps(text: string) {
      const regex = slowly(text);
      return regex === undefined ? steps(text.length) : regex.size * text.length * stepsOfLinear;
    },
  });

  function exec(text: string): RegExpExecArray | null {
    const regex = slowly(text);
    if (regex !== undefined) return regex.exec(text);
    native.lastIndex = 0;
    return native.exec(text);
  }
}

/** Whether a text holds nothing that RE2 and Python see differently. */
function likeness({ pieces }: ParsedPattern): (text: string) => boolean {
  const differs = new Set(pieces.map((piece) => piece.unless));
  return (text) =>
    !(differs.has('last newline') && text.endsWith('\n')) &&
    // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII begins with them
    !(differs.has('not ASCII') && !/^[\x00-\x7f]*$/.test(text));
}
