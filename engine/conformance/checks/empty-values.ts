import type { Expression } from '../../template/syntax/ast.ts';
import { eachNode } from '../../template/syntax/each-node.ts';
import { printExpression } from '../../template/syntax/print-expression.ts';
import { templateBody } from '../../template/syntax/template-body.ts';
import { defineCheck } from '../check.ts';
import { eachTemplate } from '../each-template.ts';
import { looked, violation } from '../events.ts';

export const emptyValues = defineCheck({
  id: 'empty-values',
  group: 'requests',
  level: 'static',
  severity: 'warning',
  doc: 'a template uses a value where its own condition says that there is one, not only where there is none',
  *run({ source }) {
    for (const { node, text, stream } of eachTemplate(source, /\bif\b/)) {
      yield looked();
      for (const { value, offset } of usedWhereEmpty(text))
        yield violation(
          node,
          `This template uses "${value}" only where the condition says that it is empty: was the opposite meant?`,
          { stream, offset },
        );
    }
  },
});

/** `x ~ '…' if not x else '…'`: the values that are used in one branch alone, in that where they are empty. */
function usedWhereEmpty(text: string): readonly { readonly value: string; readonly offset: number }[] {
  const found: { value: string; offset: number }[] = [];
  eachNode(templateBody(text), (part) => {
    if (part.type !== 'condition' || part.otherwise === undefined) return undefined;
    const isNegated = part.test.type === 'not';
    const tested = part.test.type === 'not' ? part.test.operand : part.test;
    if (!isPath(tested)) return undefined;
    const [full, empty] = isNegated ? [part.otherwise, part.value] : [part.value, part.otherwise];
    const value = printExpression(tested);
    if (uses(empty, value) && !uses(full, value) && !hasDefault(empty))
      found.push({ value, offset: beginningOf(tested) });
    return undefined;
  });
  return found;
}

function isPath(node: Expression): boolean {
  if (node.type === 'name') return true;
  return (node.type === 'attribute' || node.type === 'item') && isPath(node.target);
}

function beginningOf(path: Expression): number {
  return path.type === 'attribute' || path.type === 'item' ? beginningOf(path.target) : path.offset;
}

function uses(expression: Expression, value: string): boolean {
  let isUsed = false;
  eachNode(expression, (node) => {
    isUsed ||=
      (node.type === 'name' || node.type === 'attribute' || node.type === 'item') &&
      printExpression(node) === value;
    return undefined;
  });
  return isUsed;
}

/** What takes the place of an empty value may stand there. */
function hasDefault(expression: Expression): boolean {
  let has = false;
  eachNode(expression, (node) => {
    has ||=
      node.type === 'or' ||
      node.type === 'test' ||
      (node.type === 'filter' && /^(?:d|default)$/.test(node.name));
    return undefined;
  });
  return has;
}
