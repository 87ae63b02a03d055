import type { Expression } from '../../template/syntax/ast.ts';
import { beginningOf } from '../../template/syntax/beginning-of.ts';
import { eachNode, type Node } from '../../template/syntax/each-node.ts';
import { getCallOf } from '../../template/syntax/get-call.ts';
import { memberOf } from '../../template/syntax/member-of.ts';
import { printExpression } from '../../template/syntax/print-expression.ts';
import { someNode } from '../../template/syntax/some-node.ts';
import { templateBody } from '../../template/syntax/template-body.ts';
import { defineCheck } from '../check.ts';
import { eachTemplate } from '../each-template.ts';
import { looked, violation } from '../events.ts';

export const emptyValues = defineCheck({
  id: 'empty-values',
  group: 'requests',
  level: 'static',
  severity: 'warning',
  doc: 'a template uses a value where its own condition says that there is one, not only where there is none, and no part of it is empty whatever its values are',
  *run({ source }) {
    for (const { node, text, stream } of eachTemplate(source, /\b(?:if|and)\b/)) {
      yield looked();
      for (const { value, offset } of neverFull(text))
        yield violation(node, `"${value}" is empty whatever it begins with: was "or" meant?`, {
          stream,
          offset,
        });
      for (const { value, offset } of letThrough(text))
        yield violation(
          node,
          `This template uses "${value}", which may be empty, since the condition asks for it with "or": was "and" meant?`,
          { stream, offset },
        );
      for (const { value, offset } of usedWhereEmpty(text))
        yield violation(
          node,
          `This template uses "${value}" only where the condition says that it is empty: was the opposite meant?`,
          { stream, offset },
        );
    }
  },
});

/** `x and 0`, where `x or 0` is meant. */
function neverFull(text: string): readonly Pick<Tested, 'value' | 'offset'>[] {
  const found: Pick<Tested, 'value' | 'offset'>[] = [];
  eachNode(templateBody(text), (part) => {
    if (part.type === 'and' && part.right.type === 'constant' && isEmpty(part.right.value))
      found.push({ value: printExpression(part), offset: beginningOf(part.left) });
    return undefined;
  });
  return found;
}

/** `x ~ '…' if x or y`, where `x and y` is meant. */
function letThrough(text: string): readonly Tested[] {
  const found: Tested[] = [];
  eachNode(templateBody(text), (part) => {
    if (part.type !== 'condition' || part.test.type !== 'or' || hasDefault(part.value)) return undefined;
    const [left, right] = [part.test.left, part.test.right].map(testedBy);
    if (left === undefined || right === undefined) return undefined;
    for (const [tested, other] of [
      [left, right],
      [right, left],
    ] as const)
      if (
        tested.isFull &&
        uses(part.value, tested.path) &&
        !uses(part.value, other.path) &&
        !uses(part.otherwise, tested.path) &&
        !other.path.startsWith(tested.path) &&
        !tested.path.startsWith(other.path)
      )
        found.push(tested);
    return undefined;
  });
  return found;
}

function isEmpty(value: unknown): boolean {
  return ['', '0', 'false', 'null'].includes(String(value));
}

/** `x ~ '…' if not x else '…'`: the values that are used in one branch alone, in that where they are empty. */
function usedWhereEmpty(text: string): readonly Tested[] {
  const found: Tested[] = [];
  eachNode(templateBody(text), (part) => {
    if (part.type !== 'condition' && part.type !== 'if') return undefined;
    // What further conditions say is another matter.
    if (part.type === 'if' && part.elifs.length > 0) return undefined;
    const branches = [part.type === 'if' ? part.body : part.value, part.otherwise];
    const bounds = boundsIn(part.test);
    if (bounds !== undefined) {
      const [within, outside] = bounds.isFull ? branches : branches.toReversed();
      if (takes(outside, bounds) && !takes(within, bounds)) found.push(bounds);
      return undefined;
    }
    const odd = [...factsOf(part.test, true)].find(({ path, isFull, isAlways }) => {
      const [full, empty] = isFull ? branches : branches.toReversed();
      // Of what is one of several conditions, only one branch says how it is.
      if (!isAlways && empty !== branches[0]) return false;
      const isOdd = uses(empty, path) && (!hasDefault(empty) || usesMembersAlone(empty, path));
      return isOdd && !uses(full, path);
    });
    if (odd !== undefined) found.push(odd);
    return undefined;
  });
  return found;
}

/** What a condition asks for. */
interface Tested {
  /** The value as it is written. */
  readonly value: string;
  readonly path: string;
  readonly offset: number;
  /** Whether the condition holds where there is a value. */
  readonly isFull: boolean;
}

/** What holds of values where a condition does; "always" is what is the other way round where it does not. */
function* factsOf(test: Expression, isAlways: boolean): Generator<Tested & { readonly isAlways: boolean }> {
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
function testedBy(test: Expression): Tested | undefined {
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
function pathOf(node: Node): string | undefined {
  if (node.type === 'name') return node.name;
  const taken = memberOf(node);
  const path = taken && pathOf(taken.target);
  return path === undefined ? undefined : `${path}.${taken?.member}`;
}

function uses(branch: unknown, path: string): boolean {
  return someNode(branch, (node) => pathOf(node) === path);
}

/** `x.get('a') or 'b'`: what takes the place of the member takes none of that of what has no members. */
function usesMembersAlone(branch: unknown, path: string): boolean {
  let [whole, members] = [0, 0];
  eachNode(branch, (node) => {
    if (pathOf(node) === path) whole += 1;
    const target = node.type === 'attribute' || node.type === 'item' ? node.target : getCallOf(node)?.target;
    // The attribute "get" of a call is the same member once more.
    if (
      target !== undefined &&
      pathOf(target) === path &&
      !(node.type === 'attribute' && node.name === 'get')
    )
      members += 1;
    return undefined;
  });
  return members > 0 && members === whole;
}

/** A condition that an index is within a list: `i < items | length`. */
interface Bounds extends Tested {
  readonly list: string;
  readonly index: string;
}

function boundsIn(test: Expression): Bounds | undefined {
  if (test.type === 'not') {
    const bounds = boundsIn(test.operand);
    return bounds && { ...bounds, isFull: !bounds.isFull };
  }
  if (test.type !== 'compare' || test.rest.length !== 1) return undefined;
  const [{ operator, value } = { operator: '==', value: test.first }] = test.rest;
  const isTurned = operator === '>' || operator === '<=';
  const [index, length] = isTurned ? [value, test.first] : [test.first, value];
  if (!/^[<>]=?$/.test(operator) || length.type !== 'filter' || length.target === undefined) return undefined;
  if (!/^(?:length|count)$/.test(length.name)) return undefined;
  const [list, at] = [printExpression(length.target), printExpression(index)];
  return {
    list,
    index: at,
    value: `${list}[${at}]`,
    path: list,
    offset: beginningOf(length.target),
    isFull: operator === '<' || operator === '>',
  };
}

function takes(branch: unknown, { list, index }: Bounds): boolean {
  return someNode(
    branch,
    (node) =>
      node.type === 'item' && printExpression(node.target) === list && printExpression(node.index) === index,
  );
}

/** What takes the place of an empty value may stand there. */
function hasDefault(branch: unknown): boolean {
  return someNode(
    branch,
    (node) =>
      node.type === 'or' ||
      node.type === 'test' ||
      (node.type === 'filter' && /^(?:d|default)$/.test(node.name)),
  );
}
