import * as z from 'zod';
import { component } from '../../language/component.ts';
import { wholeNumberOrNothing } from '../../language/field-types/whole-number.ts';
import { responseNames, sliceNames } from '../../language/template-names.ts';
import { fieldOf } from '../../manifest/node.ts';

/** Counts the records read so far and asks for the page that starts there. */
export const OffsetIncrement = component({
  family: 'PaginationStrategy',
  type: 'OffsetIncrement',
  doc: 'Asks for the page that starts after the records read so far.',
  sees: [...responseNames, ...sliceNames],
  fields: () => ({
    page_size: wholeNumberOrNothing({ min: 0 })
      .optional()
      .describe('Records per page; may be read from the response.'),
    inject_on_first_request: z
      .boolean()
      .default(false)
      .describe('Whether the first request carries offset 0.'),
  }),
  traits: () => ({ counts: 'records' }),
  make({ page_size, inject_on_first_request }, scope) {
    const evaluate = page_size?.(scope);
    return {
      firstToken: inject_on_first_request ? 0 : undefined,
      // A size that is only known from the response cannot be requested.
      get pageSize() {
        return evaluate?.();
      },
      async nextToken(page, token) {
        const { extractedCount, stopped } = page;
        if (extractedCount === 0) {
          stopped?.('empty page', scope.place);
          return undefined;
        }
        const size = page.pageSize ?? evaluate?.({ response: await page.document() });
        if (size !== undefined && extractedCount < size) {
          stopped?.('short page', (fieldOf(scope.node, 'page_size') ?? scope.node).place);
          return undefined;
        }
        return (typeof token === 'number' ? token : 0) + extractedCount;
      },
    };
  },
});
