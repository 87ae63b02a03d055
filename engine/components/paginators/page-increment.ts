import * as z from 'zod';
import { component } from '../../language/component.ts';
import { wholeNumber } from '../../language/field-types/whole-number.ts';
import { responseNames, sliceNames } from '../../language/template-names.ts';
import { fieldOf } from '../../manifest/node.ts';

/** Counts pages. A page that is empty, or shorter than the page size, is the last one. */
export const PageIncrement = component({
  family: 'PaginationStrategy',
  type: 'PageIncrement',
  doc: 'Counts pages up from a first number.',
  sees: [...responseNames, ...sliceNames],
  fields: () => ({
    page_size: wholeNumber({ min: 0 })
      .optional()
      .describe('Records per page; a shorter page ends the pagination.'),
    start_from_page: z.number().int().default(0).describe('Number of the first page.'),
    inject_on_first_request: z
      .boolean()
      .default(false)
      .describe('Whether the first request carries a page number too.'),
  }),
  traits: () => ({ counts: 'pages' }),
  make({ page_size, start_from_page, inject_on_first_request }, scope) {
    const pageSize = page_size?.(scope)();
    return {
      firstToken: inject_on_first_request ? start_from_page : undefined,
      pageSize,
      nextToken({ extractedCount, stopped }, token) {
        if (extractedCount === 0) {
          stopped?.('empty page', scope.place);
          return undefined;
        }
        if (pageSize !== undefined && extractedCount < pageSize) {
          stopped?.('short page', (fieldOf(scope.node, 'page_size') ?? scope.node).place);
          return undefined;
        }
        return (typeof token === 'number' ? token : start_from_page) + 1;
      },
    };
  },
});
