import { outside } from './methods/outside.ts';
import { unescapePython } from './syntax/string-escapes.ts';
import { PyBytes } from './values/bytes.ts';
import { PyComplex } from './values/complex.ts';
import { ellipsis } from './values/constants.ts';
import { dictOf, toPlainDict } from './values/dict.ts';
import { float, int, PyFloat } from './values/number.ts';
import { setOf } from './values/set.ts';
import { PyTuple } from './values/tuple.ts';

/** The result of `literalEval` for text that is not a Python literal. */
export const notLiteral = Symbol('not a literal');

const failure = Object.freeze({ notLiteral });
const fail = (): never => {
  throw failure;
};

/** Only text that starts like this can be a literal, so most strings end here. */
const mayStart =
  /^[ \t\n\r\f]*(?:[\d.+\-'"([{#\\]|None\b|True\b|False\b|set\b|[uU]['"]|[bB][rR]?['"]|[rR][bB]?['"])/;
const plainText = /^(?:'[^'\\\n\r\0]*'|"[^"\\\n\r\0]*")$/;
const plainInteger = /^[+-]?(?:0|[1-9]\d{0,14})$/;

/** Whether a literal can start with a character, by its code: most texts end at their first. */
const isStart: readonly boolean[] = Array.from({ length: 128 }, (_, code) =>
  /[ \t\n\r\f\d.+\-'"([{#\\NTFsuUbBrR]/.test(String.fromCharCode(code)),
);

/**
 * Python's ast.literal_eval, or `notLiteral` where it raises. A complex number stays text, which is what the engine
 * wants.
 */
export function literalEval(text: string): unknown {
  if (isStart[text.charCodeAt(0)] !== true) return notLiteral;
  if (plainInteger.test(text)) return Number(text) + 0;
  if (plainText.test(text)) return text.slice(1, -1);
  if (!mayStart.test(text)) return notLiteral;
  if (
    text.includes('\0') ||
    (/^[ \t]*[\d+\-.][\w\-:.+]*[g-ik-zG-IK-Z:]/.test(text) && !/^[ \t]*[+-]?0[xXoO]/.test(text))
  )
    return notLiteral;
  try {
    return parseLiteral(text);
  } catch (error) {
    if (error === failure || error instanceof Error) return notLiteral;
    throw error;
  }
}

const blank = /(?:[ \t\f]|\\\n)+/y;
const blankInside = /(?:[ \t\f\n\r]|\\\n|#[^\n]*)+/y;
const number =
  /(?:0[xX](?:_?[\da-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|(?:\d(?:_?\d)*\.(?:\d(?:_?\d)*)?|\.\d(?:_?\d)*)(?:[eE][+-]?\d(?:_?\d)*)?|\d(?:_?\d)*[eE][+-]?\d(?:_?\d)*|\d(?:_?\d)*)/y;
const prefixed = /([a-zA-Z]{0,2})('''|"""|'|")/y;
const name = /[A-Za-z_]\w*/y;

function negated(value: unknown, isNegative: boolean): unknown {
  if (!isNegative) return value;
  return value instanceof PyComplex
    ? new PyComplex(-value.real, -value.imaginary)
    : typeof value === 'bigint'
      ? int(-value)
      : value instanceof PyFloat || !Number.isInteger(value)
        ? float(-Number(value))
        : -Number(value) + 0;
}

function parseLiteral(text: string): unknown {
  let at = 0;
  let depth = 0;
  const take = (expression: RegExp): RegExpExecArray | null => {
    expression.lastIndex = at;
    const match = expression.exec(text);
    if (match !== null) at += match[0].length;
    return match;
  };
  const space = () => void take(depth > 0 ? blankInside : blank);
  const is = (sign: string) => {
    space();
    if (text[at] !== sign) return false;
    at += 1;
    return true;
  };

  function items(close: string): { values: unknown[]; commas: number } {
    const values: unknown[] = [];
    let commas = 0;
    while (!is(close)) {
      if (values.length > commas) fail();
      values.push(element());
      if (is(',')) commas += 1;
      else if (is(close)) break;
      else fail();
    }
    return { values, commas };
  }

  function nested<T>(read: () => T): T {
    depth += 1;
    if (depth > 200) fail();
    const made = read();
    depth -= 1;
    return made;
  }

  function braces(): unknown {
    const entries: [unknown, unknown][] = [];
    if (is('}')) return {};
    const first = element();
    if (!is(':')) {
      const values = [first];
      if (is(',')) values.push(...items('}').values);
      else if (!is('}')) fail();
      return setOf(values, outside());
    }
    entries.push([first, element()]);
    while (!is('}')) {
      if (!is(',')) fail();
      if (is('}')) break;
      const key = element();
      if (!is(':')) fail();
      entries.push([key, element()]);
    }
    const py = outside();
    for (const [key] of entries) py.hash(key);
    return toPlainDict(dictOf(entries, py));
  }

  function element(): unknown {
    space();
    const character = text[at] ?? '';
    if (character === '(') {
      at += 1;
      const { values, commas } = nested(() => items(')'));
      return values.length === 1 && commas === 0 ? values[0] : new PyTuple(values);
    }
    if (character === '[') {
      at += 1;
      return nested(() => items(']').values);
    }
    if (character === '{') {
      at += 1;
      return nested(braces);
    }
    if (character === '+' || character === '-') {
      at += 1;
      return sum(negated(unsigned(), character === '-'));
    }
    if (/[\d]/.test(character) || (character === '.' && /\d/.test(text[at + 1] ?? '')))
      return sum(unsigned());
    if (text.startsWith('...', at)) {
      at += 3;
      return ellipsis;
    }
    prefixed.lastIndex = at;
    if (prefixed.test(text)) return strings();
    return word();
  }

  function word(): unknown {
    switch (take(name)?.[0]) {
      case 'None':
        return null;
      case 'True':
        return true;
      case 'False':
        return false;
      case 'set':
        if (!is('(')) return fail();
        return nested(() => (is(')') ? setOf([], outside()) : fail()));
      default:
        return fail();
    }
  }

  /** A number without a sign, which may stand in parentheses. */
  function unsigned(): unknown {
    if (!is('(')) return numeric();
    const value = nested(unsigned);
    return is(')') ? value : fail();
  }

  /** `1 + 2j`: of all operators this one is a literal, as it is how complex numbers are written. */
  function sum(left: unknown): unknown {
    const before = at;
    space();
    const sign = text[at];
    if (sign !== '+' && sign !== '-') {
      at = before;
      return left;
    }
    at += 1;
    const right = unsigned();
    if (left instanceof PyComplex || !(right instanceof PyComplex)) return fail();
    return new PyComplex(Number(left), sign === '-' ? -right.imaginary : right.imaginary);
  }

  function numeric(): unknown {
    const digits = take(number)?.[0] ?? fail();
    const isImaginary = take(/[jJ]/y) !== null;
    if (/[\w.\u0080-\uffff]/.test(text[at] ?? '')) return fail();
    const plain = digits.replaceAll('_', '');
    if (/^0[xXoObB]/.test(plain)) return isImaginary ? fail() : int(BigInt(plain));
    if (isImaginary) return new PyComplex(0, Number(plain));
    if (/[.eE]/.test(plain)) return float(Number(plain));
    if ((plain.startsWith('0') && /[1-9]/.test(plain)) || plain.length > 4300) return fail();
    return int(BigInt(plain));
  }

  function strings(): unknown {
    let out = '';
    let kind: boolean | undefined;
    for (;;) {
      const before = at;
      space();
      const open = take(prefixed);
      if (open === null) {
        if (kind === undefined) return fail();
        at = before;
        break;
      }
      const prefix = (open[1] ?? '').toLowerCase();
      if (!['', 'u', 'r', 'b', 'br', 'rb'].includes(prefix)) return fail();
      const isBytes = prefix.includes('b');
      if (kind !== undefined && kind !== isBytes) return fail();
      kind = isBytes;
      const body = quoted(open[2] ?? "'");
      if (isBytes && /[\u0080-\uffff]/.test(body)) return fail();
      out += prefix.includes('r') ? body : unescapePython(body, fail, isBytes);
    }
    return kind ? new PyBytes(Uint8Array.from(out, (character) => character.charCodeAt(0))) : out;
  }

  function quoted(quote: string): string {
    const from = at;
    while (at < text.length) {
      if (text[at] === '\\') at += 2;
      else if (text.startsWith(quote, at)) {
        const body = text.slice(from, at);
        at += quote.length;
        return body.replace(/\r\n?/g, '\n');
      } else if (quote.length === 1 && (text[at] === '\n' || text[at] === '\r')) return fail();
      else at += 1;
    }
    return fail();
  }

  // Spaces and tabs before the text do not count; after blank lines they are an indentation, which is refused.
  take(/[ \t]*(?:[ \t\f]*(?:#[^\n\r]*)?(?:\r\n?|\n))*(?:[ \t\f]*\f)?/y);
  if (/[ \t]/.test(text[at] ?? '')) fail();
  take(blankInside);
  const first = element();
  let result = first;
  if (is(',')) {
    const values = [first];
    for (space(); at < text.length && !/[\n\r#]/.test(text[at] ?? ''); space()) {
      values.push(element());
      if (!is(',')) break;
    }
    result = new PyTuple(values);
  }
  take(blankInside);
  if (at < text.length || /[\n\r][ \t\f]*[ \t]$/.test(text) || /(?:^|\n)[^#\n]*\\\n$/.test(text)) fail();
  return result;
}
