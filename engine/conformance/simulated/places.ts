import { fieldOf, type ManifestNode, type MappingNode } from '../../manifest/node.ts';
import { type ComponentAt, childIn } from '../../validate/visit.ts';
import type { StreamAt } from '../subject.ts';

/** Parts of a stream that checks point at. */
export interface StreamParts {
  readonly retriever: ComponentAt | undefined;
  readonly requester: ComponentAt | undefined;
  readonly errorHandler: ComponentAt | undefined;
  readonly paginator: ComponentAt | undefined;
  readonly strategy: ComponentAt | undefined;
  readonly selector: ComponentAt | undefined;
  readonly extractor: ComponentAt | undefined;
  readonly filter: ComponentAt | undefined;
  readonly incremental: ComponentAt | undefined;
  readonly router: ComponentAt | undefined;
}

export function partsOf({ at }: StreamAt): StreamParts {
  const retriever = childIn(at, 'retriever');
  const requester = childIn(retriever, 'requester') ?? childIn(retriever, 'download_requester');
  const paginator = childIn(retriever, 'paginator');
  const selector = childIn(retriever, 'record_selector');
  return {
    retriever,
    requester,
    errorHandler: childIn(requester, 'error_handler'),
    paginator,
    strategy: childIn(paginator, 'pagination_strategy'),
    selector,
    extractor: childIn(selector, 'extractor'),
    filter: childIn(selector, 'record_filter'),
    incremental: childIn(at, 'incremental_sync'),
    router: childIn(retriever, 'partition_router'),
  };
}

/** The first of some fields that is written; the component where none is. */
export function fieldIn(at: ComponentAt | undefined, ...names: readonly string[]): ManifestNode | undefined {
  return at && firstField(at.node, ...names);
}

/** The same of a component as it is written. */
export function firstField(node: MappingNode, ...names: readonly string[]): ManifestNode {
  for (const name of names) {
    const field = fieldOf(node, name);
    if (field !== undefined) return field;
  }
  return node;
}
