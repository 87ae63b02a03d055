import type { Manifest } from '../../connector/load-manifest.ts';
import { isConnectorError } from '../../error/connector-error.ts';
import type { MappingNode } from '../../manifest/node.ts';
import { type ComponentAt, childIn, componentTree, textIn, visit, written } from '../../validate/visit.ts';

export interface InlayHint {
  /** Offset of the end of the line that it stands in. */
  readonly at: number;
  readonly text: string;
}

/** At each stream, what a sync asks for: `a request for each record of contacts, page of 100`. None while it is broken, and where hooks read. */
export async function inlayHintsIn(
  text: string,
  load: () => Promise<Manifest>,
): Promise<readonly InlayHint[]> {
  try {
    const { root, registry } = await load();
    const source = componentTree(root, 'Source', registry);
    return source.children.flatMap((stream) => {
      const retriever = childIn(stream, 'retriever');
      // Nobody sees what a hook asks for.
      if (stream.field !== 'streams' || retriever === undefined || retriever.isHook) return [];
      return [{ at: endOfLine(text, stream.node), text: requestsOf(stream, retriever) }];
    });
  } catch (error) {
    if (isConnectorError(error)) return [];
    throw error;
  }
}

function endOfLine(text: string, { place }: MappingNode): number {
  const end = text.indexOf('\n', place.start);
  return end === -1 ? text.length : end;
}

function requestsOf(stream: ComponentAt, retriever: ComponentAt): string {
  const each = [
    ...retriever.children.filter(({ field }) => field === 'partition_router').flatMap(partitions),
    ...windows(childIn(stream, 'incremental_sync')),
    ...pages(childIn(retriever, 'paginator')),
  ];
  return each.length === 0 ? 'a request' : `a request for each ${each.join(', ')}`;
}

function partitions(router: ComponentAt): readonly string[] {
  const parents = visit(router).filter(
    ({ family, parent }) => family === 'ParentStreamConfig' && isWithin(parent, router),
  );
  const names = parents.map((parent) => textIn(childIn(parent, 'stream'), 'name') ?? 'its parent');
  if (names.length > 0) return [`record of ${names.join(' and ')}`];
  const values = written(router, 'values');
  return [values?.kind === 'sequence' ? `of ${values.items.length} values` : 'partition'];
}

/** The parents of a parent are read for other requests than this stream's. */
function isWithin(at: ComponentAt | undefined, router: ComponentAt): boolean {
  for (let each = at; each !== undefined; each = each.parent) {
    if (each === router) return true;
    if (each.family === 'Stream') return false;
  }
  return false;
}

function windows(cursor: ComponentAt | undefined): readonly string[] {
  const step = textIn(cursor, 'step');
  if (step === undefined) return [];
  return [step.includes('{') ? 'window' : `window of ${step}`];
}

function pages(paginator: ComponentAt | undefined): readonly string[] {
  const strategy = childIn(paginator, 'pagination_strategy');
  if (strategy === undefined) return [];
  const size = written(strategy, 'page_size');
  const isNumber = size?.kind === 'scalar' && /^\d+$/.test(String(size.value));
  return [isNumber ? `page of ${String(size.value)}` : 'page'];
}
