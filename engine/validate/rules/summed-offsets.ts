import type { Diagnostic } from '../../error/diagnostic.ts';
import { type ComponentAt, childIn, visit } from '../visit.ts';

/** An offset counts the records of a page, and an extractor that adds up may find more of them than the page is long. */
export function* summedOffsets(retriever: ComponentAt): Iterable<Diagnostic> {
  if (retriever.family !== 'Retriever') return;
  const selector = childIn(retriever, 'record_selector');
  yield* between(childIn(retriever, 'paginator'), childIn(selector, 'extractor'));
  yield* between(childIn(retriever, 'download_paginator'), childIn(retriever, 'download_extractor'));
}

function* between(
  paginator: ComponentAt | undefined,
  extractor: ComponentAt | undefined,
): Iterable<Diagnostic> {
  const strategy = childIn(paginator, 'pagination_strategy');
  if (strategy?.traits.counts !== 'records' || extractor === undefined) return;
  for (const { node, traits } of visit(extractor)) {
    if (traits.addsUp !== true) continue;
    yield {
      severity: 'error',
      message:
        'An OffsetIncrement counts records, so it cannot be combined with a CombinedExtractor of mode "union", which adds up what several extractors find. Use "first_match", CursorPagination or PageIncrement.',
      places: [node.place, strategy.node.place],
      pointer: node.place.pointer,
    };
    return;
  }
}
