import type { Diagnostic } from '../../error/diagnostic.ts';
import { errorAt } from '../../manifest/node-diagnostic.ts';
import { type ComponentAt, childIn, isFilledIn, written } from '../visit.ts';

/** A request that tells a page size has one to tell. */
export function* pageSizes(paginator: ComponentAt): Iterable<Diagnostic> {
  if (paginator.family !== 'Paginator' || paginator.isHook || isFilledIn(paginator)) return;
  const option = written(paginator, 'page_size_option');
  const strategy = childIn(paginator, 'pagination_strategy');
  if (option === undefined || strategy?.component === undefined || strategy.isHook) return;
  const size = written(strategy, 'page_size');
  if (size !== undefined && !(size.kind === 'scalar' && !size.value)) return;
  const message = `"page_size_option" needs a page size: set "page_size" on the ${strategy.component.type}, or remove the option.`;
  yield errorAt(option, message);
}
