import type { Expression } from './syntax/ast.ts';
import { constantText } from './syntax/constant-text.ts';
import { eachNode, type Node } from './syntax/each-node.ts';
import { getCallOf } from './syntax/get-call.ts';
import { templateBody } from './syntax/template-body.ts';

/** Members of members that a template takes of a name: `config.login['token']` is `["login", "token"]`. */
export interface MemberPath {
  readonly path: readonly string[];
  /** Where the name stands in the text. */
  readonly offset: number;
}

/** A chain of members, and what has to be looked at inside of its brackets. */
interface Chain extends MemberPath {
  /** A step is not written out: what follows is a member of nobody knows what. */
  readonly isOver: boolean;
  readonly inside: readonly unknown[];
}

/**
 * The paths that a template takes of a name as long as they are written out: in `config[key].id` the path is empty. None
 * when the template cannot be read.
 */
export function memberPaths(text: string, name: string): readonly MemberPath[] {
  const found: MemberPath[] = [];
  eachNode(templateBody(text), (node) => {
    const chain = chainOf(node, name);
    if (chain === undefined) return undefined;
    found.push({ path: chain.path, offset: chain.offset });
    return chain.inside;
  });
  return found;
}

/** Undefined for what does not begin with the name. */
function chainOf(node: Node, name: string): Chain | undefined {
  if (node.type === 'name')
    return node.name === name ? { path: [], offset: node.offset, isOver: false, inside: [] } : undefined;
  if (node.type === 'attribute') return stepped(node.target, node.name, [], name);
  if (node.type === 'item') return stepped(node.target, constantText(node.index), [node.index], name);
  if (node.type !== 'call' || node.target.type !== 'attribute') return undefined;
  // `config.get('a')` is another way to write `config.a`.
  const step = constantText(getCallOf(node)?.key);
  const { args, keywords, dynamicArgs, dynamicKeywords } = node;
  return stepped(node.target.target, step, [args, keywords, dynamicArgs, dynamicKeywords], name);
}

function stepped(
  target: Expression,
  step: string | undefined,
  inside: readonly unknown[],
  name: string,
): Chain | undefined {
  const before = chainOf(target, name);
  if (before === undefined) return undefined;
  const isOver = before.isOver || step === undefined;
  return {
    offset: before.offset,
    path: isOver ? before.path : [...before.path, step],
    isOver,
    inside: [...before.inside, ...inside],
  };
}
