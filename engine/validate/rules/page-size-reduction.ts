import type { Diagnostic } from '../../error/diagnostic.ts';
import type { Traits } from '../../language/traits.ts';
import { errorAt, warningAt } from '../../manifest/node-diagnostic.ts';
import { stopsAtSmallerPages } from '../../template/stop-condition.ts';
import { choosesProperties, filterWithAction, hasLazyParent, streamOf } from '../page-actions.ts';
import { type ComponentAt, childIn, textIn, written } from '../visit.ts';

/**
 * Smaller pages are requested only where such a page is the beginning of the one that was refused, and where no record
 * is read twice; and the action REDUCE_PAGE_SIZE does not stand without "page_size_reduction".
 */
export function* pageSizeReduction(retriever: ComponentAt): Iterable<Diagnostic> {
  if (retriever.traits.readsPages !== true) return;
  const requester = childIn(retriever, 'requester');
  const filter = filterWithAction(requester, 'REDUCE_PAGE_SIZE');
  const field = written(retriever, 'page_size_reduction');
  const subject = field ?? filter;
  if (subject === undefined) return;
  if (hasLazyParent(retriever)) {
    const message = 'Pages that come out of the parent\'s records ("lazy_read_pointer") cannot get smaller.';
    yield errorAt(subject, message);
  }
  if (field === undefined) {
    yield errorAt(subject, 'The action REDUCE_PAGE_SIZE needs "page_size_reduction" on the retriever.');
    return;
  }
  if (filter === undefined) {
    const message =
      'No response filter has the action REDUCE_PAGE_SIZE, so "page_size_reduction" is never used.';
    yield warningAt(field, message);
  }
  if (choosesProperties(requester)) {
    yield errorAt(
      field,
      '"page_size_reduction" cannot be combined with query properties: a page is several requests then, and records of those before would be read twice.',
    );
  }
  if (childIn(streamOf(retriever), 'file_uploader') !== undefined) {
    yield errorAt(
      field,
      '"page_size_reduction" cannot be combined with a "file_uploader": files of a page that is refused would be read twice.',
    );
  }
  const paginator = childIn(retriever, 'paginator');
  if (paginator?.traits.paginates !== true) {
    yield errorAt(
      field,
      '"page_size_reduction" needs a DefaultPaginator, which can request another page size.',
    );
    return;
  }
  yield* options(paginator);
  const { reduction } = childIn(retriever, 'page_size_reduction')?.traits ?? {};
  const strategy = childIn(paginator, 'pagination_strategy');
  if (strategy !== undefined && reduction !== undefined) yield* strategyFor(strategy, reduction);
}

type Reduction = NonNullable<Traits['reduction']>;

function* options(paginator: ComponentAt): Iterable<Diagnostic> {
  if (written(paginator, 'page_size_option') === undefined) {
    yield errorAt(
      paginator.node,
      '"page_size_reduction" needs a "page_size_option": without it, the API is not told of the page size.',
    );
  }
  const token = childIn(paginator, 'page_token_option');
  if (token?.traits.isPath === true) {
    yield errorAt(
      token.node,
      '"page_size_reduction" cannot be combined with a RequestPath: the URL that the API gives has a page size already.',
    );
  }
}

function* strategyFor(strategy: ComponentAt, reduction: Reduction): Iterable<Diagnostic> {
  const { counts } = strategy.traits;
  if (strategy.isHook) return;
  if (counts === 'pages') {
    yield errorAt(
      strategy.node,
      '"page_size_reduction" needs OffsetIncrement or CursorPagination: numbered pages of another size start elsewhere.',
    );
    return;
  }
  yield* sizes(strategy, reduction);
  yield* stopCondition(strategy, reduction);
}

function* sizes(strategy: ComponentAt, { factor, minimum, maxAttempts }: Reduction): Iterable<Diagnostic> {
  const field = written(strategy, 'page_size');
  if (field === undefined) {
    yield errorAt(strategy.node, '"page_size_reduction" needs a "page_size" on the pagination strategy.');
    return;
  }
  const value = field.kind === 'scalar' ? String(field.value) : '';
  // A template is only known once there is a config.
  if (!/^\s*[+-]?\d+\s*$/.test(value)) return;
  const size = Number(value);
  if (size <= minimum) {
    yield errorAt(
      field,
      `Pages can never get smaller: "page_size" is ${size}, and "minimum_page_size" is ${minimum}.`,
    );
  } else if (minimum > 1 && factor ** maxAttempts < size / minimum) {
    const needed = Math.ceil(Math.log(size / minimum) / Math.log(factor));
    yield warningAt(
      field,
      `The "minimum_page_size" of ${minimum} is not reached in ${maxAttempts} attempts; it takes ${needed} ("max_attempts").`,
    );
  }
}

function* stopCondition(strategy: ComponentAt, { minimum }: Reduction): Iterable<Diagnostic> {
  const field = written(strategy, 'stop_condition');
  const text = textIn(strategy, 'stop_condition');
  if (field === undefined || !text) return;
  const answer = stopsAtSmallerPages(text, minimum);
  if (answer === 'yes') {
    yield errorAt(
      field,
      'With "page_size_reduction", this condition takes a full page of fewer records for the last one. Compare "last_page_size" with "page_size", the size that was requested, or with 0.',
    );
  }
  if (answer === 'maybe') {
    yield warningAt(
      field,
      'With "page_size_reduction", the "stop_condition" may take a full page of fewer records for the last one. Comparing "last_page_size" with "page_size" is safe.',
    );
  }
}
