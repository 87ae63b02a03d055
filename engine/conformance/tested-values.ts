import type { Expression } from '../template/syntax/ast.ts';
import { beginningOf } from '../template/syntax/beginning-of.ts';
import type { Node } from '../template/syntax/each-node.ts';
import { memberOf } from '../template/syntax/member-of.ts';
import { printExpression } from '../template/syntax/print-expression.ts';

/** A value of which a condition asks whether there is one. */
export interface Tested {
  /** The value as it is written. */
  readonly value: string;
  readonly path: string;
  readonly offset: number;
  /** Whether the condition holds where there is a value. */
  readonly isFull: boolean;
}

/** What holds of values where a condition does; where that does not hold, `isAlways` says that the opposite does. */
export function* factsOf(
  test: Expression,
  isAlways: boolean,
): Generator<Tested & { readonly isAlways: boolean }> {
  if (test.type === 'and') {
    yield* factsOf(test.left, false);
    yield* factsOf(test.right, false);
    return;
  }
  const tested = testedBy(test);
  if (tested !== undefined) yield { ...tested, isAlways };
}

/** Tests of a value that is there, and of one that is not. */
const isKind = /^(?:defined|mapping|undefined|none)$/;
const isLack = /^(?:undefined|none)$/;

/** `x`, `not x`, `x is mapping`, `'a' in x` and `'a' not in x`. */
export function testedBy(test: Expression): Tested | undefined {
  if (test.type === 'not') {
    const tested = testedBy(test.operand);
    return tested && { ...tested, isFull: !tested.isFull };
  }
  if (test.type === 'compare') {
    const [{ operator, value: right } = { operator: '==', value: test.first }, ...more] = test.rest;
    const whole = pathOf(right);
    if (test.first.type !== 'constant' || whole === undefined || more.length > 0) return undefined;
    if (operator !== 'in' && operator !== 'not in') return undefined;
    const name = String(test.first.value);
    return {
      value: `${printExpression(right)}['${name}']`,
      path: `${whole}.${name}`,
      offset: test.first.offset,
      isFull: operator === 'in',
    };
  }
  if (test.type === 'test' && isKind.test(test.name)) {
    const tested = testedBy(test.target);
    return tested && { ...tested, isFull: !isLack.test(test.name) };
  }
  const path = pathOf(test);
  return path === undefined
    ? undefined
    : { value: printExpression(test), path, offset: beginningOf(test), isFull: true };
}

/** `config['since']`, `config.since` and `config.get('since')` are one value. */
export function pathOf(node: Node): string | undefined {
  if (node.type === 'name') return node.name;
  const taken = memberOf(node);
  const path = taken && pathOf(taken.target);
  return path === undefined ? undefined : `${path}.${taken?.member}`;
}
