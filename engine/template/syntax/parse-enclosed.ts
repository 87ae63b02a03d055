import type { Arguments, Expression, Keyword } from './ast.ts';
import { TemplateError } from './template-error.ts';
import { describe, type TokenStream } from './token-stream.ts';

/** `[a, b]` */
export function listDisplay(stream: TokenStream, expression: () => Expression): Expression {
  const { offset } = stream.expect('operator', '[');
  const items: Expression[] = [];
  while (!stream.is('operator', ']')) {
    if (items.length > 0) stream.expect('operator', ',');
    if (stream.is('operator', ']')) break;
    items.push(expression());
  }
  stream.expect('operator', ']');
  return { type: 'list', offset, items };
}

/** `{a: b}` */
export function dictDisplay(stream: TokenStream, expression: () => Expression): Expression {
  const { offset } = stream.expect('operator', '{');
  const items: [Expression, Expression][] = [];
  while (!stream.is('operator', '}')) {
    if (items.length > 0) stream.expect('operator', ',');
    if (stream.is('operator', '}')) break;
    const key = expression();
    stream.expect('operator', ':');
    items.push([key, expression()]);
  }
  stream.expect('operator', '}');
  return { type: 'dict', offset, items };
}

/** `a`, `a, b`, `a,`: until there is no comma, or nothing more after one. */
export function commaSeparated<Item>(
  stream: TokenStream,
  item: () => Item,
): { readonly items: readonly Item[]; readonly isTuple: boolean } {
  const items: Item[] = [];
  while (!isTupleEnd(stream)) {
    items.push(item());
    if (!stream.is('operator', ',')) return { items, isTuple: items.length > 1 };
    stream.next();
  }
  return { items, isTuple: items.length > 0 };
}

function isTupleEnd(stream: TokenStream): boolean {
  return stream.is('variable_end') || stream.is('block_end') || stream.is('operator', ')');
}

/** What Jinja says where there is nothing at all. */
export function expectedAnExpression(stream: TokenStream): TemplateError {
  const token = stream.current();
  return new TemplateError(`Expected an expression, got '${describe(token)}'`, token.offset);
}

/** `(a, b=c, *d, **e)` */
export function callArguments(stream: TokenStream, expression: () => Expression): Arguments {
  const open = stream.expect('operator', '(');
  const args: Expression[] = [];
  const keywords: Keyword[] = [];
  let dynamicArgs: Expression | undefined;
  let dynamicKeywords: Expression | undefined;
  let needComma = false;
  const ensure = (holds: boolean) => {
    if (!holds) throw new TemplateError('invalid syntax for function call expression', open.offset);
  };
  while (!stream.is('operator', ')')) {
    if (needComma) {
      stream.expect('operator', ',');
      if (stream.is('operator', ')')) break;
    }
    const token = stream.current();
    if (stream.skip('operator', '*')) {
      ensure(dynamicArgs === undefined && dynamicKeywords === undefined);
      dynamicArgs = expression();
    } else if (stream.skip('operator', '**')) {
      ensure(dynamicKeywords === undefined);
      dynamicKeywords = expression();
    } else if (token.type === 'name' && stream.look().type === 'operator' && stream.look().value === '=') {
      ensure(dynamicKeywords === undefined);
      stream.next();
      stream.next();
      const { value: name, offset } = token;
      if (keywords.some((keyword) => keyword.name === name))
        throw new TemplateError(`keyword argument repeated: ${name}`, offset, 'SyntaxError');
      keywords.push({ name, value: expression(), offset });
    } else {
      ensure(dynamicArgs === undefined && dynamicKeywords === undefined && keywords.length === 0);
      args.push(expression());
    }
    needComma = true;
  }
  stream.expect('operator', ')');
  return { args, keywords, dynamicArgs, dynamicKeywords };
}
