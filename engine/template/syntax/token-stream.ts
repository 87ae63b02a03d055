import type { Token, TokenType } from './lexer.ts';
import { TemplateError } from './template-error.ts';

export interface TokenStream {
  current(): Token;
  next(): Token;
  /** The token after the current one. */
  look(): Token;
  is(type: TokenType, value?: string): boolean;
  skip(type: TokenType, value?: string): boolean;
  expect(type: TokenType, value?: string): Token;
}

export function createTokenStream(tokens: readonly Token[]): TokenStream {
  let position = 0;
  const last = tokens.at(-1);
  if (last === undefined) throw new Error('a token list ends with eof');
  const current = () => tokens[position] ?? last;
  const is = (type: TokenType, value?: string) => {
    const token = current();
    return token.type === type && (value === undefined || token.value === value);
  };
  const next = () => {
    const token = current();
    position += 1;
    return token;
  };
  return {
    current,
    next,
    is,
    look: () => tokens[position + 1] ?? last,
    skip: (type, value) => is(type, value) && next() !== undefined,
    expect(type, value) {
      if (is(type, value)) return next();
      const token = current();
      const wanted = value ?? describeType(type);
      if (token.type === 'eof') {
        throw new TemplateError(`unexpected end of template, expected '${wanted}'.`, token.offset);
      }
      throw new TemplateError(`expected token '${wanted}', got '${describe(token)}'`, token.offset);
    },
  };
}

function describeType(type: TokenType): string {
  switch (type) {
    case 'variable_end':
      return 'end of print statement';
    case 'block_end':
      return 'end of statement block';
    case 'variable_begin':
      return 'begin of print statement';
    case 'block_begin':
      return 'begin of statement block';
    case 'eof':
      return 'end of template';
    case 'data':
      return 'template data / text';
    default:
      return type;
  }
}

export function describe(token: Token): string {
  return ['name', 'string', 'operator', 'integer', 'float'].includes(token.type)
    ? token.value
    : describeType(token.type);
}
