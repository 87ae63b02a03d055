import { int, PyFloat } from '../values/number.ts';
import type { BinaryOperator } from '../values/python.ts';
import type { Arguments, CompareOperator, Expression } from './ast.ts';
import {
  callArguments,
  commaSeparated,
  dictDisplay,
  expectedAnExpression,
  listDisplay,
} from './parse-enclosed.ts';
import { TemplateError } from './template-error.ts';
import { describe, type TokenStream } from './token-stream.ts';

export interface ExpressionParser {
  expression(withCondition?: boolean): Expression;
  /** `a`, `a, b`, `()`: what `{{ }}` contains and what follows `in`. */
  tuple(options?: { readonly withCondition?: boolean; readonly parenthesized?: boolean }): Expression;
  primary(): Expression;
  unary(withFilter: boolean): Expression;
  postfix(node: Expression): Expression;
  filters(target: Expression | undefined, startInline: boolean): Expression | undefined;
}

/** Deep enough for any template, shallow enough for the stack. */
const deepest = 200;

/** Jinja's expression grammar: its precedence is not Python's. */
export function createExpressionParser(stream: TokenStream): ExpressionParser {
  let depth = 0;

  function expression(withCondition = true): Expression {
    depth += 1;
    if (depth > deepest) throw new TemplateError('expression is nested too deeply', stream.current().offset);
    const node = withCondition ? condition() : or();
    depth -= 1;
    return node;
  }

  function condition(): Expression {
    const { offset } = stream.current();
    let node = or();
    while (stream.skip('name', 'if')) {
      const test = or();
      const otherwise = stream.skip('name', 'else') ? condition() : undefined;
      node = { type: 'condition', offset, test, value: node, otherwise };
    }
    return node;
  }

  function or(): Expression {
    const { offset } = stream.current();
    let left = and();
    while (stream.skip('name', 'or')) left = { type: 'or', offset, left, right: and() };
    return left;
  }

  function and(): Expression {
    const { offset } = stream.current();
    let left = not();
    while (stream.skip('name', 'and')) left = { type: 'and', offset, left, right: not() };
    return left;
  }

  function not(): Expression {
    const { offset } = stream.current();
    if (!stream.skip('name', 'not')) return compare();
    depth += 1;
    if (depth > deepest) throw new TemplateError('expression is nested too deeply', offset);
    const operand = not();
    depth -= 1;
    return { type: 'not', offset, operand };
  }

  function compareOperator(): CompareOperator | undefined {
    const token = stream.current();
    if (token.type === 'operator') {
      const sign = token.value;
      if (sign === '==' || sign === '!=' || sign === '<' || sign === '<=' || sign === '>' || sign === '>=') {
        stream.next();
        return sign;
      }
      return undefined;
    }
    if (stream.skip('name', 'in')) return 'in';
    const following = stream.look();
    if (stream.is('name', 'not') && following.type === 'name' && following.value === 'in') {
      stream.next();
      stream.next();
      return 'not in';
    }
    return undefined;
  }

  function compare(): Expression {
    const { offset } = stream.current();
    const first = sum();
    const rest: { operator: CompareOperator; value: Expression }[] = [];
    for (let operator = compareOperator(); operator !== undefined; operator = compareOperator()) {
      rest.push({ operator, value: sum() });
    }
    return rest.length === 0 ? first : { type: 'compare', offset, first, rest };
  }

  function binary(operand: () => Expression, operators: readonly BinaryOperator[]): Expression {
    const { offset } = stream.current();
    let left = operand();
    for (;;) {
      const token = stream.current();
      const operator = operators.find((each) => token.type === 'operator' && each === token.value);
      if (operator === undefined) return left;
      stream.next();
      left = { type: 'binary', offset, operator, left, right: operand() };
    }
  }

  const sum = () => binary(concat, ['+', '-']);

  function concat(): Expression {
    const { offset } = stream.current();
    const items = [product()];
    while (stream.skip('operator', '~')) items.push(product());
    const [only] = items;
    return items.length === 1 && only !== undefined ? only : { type: 'concat', offset, items };
  }

  const product = () => binary(power, ['*', '/', '//', '%']);
  const power = () => binary(() => unary(true), ['**']);

  function unary(withFilter: boolean): Expression {
    const { offset } = stream.current();
    let node: Expression;
    if (stream.is('operator', '-') || stream.is('operator', '+')) {
      const type = stream.next().value === '-' ? 'negative' : 'positive';
      depth += 1;
      if (depth > deepest) throw new TemplateError('expression is nested too deeply', offset);
      node = { type, offset, operand: unary(false) };
      depth -= 1;
    } else {
      node = primary();
    }
    node = postfix(node);
    return withFilter ? filterExpression(node) : node;
  }

  function primary(): Expression {
    const token = stream.current();
    const { offset } = token;
    switch (token.type) {
      case 'name': {
        stream.next();
        if (token.value === 'true' || token.value === 'True')
          return { type: 'constant', offset, value: true };
        if (token.value === 'false' || token.value === 'False')
          return { type: 'constant', offset, value: false };
        if (token.value === 'none' || token.value === 'None')
          return { type: 'constant', offset, value: null };
        return { type: 'name', offset, name: token.value };
      }
      case 'string': {
        let value = '';
        while (stream.is('string')) value += stream.next().value;
        return { type: 'constant', offset, value };
      }
      case 'integer':
        stream.next();
        return { type: 'constant', offset, value: integerValue(token.value, offset) };
      case 'float': {
        stream.next();
        const value = Number(token.value);
        return {
          type: 'constant',
          offset,
          value: Number.isInteger(value) || !Number.isFinite(value) ? new PyFloat(value) : value,
        };
      }
      case 'operator':
        if (token.value === '(') {
          stream.next();
          const node = tuple({ parenthesized: true });
          stream.expect('operator', ')');
          return node;
        }
        if (token.value === '[') return listDisplay(stream, expression);
        if (token.value === '{') return dictDisplay(stream, expression);
        break;
      default:
    }
    throw new TemplateError(`unexpected '${describe(token)}'`, offset);
  }

  function tuple({ withCondition = true, parenthesized = false } = {}): Expression {
    const { offset } = stream.current();
    const { items, isTuple } = commaSeparated(stream, () => expression(withCondition));
    const [only] = items;
    if (!isTuple && only !== undefined) return only;
    if (!isTuple && !parenthesized) throw expectedAnExpression(stream);
    return { type: 'tuple', offset, items };
  }

  function postfix(start: Expression): Expression {
    let node = start;
    for (;;) {
      if (stream.is('operator', '.') || stream.is('operator', '[')) node = subscript(node);
      else if (stream.is('operator', '('))
        node = { type: 'call', offset: node.offset, target: node, ...callArguments(stream, expression) };
      else return node;
    }
  }

  function filterExpression(start: Expression): Expression {
    let node = start;
    for (;;) {
      if (stream.is('operator', '|')) node = filters(node, false) ?? node;
      else if (stream.is('name', 'is')) node = test(node);
      else if (stream.is('operator', '('))
        node = { type: 'call', offset: node.offset, target: node, ...callArguments(stream, expression) };
      else return node;
    }
  }

  function subscript(target: Expression): Expression {
    const sign = stream.next();
    if (sign.value === '.') {
      const token = stream.next();
      if (token.type === 'name')
        return { type: 'attribute', offset: token.offset, target, name: token.value };
      if (token.type !== 'integer') throw new TemplateError('expected name or number', token.offset);
      const index: Expression = {
        type: 'constant',
        offset: token.offset,
        value: integerValue(token.value, token.offset),
      };
      return { type: 'item', offset: token.offset, target, index };
    }
    const parts: Expression[] = [];
    while (!stream.is('operator', ']')) {
      if (parts.length > 0) stream.expect('operator', ',');
      parts.push(subscripted());
    }
    stream.expect('operator', ']');
    // Jinja writes the tuple into Python code, where a slice may not stand in one.
    if (parts.length > 1 && parts.some((part) => part.type === 'slice'))
      throw new TemplateError('invalid syntax', sign.offset, 'SyntaxError');
    const [only] = parts;
    const index: Expression =
      parts.length === 1 && only !== undefined ? only : { type: 'tuple', offset: sign.offset, items: parts };
    return { type: 'item', offset: sign.offset, target, index };
  }

  function subscripted(): Expression {
    const { offset } = stream.current();
    const bounds: (Expression | undefined)[] = [];
    if (stream.skip('operator', ':')) {
      bounds.push(undefined);
    } else {
      const node = expression();
      if (!stream.skip('operator', ':')) return node;
      bounds.push(node);
    }
    const bound = () =>
      stream.is('operator', ']') || stream.is('operator', ',') || stream.is('operator', ':')
        ? undefined
        : expression();
    bounds.push(bound());
    bounds.push(stream.skip('operator', ':') ? bound() : undefined);
    return { type: 'slice', offset, from: bounds[0], to: bounds[1], step: bounds[2] };
  }

  function dottedName(): string {
    let name = stream.expect('name').value;
    while (stream.skip('operator', '.')) name += `.${stream.expect('name').value}`;
    return name;
  }

  function filters(target: Expression | undefined, startInline: boolean): Expression | undefined {
    let node = target;
    for (let inline = startInline; inline || stream.is('operator', '|'); inline = false) {
      if (!inline) stream.next();
      const { offset } = stream.current();
      const name = dottedName();
      const parsed = stream.is('operator', '(')
        ? callArguments(stream, expression)
        : { args: [], keywords: [] };
      node = { type: 'filter', offset, target: node, name, ...parsed };
    }
    return node;
  }

  function test(target: Expression): Expression {
    stream.expect('name', 'is');
    const negated = stream.skip('name', 'not');
    const token = stream.current();
    const name = dottedName();
    let parsed: Arguments = { args: [], keywords: [] };
    if (stream.is('operator', '(')) {
      parsed = callArguments(stream, expression);
    } else if (startsArgument()) {
      if (stream.is('name', 'is')) {
        throw new TemplateError('You cannot chain multiple tests with is', stream.current().offset);
      }
      parsed = { args: [postfix(primary())], keywords: [] };
    }
    const node: Expression = { type: 'test', offset: token.offset, target, name, ...parsed };
    return negated ? { type: 'not', offset: token.offset, operand: node } : node;
  }

  function startsArgument(): boolean {
    const { type, value } = stream.current();
    if (type === 'name') return value !== 'else' && value !== 'or' && value !== 'and';
    return (
      type === 'string' ||
      type === 'integer' ||
      type === 'float' ||
      (type === 'operator' && (value === '(' || value === '[' || value === '{'))
    );
  }

  return { expression, tuple, primary, unary, postfix, filters };
}

function integerValue(digits: string, offset: number): number | bigint {
  if (digits.length > 4300 && !digits.startsWith('0'))
    throw new TemplateError(
      'Exceeds the limit (4300 digits) for integer string conversion',
      offset,
      'ValueError',
    );
  return int(BigInt(digits));
}
