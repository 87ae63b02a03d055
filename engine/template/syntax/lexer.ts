import { pythonSpace } from '../../util/python/white-space.ts';
import { unescapePython } from './string-escapes.ts';
import { TemplateError } from './template-error.ts';

export type TokenType =
  | 'data'
  | 'variable_begin'
  | 'variable_end'
  | 'block_begin'
  | 'block_end'
  | 'name'
  | 'string'
  | 'integer'
  | 'float'
  | 'operator'
  | 'eof';

export interface Token {
  readonly type: TokenType;
  /** The text of a name or operator, the value of a string, the digits of a number, the text of data. */
  readonly value: string;
  /** UTF-16 offset of the first character in the template text. */
  readonly offset: number;
  readonly end: number;
}

/** A pattern whose white space is Python's. */
const inPython = (pattern: string, flags = '') =>
  new RegExp(pattern.replaceAll('\\s', `[${pythonSpace}]`), flags);

const tagStart = /\{\{|\{%|\{#/g;
const rawBegin = inPython(String.raw`\{%[-+]?\s*raw\s*(?:-%\}\s*|%\})`, 'y');
const rawEnd = inPython(String.raw`\{%([-+]?)\s*endraw\s*(?:\+%\}|-%\}\s*|%\})`, 'g');
const spaceBefore = inPython('^\\s+');
const spaceAfter = inPython('\\s+$');
const commentEnd = /[-+]?#\}/g;
const whitespace = inPython('\\s+', 'y');
const float = /(?:\d+_)*\d+(?:(?:\.(?:\d+_)*\d+)?e[+-]?(?:\d+_)*\d+|\.(?:\d+_)*\d+)/iy;
const integer = /0b(?:_?[01])+|0o(?:_?[0-7])+|0x(?:_?[\da-f])+|[1-9](?:_?\d)*|0(?:_?0)*/iy;
const name = /[\p{L}\p{N}\p{XID_Continue}]+/uy;
const identifier = /^[\p{XID_Start}_]\p{XID_Continue}*$/u;
const string = /'[^'\\]*(?:\\[\s\S][^'\\]*)*'|"[^"\\]*(?:\\[\s\S][^"\\]*)*"/y;
const operator = /\/\/|\*\*|==|!=|>=|<=|[+\-/*%~[\](){}><=.:|,;]/y;

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Splits a template into tokens the way Jinja does: default delimiters, trailing newline dropped. Throws TemplateError. */
export function tokenize(source: string): Token[] {
  const text = normalizeNewlines(source);
  const tokens: Token[] = [];
  let at = 0;
  let stripNext = false;
  const data = (from: number, to: number, stripEnd: boolean) => {
    let value = text.slice(from, to);
    if (stripNext) value = value.replace(spaceBefore, '');
    if (stripEnd) value = value.replace(spaceAfter, '');
    stripNext = false;
    if (value !== '') tokens.push({ type: 'data', value, offset: from, end: to });
  };
  while (at < text.length) {
    tagStart.lastIndex = at;
    const start = tagStart.exec(text);
    if (start === null) {
      data(at, text.length, false);
      break;
    }
    const { index } = start;
    const sign = text[index + 2];
    data(at, index, sign === '-');
    if (start[0] === '{#') {
      commentEnd.lastIndex = index + 2;
      const end = commentEnd.exec(text);
      if (end === null) throw new TemplateError('Missing end of comment tag', index);
      at = end.index + end[0].length;
      stripNext = end[0].startsWith('-');
      continue;
    }
    rawBegin.lastIndex = index;
    const raw = rawBegin.exec(text);
    if (raw !== null) {
      const from = index + raw[0].length;
      rawEnd.lastIndex = from;
      const end = rawEnd.exec(text);
      // What Jinja misses is the end of raw text, not of none.
      if (end === null && from === text.length) break;
      if (end === null) throw new TemplateError('Missing end of raw directive', index);
      data(from, end.index, end[1] === '-');
      at = end.index + end[0].length;
      continue;
    }
    const isBlock = start[0] === '{%';
    const signLength = sign === '-' || (sign === '+' && isBlock) ? 1 : 0;
    const inner = index + 2 + signLength;
    tokens.push({
      type: isBlock ? 'block_begin' : 'variable_begin',
      value: start[0],
      offset: index,
      end: inner,
    });
    const tag = tokenizeTag(text, inner, isBlock, tokens);
    at = tag.end;
    stripNext = tag.strips;
  }
  tokens.push({ type: 'eof', value: '', offset: text.length, end: text.length });
  return tokens;
}

/** The last newline is dropped: Jinja's keep_trailing_newline is off. */
function normalizeNewlines(source: string): string {
  const text = source.includes('\r') ? source.replace(/\r\n?/g, '\n') : source;
  return text.endsWith('\n') ? text.slice(0, -1) : text;
}

function tokenizeTag(text: string, from: number, isBlock: boolean, tokens: Token[]) {
  const close = isBlock ? '%}' : '}}';
  const type = isBlock ? 'block_end' : 'variable_end';
  const open: string[] = [];
  let at = from;
  const take = (expression: RegExp): string | undefined => {
    expression.lastIndex = at;
    return expression.exec(text)?.[0];
  };
  const push = (kind: TokenType, value: string, length: number) => {
    tokens.push({ type: kind, value, offset: at, end: at + length });
    at += length;
  };
  while (at < text.length) {
    if (open.length === 0) {
      const sign = text[at];
      const signed = (sign === '-' || (sign === '+' && isBlock)) && text.startsWith(close, at + 1);
      if (signed || text.startsWith(close, at)) {
        push(type, close, signed ? 3 : 2);
        return { end: at, strips: signed && sign === '-' };
      }
    }
    const space = take(whitespace);
    if (space !== undefined) {
      at += space.length;
      continue;
    }
    const digits = text[at - 1] === '.' ? undefined : take(float);
    if (digits !== undefined) {
      push('float', digits.replaceAll('_', ''), digits.length);
      continue;
    }
    const whole = take(integer);
    if (whole !== undefined) {
      push('integer', whole.replaceAll('_', ''), whole.length);
      continue;
    }
    const word = take(name);
    if (word !== undefined) {
      if (!identifier.test(word)) throw new TemplateError('Invalid character in identifier', at);
      push('name', word, word.length);
      continue;
    }
    const quoted = take(string);
    if (quoted !== undefined) {
      const here = at;
      const value = unescapePython(quoted.slice(1, -1), (reason) => {
        throw new TemplateError(reason, here);
      });
      push('string', value, quoted.length);
      continue;
    }
    const sign = take(operator);
    if (sign === undefined) {
      throw new TemplateError(`unexpected char ${JSON.stringify(text[at])} at ${at}`, at);
    }
    if (sign in closing) open.push(closing[sign] ?? '');
    else if (sign === ')' || sign === ']' || sign === '}') {
      const expected = open.pop();
      if (expected === undefined) throw new TemplateError(`unexpected '${sign}'`, at);
      if (expected !== sign) throw new TemplateError(`unexpected '${sign}', expected '${expected}'`, at);
    }
    push('operator', sign, sign.length);
  }
  return { end: at, strips: false };
}
