import type { Expression } from './syntax/ast.ts';
import { eachNode, type Node } from './syntax/each-node.ts';
import { templateBody } from './syntax/template-body.ts';

/** Members of members that a template takes of a name: `config.login['token']` is `["login", "token"]`. */
export interface MemberPath {
  readonly path: readonly string[];
  /** Where the name stands in the text. */
  readonly offset: number;
}

/**
 * The paths that a template takes of a name as long as they are written out: in `config[key].id` the path is empty. None
 * when the template cannot be read.
 */
export function memberPaths(text: string, name: string): readonly MemberPath[] {
  const found: MemberPath[] = [];
  eachNode(templateBody(text), (node) => {
    const path = pathOf(node, name);
    if (path === undefined) return undefined;
    found.push(path);
    return [];
  });
  return found;
}

/** The path of a chain of members that begins with the name; undefined for anything else. */
function pathOf(node: Node, name: string): MemberPath | undefined {
  if (node.type === 'name') return node.name === name ? { path: [], offset: node.offset } : undefined;
  if (node.type === 'attribute') return stepped(node.target, node.name, name);
  if (node.type === 'item') return stepped(node.target, textOf(node.index), name);
  // `config.get('a')` is another way to write `config.a`.
  if (node.type !== 'call' || node.target.type !== 'attribute' || node.target.name !== 'get')
    return undefined;
  return stepped(node.target.target, textOf(node.args[0]), name);
}

function stepped(target: Expression, step: string | undefined, name: string): MemberPath | undefined {
  const before = pathOf(target, name);
  return before === undefined || step === undefined ? before : { ...before, path: [...before.path, step] };
}

function textOf(node: Expression | undefined): string | undefined {
  return node?.type === 'constant' && typeof node.value === 'string' ? node.value : undefined;
}
