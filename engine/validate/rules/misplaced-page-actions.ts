import type { Diagnostic } from '../../error/diagnostic.ts';
import { errorAt } from '../../manifest/node-diagnostic.ts';
import { filterWithAction } from '../page-actions.ts';
import type { ComponentAt } from '../visit.ts';

/** Only the requester whose pages a retriever reads can request one in another size, or a window in parts. */
export function* misplacedPageActions(requester: ComponentAt): Iterable<Diagnostic> {
  const { family, parent, field } = requester;
  if (family !== 'Requester' || parent === undefined || parent.isHook) return;
  if (parent.traits.readsPages === true && field === 'requester') return;
  for (const action of ['REDUCE_PAGE_SIZE', 'SPLIT_REQUEST_WINDOW'] as const) {
    const filter = filterWithAction(requester, action);
    if (filter === undefined) continue;
    yield errorAt(
      filter,
      `The action ${action} has no meaning for "${field}" of ${parent.component?.type ?? parent.family}: only the requester of a SimpleRetriever reads pages and windows.`,
    );
  }
}
