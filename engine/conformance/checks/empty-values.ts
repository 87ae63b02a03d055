import type { Expression } from '../../template/syntax/ast.ts';
import { beginningOf } from '../../template/syntax/beginning-of.ts';
import { nodesIn } from '../../template/syntax/each-node.ts';
import { getCallOf } from '../../template/syntax/get-call.ts';
import { printExpression } from '../../template/syntax/print-expression.ts';
import { templateBody } from '../../template/syntax/template-body.ts';
import { defineCheck } from '../check.ts';
import { eachTemplate } from '../each-template.ts';
import { looked, violation } from '../events.ts';
import { factsOf, pathOf, type Tested, testedBy } from '../tested-values.ts';

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
  return nodesIn(templateBody(text)).flatMap((part) =>
    part.type === 'and' && part.right.type === 'constant' && isEmpty(part.right.value)
      ? [{ value: printExpression(part), offset: beginningOf(part.left) }]
      : [],
  );
}

/** `x ~ '…' if x or y`, where `x and y` is meant. */
function letThrough(text: string): readonly Tested[] {
  return nodesIn(templateBody(text)).flatMap((part) => {
    if (part.type !== 'condition' || part.test.type !== 'or' || hasDefault(part.value)) return [];
    const [left, right] = [part.test.left, part.test.right].map(testedBy);
    if (left === undefined || right === undefined) return [];
    // What is in a value is there only where the value is.
    if (left.path.startsWith(right.path) || right.path.startsWith(left.path)) return [];
    const isUsedAlone = (tested: Tested, other: Tested) =>
      tested.isFull &&
      uses(part.value, tested.path) &&
      !uses(part.value, other.path) &&
      !uses(part.otherwise, tested.path);
    return [...(isUsedAlone(left, right) ? [left] : []), ...(isUsedAlone(right, left) ? [right] : [])];
  });
}

function isEmpty(value: unknown): boolean {
  return ['', '0', 'false', 'null'].includes(String(value));
}

/** `x ~ '…' if not x else '…'`: the values that are used in one branch alone, in that where they are empty. */
function usedWhereEmpty(text: string): readonly Tested[] {
  return nodesIn(templateBody(text)).flatMap((part): readonly Tested[] => {
    if (part.type !== 'condition' && part.type !== 'if') return [];
    // What further conditions say is another matter.
    if (part.type === 'if' && part.elifs.length > 0) return [];
    const branches = [part.type === 'if' ? part.body : part.value, part.otherwise];
    const bounds = boundsIn(part.test);
    if (bounds !== undefined) {
      const [within, outside] = bounds.isFull ? branches : branches.toReversed();
      return takes(outside, bounds) && !takes(within, bounds) ? [bounds] : [];
    }
    const odd = [...factsOf(part.test, true)].find(({ path, isFull, isAlways }) => {
      const [full, empty] = isFull ? branches : branches.toReversed();
      // Of what is one of several conditions, only one branch says how it is.
      if (!isAlways && empty !== branches[0]) return false;
      const isOdd = uses(empty, path) && (!hasDefault(empty) || usesMembersAlone(empty, path));
      return isOdd && !uses(full, path);
    });
    return odd === undefined ? [] : [odd];
  });
}

function uses(branch: unknown, path: string): boolean {
  return nodesIn(branch).some((node) => pathOf(node) === path);
}

/** `x.get('a') or 'b'`: what takes the place of the member takes none of that of what has no members. */
function usesMembersAlone(branch: unknown, path: string): boolean {
  const nodes = nodesIn(branch);
  const members = nodes.filter((node) => {
    const target = node.type === 'attribute' || node.type === 'item' ? node.target : getCallOf(node)?.target;
    // The attribute "get" of a call is the same member once more.
    const isGet = node.type === 'attribute' && node.name === 'get';
    return target !== undefined && pathOf(target) === path && !isGet;
  });
  return members.length > 0 && members.length === nodes.filter((node) => pathOf(node) === path).length;
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
  return nodesIn(branch).some(
    (node) =>
      node.type === 'item' && printExpression(node.target) === list && printExpression(node.index) === index,
  );
}

/** What takes the place of an empty value may stand there. */
function hasDefault(branch: unknown): boolean {
  return nodesIn(branch).some(
    (node) =>
      node.type === 'or' ||
      node.type === 'test' ||
      (node.type === 'filter' && /^(?:d|default)$/.test(node.name)),
  );
}
