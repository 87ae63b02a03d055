import type { Expression } from '../../template/syntax/ast.ts';
import { nodesIn } from '../../template/syntax/each-node.ts';
import { getCallOf } from '../../template/syntax/get-call.ts';
import { templateBody } from '../../template/syntax/template-body.ts';
import { defineCheck } from '../check.ts';
import { eachTemplate } from '../each-template.ts';
import { looked, violation } from '../events.ts';

export const headerValues = defineCheck({
  id: 'header-values',
  group: 'pages',
  level: 'static',
  severity: 'warning',
  doc: 'what is read of a header is compared with a text, as all headers are texts',
  *run({ source }) {
    for (const { node, text, stream } of eachTemplate(source, /headers/)) {
      yield looked();
      for (const { operator, value, offset } of comparisons(text)) {
        const advice = typeof value === 'boolean' ? '' : ', and the filter "int" makes a number of it';
        yield violation(
          node,
          `A header is a text, which is never the ${typeof value} ${value}: "${operator} '${value}'" compares it with the text${advice}.`,
          { stream, offset },
        );
      }
    }
  },
});

interface Comparison {
  readonly operator: string;
  readonly value: boolean | number | bigint;
  readonly offset: number;
}

/** Where a template asks whether a header is a number, or true or false. */
function comparisons(text: string): readonly Comparison[] {
  return nodesIn(templateBody(text)).flatMap((node) => {
    if (node.type !== 'compare') return [];
    const [next, ...more] = node.rest;
    if (next === undefined || more.length > 0 || !['==', '!='].includes(next.operator)) return [];
    const sides = [node.first, next.value];
    const constant = sides.find(({ type }) => type === 'constant');
    const value = constant?.type === 'constant' ? constant.value : undefined;
    if (typeof value !== 'boolean' && typeof value !== 'number' && typeof value !== 'bigint') return [];
    return sides.some(isHeader) ? [{ operator: next.operator, value, offset: node.offset }] : [];
  });
}

/** `headers['x']`, `headers.link.next.results`, `headers.get('x')`: what a default may be is another matter. */
function isHeader(node: Expression): boolean {
  const get = getCallOf(node);
  if (get !== undefined) return get.fallback === undefined && isRooted(get.target);
  return (node.type === 'attribute' || node.type === 'item') && isRooted(node.target);
}

function isRooted(node: Expression): boolean {
  if (node.type === 'name') return node.name === 'headers';
  return isHeader(node);
}
