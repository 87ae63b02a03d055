import type { ManifestNode, ScalarValue } from '../manifest/node.ts';
import { walk } from '../manifest/walk.ts';
import { textsIn } from '../simulator/texts-in.ts';
import type { ComponentAt } from '../validate/visit.ts';

/** By the customary names: a number of records to leave out, and the number of a page. */
export const offsetName =
  /^\$?(?:offset|skip|from|from_?index|start(?:_?(?:index|at))?|starting_?index|first_?result)$/i;
export const pageName = /^(?:page|page_?(?:number|num|no|index)|current_?page|p)$/i;

/** By the customary names: how many records a page has. */
export const sizeName =
  /^\$?(?:limit|per_?page|page_?(?:size|limit)|page\[size\]|max_?results|count|size|top|take)$/i;

/** By the customary names: what an answer gives for the next page. */
export const tokenName =
  /^(?:cursor|next|next_?(?:page|cursor|token)|(?:next_?)?page_?token|continuation_?token)$/i;

/** Whether a request holds this size, or anything under the name of one: then it says how many records a page has. */
export function saysSize(requester: ComponentAt | undefined, size: string): boolean {
  const numbers = [...scalarsIn(requester?.node)].map(String);
  const said = [...textsIn(requester?.node), ...numbers];
  return said.some((text) => text.includes(size) || sizeName.test(text));
}

function* scalarsIn(root: ManifestNode | undefined): Generator<ScalarValue> {
  for (const { node } of walk(root, ({ name }) => name === '$parameters'))
    if (node.kind === 'scalar') yield node.value;
}
