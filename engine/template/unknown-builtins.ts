import { didYouMean } from '../util/text/did-you-mean.ts';
import { memoizeTexts } from '../util/text/memoize-texts.ts';
import { filters, hasFilter } from './builtins/filters.ts';
import { hasTest, tests } from './builtins/tests.ts';
import { methodNames } from './methods/types.ts';
import { eachNode, type Node } from './syntax/each-node.ts';
import { templateBody } from './syntax/template-body.ts';

export interface UnknownBuiltin {
  /** A sentence that names it, and the near one. */
  readonly message: string;
  /** Where it stands in the text. */
  readonly offset: number;
}

/**
 * The filters, tests and methods of a template that nothing has, also those in branches that may never be taken. None
 * when the template cannot be read.
 */
export const unknownBuiltins: (text: string) => readonly UnknownBuiltin[] = memoizeTexts((text) => {
  const found: UnknownBuiltin[] = [];
  eachNode(templateBody(text), (node) => {
    const unknown = unknownIn(node);
    if (unknown !== undefined) found.push(unknown);
  });
  return found;
}, 1_000_000);

function unknownIn(node: Node): UnknownBuiltin | undefined {
  if (node.type === 'filter' && !hasFilter(node.name))
    return told('filter', node.name, Object.keys(filters), node);
  if (node.type === 'test' && !hasTest(node.name)) return told('test', node.name, Object.keys(tests), node);
  if (node.type !== 'call' || node.target.type !== 'attribute') return undefined;
  const { name, target } = node.target;
  // What these have depends on the template around them.
  if (target.type === 'name' && own.has(target.name)) return undefined;
  return methodNames.has(name) ? undefined : told('method', name, methodNames, node.target);
}

const own: ReadonlySet<string> = new Set(['self', 'loop', 'caller']);

function told(
  kind: string,
  name: string,
  candidates: Iterable<string>,
  { offset }: { readonly offset: number },
): UnknownBuiltin {
  return { message: `Templates have no ${kind} "${name}".${didYouMean(name, candidates)}`, offset };
}
