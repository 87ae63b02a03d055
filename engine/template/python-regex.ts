import { PythonError } from '../time/python-error.ts';
import { messageOf } from '../util/message-of.ts';

const cache = new Map<string, RegExp>();
const word = String.raw`\p{L}\p{N}_`;

function regexError(message: string): PythonError {
  return new PythonError(message, 'error');
}

/** A Python `re` pattern as a JavaScript one: named groups, \A \Z, inline flags, `$` before a last newline. */
export function pythonRegex(pattern: string): RegExp {
  const known = cache.get(pattern);
  if (known !== undefined) return known;
  let made: RegExp;
  try {
    made = translate(pattern);
  } catch (error) {
    if (error instanceof PythonError) throw error;
    throw regexError(messageOf(error));
  }
  if (cache.size > 1000) cache.clear();
  cache.set(pattern, made);
  return made;
}

function translate(pattern: string): RegExp {
  let flags = 'gu';
  let verbose = false;
  const leading = /^(?:\(\?([aiLmsux]+)\))+/.exec(pattern)?.[0] ?? '';
  for (const flag of leading.replace(/[()?]/g, '')) {
    if ('ims'.includes(flag) && !flags.includes(flag)) flags += flag;
    verbose ||= flag === 'x';
  }
  const multiline = flags.includes('m');
  let out = '';
  let inClass = false;
  for (let at = leading.length; at < pattern.length; at++) {
    const character = String.fromCodePoint(pattern.codePointAt(at) ?? 0);
    at += character.length - 1;
    if (character === '\\') {
      at += 1;
      const escaped = pattern[at];
      if (escaped === undefined) throw regexError('bad escape (end of pattern)');
      const [text, extra] = escapeOf(pattern, at, escaped, inClass);
      out += text;
      at += extra;
    } else if (inClass) {
      if (character === ']') inClass = false;
      out += character === '[' ? '\\[' : character;
    } else if (character === '[') {
      inClass = true;
      out += '[';
      if (pattern[at + 1] === '^') {
        out += '^';
        at += 1;
      }
      if (pattern[at + 1] === ']') {
        out += '\\]';
        at += 1;
      }
    } else if (character === '(' && pattern.startsWith('(?P', at)) {
      if (pattern[at + 3] === '<') {
        out += '(?<';
        at += 3;
      } else if (pattern[at + 3] === '=') {
        const end = pattern.indexOf(')', at);
        out += `\\k<${pattern.slice(at + 4, end)}>`;
        at = end;
      } else throw regexError('unknown extension ?P');
    } else if (character === '(' && pattern.startsWith('(?#', at)) {
      at = pattern.indexOf(')', at);
      if (at === -1) throw regexError('missing ), unterminated comment');
    } else if (character === '$') {
      out += multiline ? '$' : '(?=\\n?(?![\\s\\S]))';
    } else if (character === '{') {
      const quantifier = /^\{(\d*)(?:,(\d*))?\}/.exec(pattern.slice(at));
      if (quantifier === null || quantifier[0] === '{}' || quantifier[0] === '{,}') out += '\\{';
      else {
        out += quantifier[0].startsWith('{,') ? `{0${quantifier[0].slice(1)}` : quantifier[0];
        at += quantifier[0].length - 1;
      }
    } else if (character === '}' || character === ']') out += `\\${character}`;
    else if (verbose && /\s/.test(character)) out += '';
    else if (verbose && character === '#') {
      while (at < pattern.length && pattern[at] !== '\n') at += 1;
    } else out += character;
  }
  if (inClass) throw regexError('unterminated character set');
  return new RegExp(out, flags);
}

/** The translation of an escape, and how many characters after the escaped one it took. */
function escapeOf(pattern: string, at: number, escaped: string, inClass: boolean): readonly [string, number] {
  switch (escaped) {
    case 'A':
      return ['(?<![\\s\\S])', 0];
    case 'Z':
      return ['(?![\\s\\S])', 0];
    case 'd':
      return ['\\p{Nd}', 0];
    case 'D':
      return ['\\P{Nd}', 0];
    case 'w':
      return [inClass ? word : `[${word}]`, 0];
    case 'W':
      if (inClass) return ['\\W', 0];
      return [`[^${word}]`, 0];
    case 'b':
      if (inClass) return ['\\b', 0];
      return [`(?:(?<=[${word}])(?![${word}])|(?<![${word}])(?=[${word}]))`, 0];
    case 'B':
      return [`(?:(?<=[${word}])(?=[${word}])|(?<![${word}])(?![${word}]))`, 0];
    case 'a':
      return ['\\x07', 0];
    case 'x':
    case 'u':
    case 'U': {
      const length = escaped === 'x' ? 2 : escaped === 'u' ? 4 : 8;
      const hex = pattern.slice(at + 1, at + 1 + length);
      if (!/^[\da-fA-F]+$/.test(hex) || hex.length < length)
        throw regexError(`incomplete escape \\${escaped}${hex}`);
      return [`\\u{${hex}}`, length];
    }
    default:
  }
  if ('sSnrtfv'.includes(escaped)) return [`\\${escaped}`, 0];
  if (/[1-9]/.test(escaped) && !inClass) {
    const digits = /^\d{1,2}/.exec(pattern.slice(at))?.[0] ?? escaped;
    return [`(?:\\${digits})`, digits.length - 1];
  }
  if (/\d/.test(escaped)) {
    const octal = /^[0-7]{1,3}/.exec(pattern.slice(at))?.[0] ?? '0';
    return [`\\u{${Number.parseInt(octal, 8).toString(16)}}`, octal.length - 1];
  }
  if (/[A-Za-z]/.test(escaped)) throw regexError(`bad escape \\${escaped}`);
  if (/[\^$\\.*+?()[\]{}|/]/.test(escaped) || (escaped === '-' && inClass)) return [`\\${escaped}`, 0];
  return [escaped, 0];
}

const templateEscapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  f: '\f',
  v: '\v',
  b: '\b',
  '\\': '\\',
};

/** re.sub's replacement: \1, \g<1>, \g<name>, \n; `$1` is plain text. */
function replacement(template: string, match: RegExpExecArray): string {
  return template.replace(
    /\\(?:g<([^>]*)>|(0[0-7]{0,2}|[1-3][0-7]{2}|[1-9]\d?)|([\s\S])?)/g,
    (_whole, name: string | undefined, digits: string | undefined, character: string | undefined) => {
      if (name !== undefined) {
        if (/^\d+$/.test(name)) return group(match, Number(name));
        if (match.groups === undefined || !(name in match.groups))
          throw new PythonError(`unknown group name '${name}'`, 'IndexError');
        return match.groups[name] ?? '';
      }
      if (digits !== undefined) {
        if (digits.startsWith('0') || digits.length === 3)
          return String.fromCharCode(Number.parseInt(digits, 8));
        return group(match, Number(digits));
      }
      if (character === undefined) throw regexError('bad escape (end of pattern)');
      const simple = templateEscapes[character];
      if (simple !== undefined) return simple;
      if (/[A-Za-z]/.test(character)) throw regexError(`bad escape \\${character}`);
      return `\\${character}`;
    },
  );
}

function group(match: RegExpExecArray, index: number): string {
  if (index >= match.length) throw regexError(`invalid group reference ${index}`);
  return match[index] ?? '';
}

/** re.sub(pattern, template, text) */
export function regexReplace(text: string, pattern: string, template: string): string {
  let out = '';
  let from = 0;
  for (const match of text.matchAll(pythonRegex(pattern))) {
    out += text.slice(from, match.index) + replacement(template, match);
    from = match.index + match[0].length;
  }
  return out + text.slice(from);
}

/** re.search(pattern, text): all groups, group 0 first, or null. */
export function regexSearch(text: string, pattern: string): RegExpExecArray | null {
  const expression = pythonRegex(pattern);
  expression.lastIndex = 0;
  return expression.exec(text);
}
