import type { PageSizeReduction, Requester } from '../../contract/families.ts';
import type { Scope } from '../../contract/scope.ts';
import { filterWithAction } from '../../language/page-actions.ts';
import { fieldOf, type ManifestNode, typeOf } from '../../manifest/node.ts';
import { stopsAtSmallerPages } from '../../template/stop-condition.ts';
import { hasLazyParent } from './has-lazy-parent.ts';
import { refuse } from './refuse.ts';

type Warn = (message: string) => void;

/**
 * Refuses "page_size_reduction" where a smaller page would not be the same page, or would give some records twice, and
 * the action REDUCE_PAGE_SIZE without it.
 */
export function checkPageSizeReduction(
  { node, stream, sync }: Scope,
  requester: Requester,
  reduction: PageSizeReduction | undefined,
): void {
  const filter = filterWithAction(fieldOf(node, 'requester'), 'REDUCE_PAGE_SIZE');
  const subject = fieldOf(node, 'page_size_reduction') ?? filter;
  if (subject === undefined) return;
  const warn: Warn = (message) => sync.log('WARN', `Stream "${stream?.name ?? ''}": ${message}`);
  if (hasLazyParent(node)) {
    refuse('Pages that come out of the parent\'s records ("lazy_read_pointer") cannot get smaller.', subject);
  }
  if (reduction === undefined) {
    refuse('The action REDUCE_PAGE_SIZE needs "page_size_reduction" on the retriever.', subject);
  }
  if (filter === undefined) {
    warn('no response filter has the action REDUCE_PAGE_SIZE, so "page_size_reduction" is never used.');
  }
  if (requester.queryProperties !== undefined) {
    refuse(
      '"page_size_reduction" cannot be combined with query properties: a page is several requests then, and records of those before would be read twice.',
      subject,
    );
  }
  if (stream?.fileUploader !== undefined) {
    refuse(
      '"page_size_reduction" cannot be combined with a "file_uploader": files of a page that is refused would be read twice.',
      subject,
    );
  }
  const paginator = fieldOf(node, 'paginator');
  if (paginator === undefined || typeOf(paginator) !== 'DefaultPaginator') {
    refuse('"page_size_reduction" needs a DefaultPaginator, which can request another page size.', subject);
  }
  checkOptions(paginator);
  const strategy = fieldOf(paginator, 'pagination_strategy');
  if (strategy !== undefined) checkStrategy(strategy, reduction, warn);
}

function checkOptions(paginator: ManifestNode): void {
  if (fieldOf(paginator, 'page_size_option') === undefined) {
    refuse(
      '"page_size_reduction" needs a "page_size_option": without it, the API is not told of the page size.',
      paginator,
    );
  }
  const token = fieldOf(paginator, 'page_token_option');
  if (token !== undefined && typeOf(token) === 'RequestPath') {
    refuse(
      '"page_size_reduction" cannot be combined with a RequestPath: the URL that the API gives has a page size already.',
      token,
    );
  }
}

function checkStrategy(strategy: ManifestNode, reduction: PageSizeReduction, warn: Warn): void {
  switch (typeOf(strategy)) {
    case 'CustomPaginationStrategy':
      return;
    case 'OffsetIncrement':
      checkSizes(strategy, reduction, warn);
      return;
    case 'CursorPagination':
      checkSizes(strategy, reduction, warn);
      checkStopCondition(strategy, reduction, warn);
      return;
    default:
      refuse(
        '"page_size_reduction" needs OffsetIncrement or CursorPagination: numbered pages of another size start elsewhere.',
        strategy,
      );
  }
}

function checkSizes(
  strategy: ManifestNode,
  { factor, minimum, maxAttempts }: PageSizeReduction,
  warn: Warn,
): void {
  const field = fieldOf(strategy, 'page_size');
  const value = field?.kind === 'scalar' ? field.value : null;
  if (field === undefined || value === null) {
    refuse('"page_size_reduction" needs a "page_size" on the pagination strategy.', strategy);
  }
  // A template is only known once there is a config.
  const size = /^\s*[+-]?\d+\s*$/.test(String(value)) ? Number(value) : undefined;
  if (size === undefined) return;
  if (size <= minimum) {
    refuse(
      `Pages can never get smaller: "page_size" is ${size}, and "minimum_page_size" is ${minimum}.`,
      field,
    );
  }
  if (minimum > 1 && factor ** maxAttempts < size / minimum) {
    const needed = Math.ceil(Math.log(size / minimum) / Math.log(factor));
    warn(
      `the "minimum_page_size" of ${minimum} is not reached in ${maxAttempts} attempts; it takes ${needed} ("max_attempts").`,
    );
  }
}

function checkStopCondition(strategy: ManifestNode, { minimum }: PageSizeReduction, warn: Warn): void {
  const field = fieldOf(strategy, 'stop_condition');
  if (field?.kind !== 'scalar' || typeof field.value !== 'string' || field.value === '') return;
  const answer = stopsAtSmallerPages(field.value, minimum);
  if (answer === 'yes') {
    refuse(
      'With "page_size_reduction", this condition takes a full page of fewer records for the last one. Compare "last_page_size" with "page_size", the size that was requested, or with 0.',
      field,
    );
  }
  if (answer === 'maybe') {
    warn(
      'with "page_size_reduction", the "stop_condition" may take a full page of fewer records for the last one. Comparing "last_page_size" with "page_size" is safe.',
    );
  }
}
