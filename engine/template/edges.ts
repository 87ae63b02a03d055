import type { Expression } from './syntax/ast.ts';
import { constantText } from './syntax/constant-text.ts';
import { soleOutput } from './syntax/sole-output.ts';

/** The literals that what a template puts out may begin and end with; undefined stands for what is read from elsewhere. */
export interface Edges {
  readonly first: readonly (string | undefined)[];
  readonly last: readonly (string | undefined)[];
}

/** Of a text that is one template: `'-' ~ region if region` begins with a "-", or is empty. */
export function edgesOf(template: string): Edges {
  const output = soleOutput(template);
  return output === undefined
    ? { first: [undefined], last: [undefined] }
    : { first: edge(output, 0), last: edge(output, -1) };
}

function edge(node: Expression, end: 0 | -1): readonly (string | undefined)[] {
  const text = constantText(node);
  if (text !== undefined) return [text];
  if (node.type === 'or') return [...edge(node.left, end), ...edge(node.right, end)];
  if (node.type === 'condition')
    return [...edge(node.value, end), ...(node.otherwise === undefined ? [''] : edge(node.otherwise, end))];
  const part = partsOf(node)?.at(end);
  return part === undefined ? [undefined] : edge(part, end);
}

/** What a sum or a concatenation consists of. */
function partsOf(node: Expression): readonly Expression[] | undefined {
  if (node.type === 'concat') return node.items;
  return node.type === 'binary' && node.operator === '+' ? [node.left, node.right] : undefined;
}
