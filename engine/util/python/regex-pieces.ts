import { pythonSpace } from './white-space.ts';

/** What a part of a pattern does to the ways in which a text can be matched. */
export type Role =
  /** Takes one character, or none: a character, a class, an assertion. */
  | { readonly is: 'atom'; readonly literal?: string; readonly takes: 0 | 1 }
  /** Takes a text that was matched before. */
  | { readonly is: 'reference' }
  | { readonly is: 'open'; readonly looks: boolean }
  | { readonly is: 'close' }
  | { readonly is: 'or' }
  | { readonly is: 'repeat'; readonly min: number; readonly max: number }
  /** Means nothing of its own: a comment, or the `?` of a lazy quantifier. */
  | { readonly is: 'nothing' };

/** What a part of a pattern becomes, and how long that part is. */
export interface Piece {
  /** In JavaScript. */
  readonly text: string;
  /** In RE2; undefined for what cannot be matched in linear time. `text` where it is left out. */
  readonly linear?: string | undefined;
  readonly length: number;
  readonly role: Role;
  /** The part opens or closes a character class. */
  readonly inClass?: boolean;
  /** For which texts RE2 means something else by it. */
  readonly unless?: 'last newline' | 'not ASCII';
}

export interface ParsedPattern {
  /** With each character class as one piece. */
  readonly pieces: readonly Piece[];
  /** The letters of `(?ims)` at its beginning. */
  readonly flags: string;
}

interface Flags {
  readonly isMultiline: boolean;
  readonly isDotAll: boolean;
  /** White space and comments in the pattern mean nothing. */
  readonly isVerbose: boolean;
}

const one: Role = { is: 'atom', takes: 1 };
const none: Role = { is: 'atom', takes: 0 };
const nothing: Role = { is: 'nothing' };

/** What people write stays far below; an engine would fall over what is far above. */
const longest = 20_000;
const deepest = 100;

/** The parts of a pattern of Python's `re`. Throws SyntaxError in Python's words where Python cannot read it. */
export function parsePattern(pattern: string): ParsedPattern {
  if (pattern.length > longest) throw new SyntaxError(`the pattern is longer than ${longest} characters`);
  const leading = /^(?:\(\?([aiLmsux]+)\))+/.exec(pattern)?.[0] ?? '';
  const letters = new Set(leading.replace(/[()?]/g, ''));
  const flags: Flags = {
    isMultiline: letters.has('m'),
    isDotAll: letters.has('s'),
    isVerbose: letters.has('x'),
  };
  const pieces: Piece[] = [];
  let inside: Piece | undefined;
  for (let at = leading.length; at < pattern.length; ) {
    const piece = inside === undefined ? pieceAt(pattern, at, flags) : pieceOfClass(pattern, at);
    at += piece.length;
    if (inside === undefined && piece.inClass === true) inside = piece;
    else if (inside === undefined) pieces.push(afterQuantifier(piece, pieces.at(-1)));
    else {
      inside = joined(inside, piece);
      if (piece.inClass === false) {
        pieces.push(inside);
        inside = undefined;
      }
    }
  }
  if (inside !== undefined) throw new SyntaxError('unterminated character set');
  checkStructure(pieces);
  return { pieces, flags: [...letters].filter((letter) => 'ims'.includes(letter)).join('') };
}

/** What is wrong between the parts: groups that do not close, and repeats of nothing. */
function checkStructure(pieces: readonly Piece[]): void {
  let depth = 0;
  let before: Role | undefined;
  for (const { role } of pieces) {
    if (role.is === 'open') depth += 1;
    if (role.is === 'close') depth -= 1;
    if (depth < 0) throw new SyntaxError('unbalanced parenthesis');
    if (depth > deepest) throw new SyntaxError(`more than ${deepest} groups are inside of one another`);
    if (role.is === 'repeat') checkRepeat(role, before);
    if (role.is !== 'nothing') before = role;
  }
  if (depth > 0) throw new SyntaxError('missing ), unterminated subpattern');
}

function checkRepeat({ min, max }: Extract<Role, { is: 'repeat' }>, before: Role | undefined): void {
  if (min > max) throw new SyntaxError('min repeat greater than max repeat');
  if (before?.is === 'repeat') throw new SyntaxError('multiple repeat');
  // The beginning and the end of a text are nothing either.
  const isPlace = before?.is === 'atom' && before.takes === 0;
  if (before === undefined || before.is === 'open' || before.is === 'or' || isPlace)
    throw new SyntaxError('nothing to repeat');
}

function joined(a: Piece, b: Piece): Piece {
  const [left, right] = [linearOf(a), linearOf(b)];
  return {
    text: a.text + b.text,
    linear: left === undefined || right === undefined ? undefined : left + right,
    length: a.length + b.length,
    role: one,
  };
}

/** A piece in RE2. */
export function linearOf(piece: Piece): string | undefined {
  return 'linear' in piece ? piece.linear : piece.text;
}

/** A `?` behind a quantifier makes it lazy. */
function afterQuantifier(piece: Piece, before: Piece | undefined): Piece {
  return piece.text === '?' && before?.role.is === 'repeat' ? { ...piece, role: nothing } : piece;
}

function pieceOfClass(pattern: string, at: number): Piece {
  const character = characterAt(pattern, at);
  if (character === '\\') return escapeSequence(pattern, at, true);
  if (character === ']') return { text: ']', length: 1, role: one, inClass: false };
  return { text: character === '[' ? '\\[' : character, length: character.length, role: one };
}

function pieceAt(pattern: string, at: number, { isMultiline, isDotAll, isVerbose }: Flags): Piece {
  const character = characterAt(pattern, at);
  switch (character) {
    case '\\':
      return escapeSequence(pattern, at, false);
    case '[':
      return classStart(pattern, at);
    case '(':
      return group(pattern, at);
    case ')':
      return { text: ')', length: 1, role: { is: 'close' } };
    case '|':
      return { text: '|', length: 1, role: { is: 'or' } };
    case '*':
    case '+':
    case '?':
      return { text: character, length: 1, role: quantifiers[character] };
    case '{':
      return quantifier(pattern, at);
    case '.':
      return { text: isDotAll ? '.' : '[^\\n]', linear: '.', length: 1, role: one };
    case '^':
      return { text: isMultiline ? '(?<![^\\n])' : '^', linear: '^', length: 1, role: none };
    case '$':
      return isMultiline
        ? { text: '(?![^\\n])', linear: '$', length: 1, role: none }
        : { text: `(?=\\n?${end})`, linear: '\\z', length: 1, role: none, unless: 'last newline' };
    case '}':
    case ']':
      return { text: `\\${character}`, length: 1, role: literal(character) };
  }
  if (isVerbose && /\s/.test(character)) return { text: '', length: 1, role: nothing };
  if (isVerbose && character === '#')
    return { text: '', length: distanceTo('\n', pattern, at), role: nothing };
  return { text: character, length: character.length, role: literal(character) };
}

const end = '(?![\\s\\S])';

const quantifiers = {
  '*': { is: 'repeat', min: 0, max: Number.POSITIVE_INFINITY },
  '+': { is: 'repeat', min: 1, max: Number.POSITIVE_INFINITY },
  '?': { is: 'repeat', min: 0, max: 1 },
} as const;

const literal = (character: string): Role => ({ is: 'atom', literal: character, takes: 1 });

/** The first `]` of a class is a member of it. */
function classStart(pattern: string, at: number): Piece {
  const [written = '[', caret = '', bracket] = /^\[(\^)?(\])?/.exec(pattern.slice(at, at + 3)) ?? [];
  const text = `[${caret}${bracket === undefined ? '' : '\\]'}`;
  return { text, length: written.length, role: one, inClass: true };
}

function group(pattern: string, at: number): Piece {
  const [written = '(', kind] = /^\((?:\?(#|P<|P=|P|<[=!]?|[:=!])?)?/.exec(pattern.slice(at, at + 4)) ?? [];
  const open = { length: written.length, role: { is: 'open', looks: false } } as const;
  switch (kind) {
    case '#':
      return { text: '', length: distanceToEnd(pattern, at, 'comment'), role: nothing };
    case 'P<':
      return { ...open, ...name(pattern, at) };
    case 'P=': {
      const length = distanceToEnd(pattern, at, 'name');
      const text = `\\k<${pattern.slice(at + 4, at + length - 1)}>`;
      return { text, linear: undefined, length, role: { is: 'reference' } };
    }
    case 'P':
      throw new SyntaxError('unknown extension ?P');
    case '<':
      throw new SyntaxError(`unknown extension ?<${pattern[at + 3] ?? ''}`);
    case '=':
    case '!':
      return { text: written, linear: undefined, length: written.length, role: { is: 'open', looks: true } };
    case '<=':
    case '<!':
      return { text: written, length: written.length, role: { is: 'open', looks: true } };
    case ':':
      return { ...open, text: written };
    default:
      // V8 says what is wrong with a group that begins with another character.
      return { ...open, text: '(', length: 1 };
  }
}

function distanceToEnd(pattern: string, at: number, what: 'comment' | 'name'): number {
  const end = pattern.indexOf(')', at);
  if (end === -1) throw new SyntaxError(`missing ), unterminated ${what}`);
  return end + 1 - at;
}

/** The name of a group up to its `>`. */
function name(pattern: string, at: number): Pick<Piece, 'text' | 'linear' | 'length'> {
  const [written = ''] = /^[^>)]*>?/.exec(pattern.slice(at + 4)) ?? [];
  return { text: `(?<${written}`, linear: `(?P<${written}`, length: 4 + written.length };
}

/** A brace that begins no quantifier is itself. */
function quantifier(pattern: string, at: number): Piece {
  const [written = '{}', least, most] = /^\{(\d*)(?:,(\d*))?\}/.exec(pattern.slice(at)) ?? [];
  if (written === '{}' || written === '{,}') return { text: '\\{', length: 1, role: literal('{') };
  const min = Number(least || 0);
  const max = most === undefined ? min : most === '' ? Number.POSITIVE_INFINITY : Number(most);
  const text = written.startsWith('{,') ? `{0${written.slice(1)}` : written;
  return { text, length: written.length, role: { is: 'repeat', min, max } };
}

const word = String.raw`\p{L}\p{N}_`;

const isWord = `[${word}]`;
const [afterWord, beforeWord] = [`(?<=${isWord})`, `(?=${isWord})`];
const [notAfter, notBefore] = [`(?<!${isWord})`, `(?!${isWord})`];

type Written = Omit<Piece, 'length'>;

/** Escapes that mean something else in JavaScript, outside of a class. */
const outside: Readonly<Record<string, Written>> = {
  A: { text: '(?<![\\s\\S])', linear: '\\A', role: none },
  Z: { text: end, linear: '\\z', role: none },
  d: { text: '\\p{Nd}', role: one },
  D: { text: '\\P{Nd}', role: one },
  w: { text: isWord, role: one },
  W: { text: `[^${word}]`, role: one },
  s: { text: `[${pythonSpace}]`, role: one },
  S: { text: `[^${pythonSpace}]`, role: one },
  b: {
    text: `(?:${afterWord}${notBefore}|${notAfter}${beforeWord})`,
    linear: '\\b',
    role: none,
    unless: 'not ASCII',
  },
  B: {
    text: `(?:${afterWord}${beforeWord}|${notAfter}${notBefore})`,
    linear: '\\B',
    role: none,
    unless: 'not ASCII',
  },
  a: { text: '\\x07', role: literal('\x07') },
};
/** Of a class that is not one of its members there is no way to write it, in RE2 or in JavaScript. */
const insideClass: Readonly<Record<string, Written>> = {
  ...outside,
  w: { text: word, role: one },
  W: { text: '\\W', linear: undefined, role: one },
  s: { text: pythonSpace, role: one },
  S: { text: '\\S', linear: undefined, role: one },
  b: { text: '\\b', linear: '\\x08', role: one },
};

const hexDigits: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

function escapeSequence(pattern: string, at: number, inClass: boolean): Piece {
  const escaped = pattern[at + 1];
  if (escaped === undefined) throw new SyntaxError('bad escape (end of pattern)');
  const known = (inClass ? insideClass : outside)[escaped];
  if (known !== undefined) return { ...known, length: 2 };
  const hexLength = hexDigits[escaped];
  if (hexLength !== undefined) return hexEscape(pattern, at, hexLength);
  if ('nrtfv'.includes(escaped)) return { text: `\\${escaped}`, length: 2, role: one };
  if (/[1-9]/.test(escaped) && !inClass) {
    const digits = /^\d{1,2}/.exec(pattern.slice(at + 1))?.[0] ?? escaped;
    return {
      text: `(?:\\${digits})`,
      linear: undefined,
      length: 1 + digits.length,
      role: { is: 'reference' },
    };
  }
  if (/\d/.test(escaped)) {
    const octal = /^[0-7]{1,3}/.exec(pattern.slice(at + 1))?.[0] ?? '0';
    return { ...codePoint(Number.parseInt(octal, 8).toString(16)), length: 1 + octal.length };
  }
  if (/[A-Za-z]/.test(escaped)) throw new SyntaxError(`bad escape \\${escaped}`);
  const isSyntax = /[\^$\\.*+?()[\]{}|/]/.test(escaped) || (escaped === '-' && inClass);
  return { text: isSyntax ? `\\${escaped}` : escaped, length: 2, role: literal(escaped) };
}

function hexEscape(pattern: string, at: number, length: number): Piece {
  const hex = pattern.slice(at + 2, at + 2 + length);
  if (!/^[\da-fA-F]+$/.test(hex) || hex.length < length) {
    throw new SyntaxError(`incomplete escape ${pattern.slice(at, at + 2)}${hex}`);
  }
  return { ...codePoint(hex), length: 2 + length };
}

function codePoint(hex: string): Written {
  return { text: `\\u{${hex}}`, linear: `\\x{${hex}}`, role: one };
}

function characterAt(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at) ?? 0);
}

/** Characters up to and including the next `end`, or to the end of the text. */
function distanceTo(end: string, text: string, at: number): number {
  const found = text.indexOf(end, at);
  return (found === -1 ? text.length : found + 1) - at;
}
