import type { ResponseAction } from '../contract/families.ts';
import type { ManifestNode } from '../manifest/node.ts';
import { type ComponentAt, childIn, visit, written } from './visit.ts';

/** The response filter of a requester that has the action, if there is one. What hooks do cannot be seen. */
export function filterWithAction(
  requester: ComponentAt | undefined,
  action: ResponseAction,
): ManifestNode | undefined {
  const handler = childIn(requester, 'error_handler');
  if (handler === undefined) return undefined;
  for (const { node, traits } of visit(handler)) if (traits.action === action) return node;
  return undefined;
}

/** A parent's records carry the first pages of this retriever. */
export function hasLazyParent(retriever: ComponentAt): boolean {
  if (written(retriever, 'partition_router')?.kind !== 'mapping') return false;
  return (
    childIn(retriever, 'partition_router')?.children.some(({ traits }) => traits.isLazy === true) === true
  );
}

/** A request names properties of its own choice, so that a page may be several requests. */
export function choosesProperties(requester: ComponentAt | undefined): boolean {
  return requester?.children.some(({ family }) => propertyFamilies.has(family)) === true;
}

const propertyFamilies: ReadonlySet<string> = new Set(['QueryProperties', 'PropertiesFromEndpoint']);

/** The stream whose records a retriever reads; undefined for the other retrievers there are. */
export function streamOf({ parent }: ComponentAt): ComponentAt | undefined {
  return parent?.family === 'Stream' ? parent : undefined;
}
