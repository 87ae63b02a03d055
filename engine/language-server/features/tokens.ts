import type { OpenDocument } from '../locate/open-document.ts';
import { isScalar, type Node, rangeOf, scalars } from '../locate/syntax.ts';
import { filterNames, functionNames, testNames } from '../names.ts';

/** In the order of their numbers in the protocol. */
export const tokenTypes = [
  'keyword',
  'variable',
  'function',
  'property',
  'string',
  'number',
  'operator',
] as const;

export type TokenType = (typeof tokenTypes)[number];

export interface Token {
  readonly start: number;
  readonly length: number;
  readonly type: TokenType;
}

const template = /\{\{.*?\}\}|\{%.*?%\}/gs;

const lexeme =
  /(?<operator>\{\{-?|-?\}\}|\{%-?|-?%\}|\|)|(?<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?<number>\b\d+(?:\.\d+)?\b)|(?<word>[A-Za-z_]\w*)/g;

const keywords: ReadonlySet<string> = new Set([
  ...['and', 'or', 'not', 'in', 'is', 'if', 'else', 'elif', 'endif', 'for', 'endfor', 'set', 'endset'],
  ...['macro', 'endmacro', 'filter', 'endfilter', 'true', 'false', 'none', 'True', 'False', 'None'],
]);

/** What editors may colour inside of templates, which to them are plain texts of YAML. */
export function tokensOf({ text, syntax }: OpenDocument): readonly Token[] {
  const tokens: Token[] = [];
  for (const { node, isKey } of scalars(syntax().contents as Node | null, [])) {
    if (isKey || !isScalar(node)) continue;
    const [from, to] = rangeOf(node);
    for (const { 0: code, index } of text.slice(from, to).matchAll(template)) {
      tokens.push(...lexemesOf(code, from + index));
    }
  }
  return tokens;
}

function* lexemesOf(code: string, from: number): Generator<Token> {
  let before = '';
  for (const match of code.matchAll(lexeme)) {
    const { operator, string, number, word } = match.groups ?? {};
    const start = from + match.index;
    const length = match[0].length;
    if (operator !== undefined) yield { start, length, type: 'operator' };
    else if (string !== undefined) yield { start, length, type: 'string' };
    else if (number !== undefined) yield { start, length, type: 'number' };
    else if (word !== undefined)
      yield { start, length, type: typeOfWord(word, before, code[match.index - 1]) };
    before = match[0];
  }
}

function typeOfWord(word: string, before: string, characterBefore: string | undefined): TokenType {
  if (characterBefore === '.') return 'property';
  if (before === '|' && filterNames.includes(word)) return 'function';
  if ((before === 'is' || before === 'not') && testNames.includes(word)) return 'function';
  if (keywords.has(word)) return 'keyword';
  return functionNames.includes(word) ? 'function' : 'variable';
}
