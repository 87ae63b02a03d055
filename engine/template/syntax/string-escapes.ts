const simple: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\n': '',
};

/** A few of Unicode's names; the whole table is not worth its size. */
const named: Readonly<Record<string, string>> = {
  BULLET: '•',
  'EM DASH': '—',
  'EN DASH': '–',
  'NO-BREAK SPACE': '\u00a0',
  'EURO SIGN': '€',
  'DEGREE SIGN': '°',
  SNOWMAN: '☃',
  SPACE: ' ',
  COMMA: ',',
  'LATIN SMALL LETTER E WITH ACUTE': 'é',
  'GREEK SMALL LETTER ALPHA': 'α',
  'GREEK SMALL LETTER MU': 'μ',
  'HORIZONTAL ELLIPSIS': '…',
  'COPYRIGHT SIGN': '©',
  'GRINNING FACE': '😀',
};

const digitNames = ['ZERO', 'ONE', 'TWO', 'THREE', 'FOUR', 'FIVE', 'SIX', 'SEVEN', 'EIGHT', 'NINE'];

function characterNamed(name: string): string | undefined {
  const upper = name.toUpperCase();
  const letter = /^LATIN (SMALL|CAPITAL) LETTER ([A-Z])$/.exec(upper);
  if (letter !== null) return letter[1] === 'SMALL' ? letter[2]?.toLowerCase() : letter[2];
  const digit = digitNames.indexOf(upper.replace(/^DIGIT /, ''));
  if (upper.startsWith('DIGIT ') && digit !== -1) return String(digit);
  return Object.hasOwn(named, upper) ? named[upper] : undefined;
}

const hexLengths: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };
const sequence = /\\(?:([0-7]{1,3})|([xuU])([0-9a-fA-F]*)|N(?:\{([^}]*)\})?|([\s\S])?)/g;

/**
 * Python's string escapes; an unknown one keeps its backslash. `fail` gets a reason for `\x4` and the like.
 * In bytes literals `\u`, `\U` and `\N` mean nothing.
 */
export function unescapePython(body: string, fail: (reason: string) => never, isBytes = false): string {
  if (!body.includes('\\')) return body;
  return body.replace(
    sequence,
    (
      whole,
      octal: string | undefined,
      kind: string | undefined,
      hex: string | undefined,
      name: string | undefined,
      character: string | undefined,
    ) => {
      if (octal !== undefined)
        return String.fromCharCode(Number.parseInt(octal, 8) & (isBytes ? 0xff : 0x1ff));
      if (kind !== undefined) {
        if (isBytes && kind !== 'x') return whole;
        const length = hexLengths[kind] ?? 2;
        const digits = (hex ?? '').slice(0, length);
        if (digits.length < length) return fail(`truncated \\${kind}${'X'.repeat(length)} escape`);
        const code = Number.parseInt(digits, 16);
        if (code > 0x10ffff) return fail('illegal Unicode character');
        return String.fromCodePoint(code) + (hex ?? '').slice(length);
      }
      if (whole.startsWith('\\N')) {
        if (isBytes) return whole;
        if (name === undefined) return fail('malformed \\N character escape');
        return characterNamed(name) ?? fail('unknown Unicode character name');
      }
      if (character === undefined) return fail('\\ at end of string');
      return simple[character] ?? whole;
    },
  );
}
