import type { Scope } from '../../contract/scope.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { component } from '../../language/component.ts';
import { condition, numberOrTemplate, template } from '../../language/fields.ts';
import { toTemplateHeaders, toTemplateRecord, toTemplateSlice } from '../../language/template-values.ts';
import { fieldOf } from '../../manifest/node.ts';
import { pyTruth } from '../../template/python-values.ts';
import { inspectTemplate } from '../../template/template.ts';
import { pageSizeOf } from './page-size.ts';

/** The next token is what a template finds in the response: a cursor, a link, the id of the last record. */
export const CursorPagination = component({
  family: 'PaginationStrategy',
  type: 'CursorPagination',
  doc: 'Reads the token of the next page from the response.',
  fields: () => ({
    cursor_value: template().describe('Template of the next token; an empty value ends the pagination.'),
    page_size: numberOrTemplate().optional().describe('Records per page, for page_size_option.'),
    stop_condition: condition()
      .optional()
      .describe('Ends the pagination when it is true, before a token is looked for.'),
  }),
  make({ cursor_value, page_size, stop_condition }, scope) {
    const cursorValue = cursor_value(scope);
    const stops = stop_condition?.(scope);
    const pageSize = pageSizeOf(page_size, scope);
    if (pageSize === undefined) refuseUnknownSize(scope);
    const { name } = scope.stream ?? { name: '' };
    return {
      firstToken: undefined,
      pageSize,
      async nextToken(page) {
        const { lastRecord } = page;
        const context = {
          response: await page.document(),
          headers: toTemplateHeaders(page.response),
          last_record: lastRecord === undefined ? null : toTemplateRecord(lastRecord, name),
          last_page_size: page.extractedCount,
          page_size: page.pageSize ?? pageSize ?? null,
          stream_slice: toTemplateSlice(page.slice),
        };
        if (stops?.(context)) return undefined;
        const token = cursorValue(context);
        return pyTruth(token) ? token : undefined;
      },
    };
  },
});

/** Comparing with a page size that nobody knows comes to a text, which counts as true: the pagination would end at once. */
function refuseUnknownSize({ node }: Scope): void {
  for (const name of ['stop_condition', 'cursor_value']) {
    const field = fieldOf(node, name);
    if (field?.kind !== 'scalar' || typeof field.value !== 'string') continue;
    const use = inspectTemplate(field.value).names.find((known) => known.name === 'page_size');
    if (use === undefined) continue;
    throw new ConnectorError(
      `"${name}" reads "page_size", but this CursorPagination has none: set its "page_size".`,
      { kind: 'config_error', nodes: [field.place], offset: use.offset },
    );
  }
}
