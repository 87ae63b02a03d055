import { PythonError } from '../../time/python-error.ts';
import { isCompiled, pythonRegex, type Regex, RegexLimitError } from '../../util/python/python-regex.ts';
import { costs } from '../values/budget.ts';
import type { Python } from '../values/python.ts';

function regexError(message: string): PythonError {
  return new PythonError(message, 'error');
}

/** What a search costs in units of work, by the steps it may take and by the text that it reads. */
const unitsPerCharacter = 4;
const stepsPerUnit = 4;
/** Of few steps, as nearly all searches take, most are never made. */
const fewSteps = 200_000;
const fewPerUnit = 16;

function searching<T>(pattern: string, text: string, py: Python, search: (regex: Regex) => T): T {
  try {
    if (!isCompiled(pattern)) py.spend(pattern.length * costs.pattern);
    const regex = pythonRegex(pattern);
    const steps = regex.steps(text);
    py.spend(unitsPerCharacter * text.length + steps / (steps > fewSteps ? stepsPerUnit : fewPerUnit));
    return search(regex);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RegexLimitError) throw regexError(error.message);
    throw error;
  }
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
export function regexReplace(text: string, pattern: string, template: string, py: Python): string {
  return searching(pattern, text, py, (regex) => {
    let out = '';
    let from = 0;
    for (const match of regex.matchAll(text)) {
      const made = replacement(template, match);
      py.spend(template.length + made.length);
      out += text.slice(from, match.index) + made;
      from = match.index + match[0].length;
    }
    return out + text.slice(from);
  });
}

/** re.search(pattern, text): all groups, group 0 first, or null. */
export function regexSearch(text: string, pattern: string, py: Python): RegExpExecArray | null {
  return searching(pattern, text, py, (regex) => regex.exec(text));
}
