import { memoizeTexts } from '../util/text/memoize-texts.ts';
import type { Expression } from './syntax/ast.ts';
import { constantText } from './syntax/constant-text.ts';
import { eachNode, type Node } from './syntax/each-node.ts';
import { getCallOf } from './syntax/get-call.ts';
import { templateBody } from './syntax/template-body.ts';

/** A member that a template takes of a name by a text that it writes out: `config.a`, `config['a']`, `config.get('a')`. */
export interface MemberUse {
  readonly name: string;
  readonly member: string;
  /** The members of that member which are taken in the same way, the outer first. */
  readonly deeper: readonly string[];
  /** Where the name stands in the text. */
  readonly offset: number;
  readonly how: 'attribute' | 'item' | 'get' | 'call';
}

/** The members that a template takes of the names of its context. None when the template cannot be read. */
export const memberUses: (text: string) => readonly MemberUse[] = memoizeTexts(
  (text) => usesIn(templateBody(text)),
  1_000_000,
);

/**
 * Those of them that a template takes whatever else holds, and does not look at before: what is missing there comes out
 * as nothing. `{{ config.a or 1 }}`, `{{ config.a | default(1) }}` and what stands behind an `if` are not among them.
 */
export const neededMembers: (text: string) => readonly MemberUse[] = memoizeTexts(
  (text) => usesIn(templateBody(text), mayDoWithout),
  1_000_000,
);

function usesIn(part: unknown, skips: (node: Node) => boolean = () => false): readonly MemberUse[] {
  const found: MemberUse[] = [];
  eachNode(part, (node) => {
    if (skips(node)) return [];
    const use = useOf(node);
    if (use === undefined) return undefined;
    found.push(use);
    if (node.type !== 'call') return [];
    return [node.args, node.keywords, node.dynamicArgs, node.dynamicKeywords];
  });
  return found;
}

/** Only what is put out at the top of a template is put out for certain. */
const certain: ReadonlySet<string> = new Set([
  ...['output', 'constant', 'name', 'attribute', 'item', 'slice', 'list', 'tuple', 'dict'],
  ...['call', 'negative', 'positive', 'binary', 'concat', 'filter'],
]);

function mayDoWithout(node: Node): boolean {
  return !certain.has(node.type) || (node.type === 'filter' && ['default', 'd'].includes(node.name));
}

function useOf(node: Node): MemberUse | undefined {
  const step = stepOf(node);
  if (step === undefined) return undefined;
  const { target, member, how } = step;
  if (target.type === 'name') return { name: target.name, offset: target.offset, member, deeper: [], how };
  const outer = how === 'call' ? undefined : useOf(target);
  if (outer === undefined || outer.how === 'call') return undefined;
  return { ...outer, deeper: [...outer.deeper, member] };
}

interface Step extends Pick<MemberUse, 'member' | 'how'> {
  readonly target: Expression;
}

/** One member of anything. */
function stepOf(node: Node): Step | undefined {
  if (node.type === 'attribute') return { target: node.target, member: node.name, how: 'attribute' };
  if (node.type === 'call' && node.target.type === 'attribute') {
    const { target, name } = node.target;
    const key = constantText(getCallOf(node)?.key);
    return key === undefined ? { target, member: name, how: 'call' } : { target, member: key, how: 'get' };
  }
  const key = node.type === 'item' ? constantText(node.index) : undefined;
  return node.type === 'item' && key !== undefined
    ? { target: node.target, member: key, how: 'item' }
    : undefined;
}
