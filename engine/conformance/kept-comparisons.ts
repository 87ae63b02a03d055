import type { CompareOperator, Expression } from '../template/syntax/ast.ts';
import { templateBody } from '../template/syntax/template-body.ts';

/** A comparison that a condition has to find true to keep a record, as far as it counts. */
export interface Comparison {
  readonly left: Expression;
  readonly operator: CompareOperator;
  readonly right: Expression;
}

const denied: Readonly<Record<CompareOperator, CompareOperator>> = Object.freeze({
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
  in: 'not in',
  'not in': 'in',
});

/**
 * The comparisons of a condition, each as it keeps records: `not (a < b)` has `a >= b`, and both arms of `if` have theirs.
 * None of what is no single output.
 */
export function keptComparisons(text: string): readonly Comparison[] {
  const [output, ...more] = templateBody(text.trim()) ?? [];
  return output?.type === 'output' && more.length === 0 ? comparisonsIn(output.value, false) : [];
}

function comparisonsIn(node: Expression, isNot: boolean): readonly Comparison[] {
  switch (node.type) {
    case 'not':
      return comparisonsIn(node.operand, !isNot);
    case 'and':
    case 'or':
      return [node.left, node.right].flatMap((each) => comparisonsIn(each, isNot));
    case 'condition':
      return [node.value, ...(node.otherwise === undefined ? [] : [node.otherwise])].flatMap((each) =>
        comparisonsIn(each, isNot),
      );
    case 'compare':
      return node.rest.map(({ operator, value }, index) => ({
        left: index === 0 ? node.first : (node.rest[index - 1]?.value ?? node.first),
        operator: isNot ? denied[operator] : operator,
        right: value,
      }));
    default:
      return [];
  }
}
