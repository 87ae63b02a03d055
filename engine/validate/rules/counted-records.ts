import type { Diagnostic } from '../../error/diagnostic.ts';
import { type ComponentAt, childIn, written } from '../visit.ts';

/** A limit on records counts those that the API gives, and a filter hides some of them. */
export function* countedRecords(retriever: ComponentAt): Iterable<Diagnostic> {
  if (retriever.family !== 'Retriever') return;
  const limits = written(retriever, 'pagination_reset', 'limits');
  const filter = written(childIn(retriever, 'record_selector'), 'record_filter');
  if (limits === undefined || filter === undefined) return;
  yield {
    severity: 'error',
    message:
      'The "limits" of "pagination_reset" count records, so they cannot be combined with a "record_filter".',
    places: [limits.place, filter.place],
    pointer: limits.place.pointer,
  };
}
