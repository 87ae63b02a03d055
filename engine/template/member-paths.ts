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
  const body = templateBody(text);
  const found: MemberPath[] = [];
  collect(body, name, found);
  return found;
}

interface Node {
  readonly type: string;
  readonly name?: unknown;
  readonly offset?: unknown;
  readonly target?: unknown;
  readonly index?: unknown;
  readonly args?: unknown;
  readonly value?: unknown;
}

function collect(node: unknown, name: string, found: MemberPath[]): void {
  if (Array.isArray(node)) {
    for (const item of node) collect(item, name, found);
  } else if (typeof node === 'object' && node !== null) {
    const path = isNode(node) ? pathOf(node, name) : undefined;
    if (path !== undefined) found.push(path);
    else for (const value of Object.values(node)) collect(value, name, found);
  }
}

function isNode(node: object): node is Node {
  return 'type' in node && typeof node.type === 'string';
}

/** The path of a chain of members that begins with the name; undefined for any other expression. */
function pathOf(node: unknown, name: string): MemberPath | undefined {
  if (typeof node !== 'object' || node === null || !isNode(node)) return undefined;
  if (node.type === 'name' && node.name === name) return { path: [], offset: Number(node.offset ?? 0) };
  if (node.type === 'attribute' && typeof node.name === 'string')
    return stepped(node.target, node.name, name);
  if (node.type === 'item') return stepped(node.target, textOf(node.index), name);
  if (node.type !== 'call') return undefined;
  // `config.get('a')` is another way to write `config.a`.
  const { target, args } = node;
  const isGet = typeof target === 'object' && target !== null && isNode(target) && target.name === 'get';
  if (!isGet || target.type !== 'attribute') return undefined;
  return stepped(target.target, Array.isArray(args) ? textOf(args[0]) : undefined, name);
}

function stepped(target: unknown, step: string | undefined, name: string): MemberPath | undefined {
  const before = pathOf(target, name);
  return before === undefined || step === undefined ? before : { ...before, path: [...before.path, step] };
}

function textOf(node: unknown): string | undefined {
  if (typeof node !== 'object' || node === null || !isNode(node)) return undefined;
  return node.type === 'constant' && typeof node.value === 'string' ? node.value : undefined;
}
