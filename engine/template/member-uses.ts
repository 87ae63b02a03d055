import { tryTo } from '../util/flow/try-to.ts';
import type { Body, Expression } from './syntax/ast.ts';
import { parseTemplate } from './syntax/parser.ts';

/** A member that a template takes of a name by a text that it writes out: `config.a`, `config['a']`, `config.get('a')`. */
export interface MemberUse {
  readonly name: string;
  readonly member: string;
  /** Where the name stands in the text. */
  readonly offset: number;
  readonly how: 'attribute' | 'item' | 'get' | 'call';
}

/** The members that a template takes of the names of its context. None when the template cannot be read. */
export function memberUses(text: string): MemberUse[] {
  const body = text.includes('{') ? tryTo(() => parseTemplate(text)) : undefined;
  const found: MemberUse[] = [];
  if (body !== undefined) collect(body, found);
  return found;
}

function collect(node: Body | Expression | unknown, found: MemberUse[]): void {
  if (Array.isArray(node)) {
    for (const item of node) collect(item, found);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  if (isExpression(node)) {
    const use = useOf(node);
    if (use !== undefined) {
      found.push(use);
      if (node.type === 'call') collect([node.args, node.keywords], found);
      return;
    }
  }
  for (const value of Object.values(node)) collect(value, found);
}

function isExpression(node: object): node is Expression {
  return 'type' in node && 'offset' in node;
}

function useOf(node: Expression): MemberUse | undefined {
  if (node.type === 'call' && node.target.type === 'attribute' && node.target.target.type === 'name') {
    const { name, offset } = node.target.target;
    const [first] = node.args;
    const isGet = node.target.name === 'get' && first?.type === 'constant' && typeof first.value === 'string';
    return isGet
      ? { name, offset, member: String(first.value), how: 'get' }
      : { name, offset, member: node.target.name, how: 'call' };
  }
  if (node.type === 'attribute' && node.target.type === 'name')
    return { name: node.target.name, offset: node.target.offset, member: node.name, how: 'attribute' };
  if (node.type === 'item' && node.target.type === 'name' && node.index.type === 'constant') {
    const { value } = node.index;
    if (typeof value === 'string')
      return { name: node.target.name, offset: node.target.offset, member: value, how: 'item' };
  }
  return undefined;
}
