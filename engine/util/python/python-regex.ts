/** How a regex is used: `` tests and searches, `g` goes from match to match, `y` matches at the start only. */
export type RegexMode = '' | 'g' | 'y';

const cache = new Map<string, RegExp>();
const mostCached = 1000;

/**
 * A pattern of Python's `re` as a JavaScript one: named groups, `\A` and `\Z`, inline flags, `$` before a last newline,
 * Unicode classes. Throws SyntaxError in Python's words where Python cannot read it.
 */
export function pythonRegex(pattern: string, mode: RegexMode = ''): RegExp {
  const key = `${mode}/${pattern}`;
  let regex = cache.get(key);
  if (regex === undefined) {
    regex = translate(pattern, mode);
    if (cache.size >= mostCached) cache.clear();
    cache.set(key, regex);
  }
  regex.lastIndex = 0;
  return regex;
}

interface Flags {
  readonly isMultiline: boolean;
  /** White space and comments in the pattern mean nothing. */
  readonly isVerbose: boolean;
}

/** What a part of the pattern becomes, and how long that part is. */
interface Piece {
  readonly text: string;
  readonly length: number;
  /** The part opens or closes a character class. */
  readonly inClass?: boolean;
}

function translate(pattern: string, mode: RegexMode): RegExp {
  const leading = /^(?:\(\?([aiLmsux]+)\))+/.exec(pattern)?.[0] ?? '';
  const letters = new Set(leading.replace(/[()?]/g, ''));
  const flags: Flags = { isMultiline: letters.has('m'), isVerbose: letters.has('x') };
  let source = '';
  let inClass = false;
  for (let at = leading.length; at < pattern.length; ) {
    const piece: Piece = inClass ? pieceOfClass(pattern, at) : pieceAt(pattern, at, flags);
    source += piece.text;
    at += piece.length;
    inClass = piece.inClass ?? inClass;
  }
  if (inClass) throw new SyntaxError('unterminated character set');
  return new RegExp(source, `${mode}u${[...letters].filter((letter) => 'ims'.includes(letter)).join('')}`);
}

function pieceOfClass(pattern: string, at: number): Piece {
  const character = characterAt(pattern, at);
  if (character === '\\') return escapeSequence(pattern, at, true);
  if (character === ']') return { text: ']', length: 1, inClass: false };
  return { text: character === '[' ? '\\[' : character, length: character.length };
}

function pieceAt(pattern: string, at: number, { isMultiline, isVerbose }: Flags): Piece {
  const character = characterAt(pattern, at);
  switch (character) {
    case '\\':
      return escapeSequence(pattern, at, false);
    case '[':
      return classStart(pattern, at);
    case '(':
      return group(pattern, at);
    case '{':
      return quantifier(pattern, at);
    case '$':
      return { text: isMultiline ? '$' : '(?=\\n?(?![\\s\\S]))', length: 1 };
    case '}':
    case ']':
      return { text: `\\${character}`, length: 1 };
  }
  if (isVerbose && /\s/.test(character)) return { text: '', length: 1 };
  if (isVerbose && character === '#') return { text: '', length: distanceTo('\n', pattern, at) };
  return { text: character, length: character.length };
}

/** The first `]` of a class is a member of it. */
function classStart(pattern: string, at: number): Piece {
  const [written = '[', caret = '', bracket] = /^\[(\^)?(\])?/.exec(pattern.slice(at, at + 3)) ?? [];
  return { text: `[${caret}${bracket === undefined ? '' : '\\]'}`, length: written.length, inClass: true };
}

function group(pattern: string, at: number): Piece {
  if (pattern.startsWith('(?#', at)) {
    const end = pattern.indexOf(')', at);
    if (end === -1) throw new SyntaxError('missing ), unterminated comment');
    return { text: '', length: end + 1 - at };
  }
  if (!pattern.startsWith('(?P', at)) return { text: '(', length: 1 };
  if (pattern[at + 3] === '<') return { text: '(?<', length: 4 };
  if (pattern[at + 3] !== '=') throw new SyntaxError('unknown extension ?P');
  const end = pattern.indexOf(')', at);
  if (end === -1) throw new SyntaxError('missing ), unterminated name');
  return { text: `\\k<${pattern.slice(at + 4, end)}>`, length: end + 1 - at };
}

/** A brace that begins no quantifier is itself. */
function quantifier(pattern: string, at: number): Piece {
  const [written = '{}'] = /^\{(\d*)(?:,(\d*))?\}/.exec(pattern.slice(at)) ?? [];
  if (written === '{}' || written === '{,}') return { text: '\\{', length: 1 };
  return { text: written.startsWith('{,') ? `{0${written.slice(1)}` : written, length: written.length };
}

const word = String.raw`\p{L}\p{N}_`;

/** Escapes that mean something else in JavaScript, outside of a class. */
const outside: Readonly<Record<string, string>> = {
  A: '(?<![\\s\\S])',
  Z: '(?![\\s\\S])',
  d: '\\p{Nd}',
  D: '\\P{Nd}',
  w: `[${word}]`,
  W: `[^${word}]`,
  b: `(?:(?<=[${word}])(?![${word}])|(?<![${word}])(?=[${word}]))`,
  B: `(?:(?<=[${word}])(?=[${word}])|(?<![${word}])(?![${word}]))`,
  a: '\\x07',
};
const insideClass: Readonly<Record<string, string>> = { ...outside, w: word, W: '\\W', b: '\\b' };

const hexDigits: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

function escapeSequence(pattern: string, at: number, inClass: boolean): Piece {
  const escaped = pattern[at + 1];
  if (escaped === undefined) throw new SyntaxError('bad escape (end of pattern)');
  const known = (inClass ? insideClass : outside)[escaped];
  if (known !== undefined) return { text: known, length: 2 };
  const hexLength = hexDigits[escaped];
  if (hexLength !== undefined) return hexEscape(pattern, at, hexLength);
  if ('sSnrtfv'.includes(escaped)) return { text: `\\${escaped}`, length: 2 };
  if (/[1-9]/.test(escaped) && !inClass) {
    const digits = /^\d{1,2}/.exec(pattern.slice(at + 1))?.[0] ?? escaped;
    return { text: `(?:\\${digits})`, length: 1 + digits.length };
  }
  if (/\d/.test(escaped)) {
    const octal = /^[0-7]{1,3}/.exec(pattern.slice(at + 1))?.[0] ?? '0';
    return { text: `\\u{${Number.parseInt(octal, 8).toString(16)}}`, length: 1 + octal.length };
  }
  if (/[A-Za-z]/.test(escaped)) throw new SyntaxError(`bad escape \\${escaped}`);
  const isSyntax = /[\^$\\.*+?()[\]{}|/]/.test(escaped) || (escaped === '-' && inClass);
  return { text: isSyntax ? `\\${escaped}` : escaped, length: 2 };
}

function hexEscape(pattern: string, at: number, length: number): Piece {
  const hex = pattern.slice(at + 2, at + 2 + length);
  if (!/^[\da-fA-F]+$/.test(hex) || hex.length < length) {
    throw new SyntaxError(`incomplete escape ${pattern.slice(at, at + 2)}${hex}`);
  }
  return { text: `\\u{${hex}}`, length: 2 + length };
}

function characterAt(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at) ?? 0);
}

/** Characters up to and including the next `end`, or to the end of the text. */
function distanceTo(end: string, text: string, at: number): number {
  const found = text.indexOf(end, at);
  return (found === -1 ? text.length : found + 1) - at;
}
