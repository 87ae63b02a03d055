import type { PageAction } from '../contract/families.ts';
import { ConnectorError } from '../error/connector-error.ts';
import { fieldOf, type ManifestNode, typeOf } from '../manifest/node.ts';

/** The response filter of a requester that has the action, if there is one. What hooks do cannot be seen. */
export function filterWithAction(
  requester: ManifestNode | undefined,
  action: PageAction,
): ManifestNode | undefined {
  if (requester === undefined || typeOf(requester) !== 'HttpRequester') return undefined;
  const handler = fieldOf(requester, 'error_handler');
  return handler === undefined ? undefined : filterIn(handler, action);
}

function filterIn(handler: ManifestNode, action: PageAction): ManifestNode | undefined {
  switch (typeOf(handler)) {
    case 'CompositeErrorHandler':
      return firstOf(itemsOf(handler, 'error_handlers').map((nested) => filterIn(nested, action)));
    case 'DefaultErrorHandler':
      return itemsOf(handler, 'response_filters').find((filter) => hasAction(filter, action));
    default:
      return undefined;
  }
}

function firstOf<T>(values: readonly (T | undefined)[]): T | undefined {
  return values.find((value) => value !== undefined);
}

function itemsOf(node: ManifestNode, field: string): readonly ManifestNode[] {
  const list = fieldOf(node, field);
  return list?.kind === 'sequence' ? list.items : [];
}

function hasAction(filter: ManifestNode, action: PageAction): boolean {
  const field = fieldOf(filter, 'action');
  return field?.kind === 'scalar' && field.value === action;
}

/** Only the main requester of a SimpleRetriever can request its page in another size, or its window in parts. */
export function refusePageActions(requester: ManifestNode | undefined, role: string): void {
  for (const action of ['REDUCE_PAGE_SIZE', 'SPLIT_REQUEST_WINDOW'] as const) {
    const filter = filterWithAction(requester, action);
    if (filter === undefined) continue;
    throw new ConnectorError(
      `The action ${action} has no meaning for ${role}: only the requester of a SimpleRetriever reads pages and windows.`,
      { kind: 'config_error', nodes: [filter.place] },
    );
  }
}
