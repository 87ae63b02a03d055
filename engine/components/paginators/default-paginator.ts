import { emptyParts } from '../../contract/request-parts.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { mergeParts } from '../../http/request/merge-parts.ts';
import { component } from '../../language/component.ts';
import { slot } from '../../language/slots.ts';
import { pyStr, pyTruth } from '../../template/python-values.ts';

/** Joins a strategy (which page comes next) with the options that put its token and page size into the request. */
export const DefaultPaginator = component({
  family: 'Paginator',
  type: 'DefaultPaginator',
  doc: 'Requests page after page until its strategy has no next token.',
  fields: () => ({
    pagination_strategy: slot('PaginationStrategy').describe('How the next page is found.'),
    page_size_option: slot('RequestOption', 'RequestOption')
      .optional()
      .describe('Where the page size goes in the request.'),
    page_token_option: slot('RequestOption', 'RequestOption')
      .optional()
      .describe('Where the token goes in the request, or RequestPath when it is the path.'),
  }),
  traits: () => ({ paginates: true }),
  make({ pagination_strategy, page_size_option, page_token_option }, scope) {
    const strategy = pagination_strategy(scope);
    const sizeOption = page_size_option?.(scope);
    const tokenOption = page_token_option?.(scope);
    const { firstToken } = strategy;
    const pageSize = sizeOption === undefined ? undefined : strategy.pageSize;
    if (sizeOption !== undefined && !pageSize) {
      throw new ConnectorError(
        '"page_size_option" needs a page size: set "page_size" on the pagination strategy, or remove the option.',
        {
          kind: 'config_error',
          nodes: [scope.place],
        },
      );
    }
    if (sizeOption !== undefined && tokenOption !== undefined && tokenOption.isPath !== true) {
      const parts = emptyParts();
      const others = emptyParts();
      sizeOption.inject('page size', parts);
      tokenOption.inject('page token', others);
      mergeParts(parts, others);
    }
    return {
      pageSize,
      paginates: true,
      first: () =>
        firstToken === undefined || firstToken === null ? undefined : { next_page_token: firstToken },
      async next(page, token) {
        const next = await strategy.nextToken(page, token?.next_page_token);
        return pyTruth(next) ? { next_page_token: next } : undefined;
      },
      addTo(parts, { token, pageSize: requested }) {
        if (tokenOption !== undefined && tokenOption.isPath !== true && token !== undefined) {
          tokenOption.inject(token.next_page_token, parts);
        }
        if (sizeOption !== undefined) sizeOption.inject(requested ?? pageSize, parts);
      },
      path(token) {
        return tokenOption?.isPath === true && token !== undefined ? pyStr(token.next_page_token) : undefined;
      },
    };
  },
});
