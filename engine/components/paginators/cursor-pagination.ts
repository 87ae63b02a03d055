import { component, type FieldValues } from '../../language/component.ts';
import { wholeNumber } from '../../language/field-types/whole-number.ts';
import { condition, template } from '../../language/fields.ts';
import type { Finding } from '../../language/finding.ts';
import { responseNames, sliceNames } from '../../language/template-names.ts';
import { toTemplateHeaders, toTemplateRecord, toTemplateSlice } from '../../language/template-values.ts';
import { fieldOf } from '../../manifest/node.ts';
import { pyTruth } from '../../template/python-values.ts';
import { inspectTemplate } from '../../template/template.ts';

const fields = () => ({
  cursor_value: template().describe('Template of the next token; an empty value ends the pagination.'),
  // It is only sent: -1 asks some APIs for all there is.
  page_size: wholeNumber().optional().describe('Records per page, for page_size_option.'),
  stop_condition: condition()
    .optional()
    .describe('Ends the pagination when it is true, before a token is looked for.'),
});

/** The next token is what a template finds in the response: a cursor, a link, the id of the last record. */
export const CursorPagination = component({
  family: 'PaginationStrategy',
  type: 'CursorPagination',
  doc: 'Reads the token of the next page from the response.',
  sees: [...responseNames, ...sliceNames],
  fields,
  check: refuseUnknownSize,
  traits: () => ({ counts: 'nothing' }),
  make({ cursor_value, page_size, stop_condition }, scope) {
    const cursorValue = cursor_value(scope);
    const stops = stop_condition?.(scope);
    const pageSize = page_size?.(scope)();
    const { name } = scope.stream ?? { name: '' };
    const placeOf = (field: string) => (fieldOf(scope.node, field) ?? scope.node).place;
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
        if (stops?.(context)) {
          page.stopped?.('condition', placeOf('stop_condition'));
          return undefined;
        }
        const token = cursorValue(context);
        if (pyTruth(token)) return token;
        page.stopped?.('no token', placeOf('cursor_value'));
        return undefined;
      },
    };
  },
});

/** Comparing with a page size that nobody knows comes to a text, which counts as true: the pagination would end at once. */
function* refuseUnknownSize({
  page_size,
  stop_condition,
  cursor_value,
}: FieldValues<typeof fields>): Iterable<Finding> {
  if (page_size !== undefined) return;
  for (const [name, field] of Object.entries({ stop_condition, cursor_value })) {
    const use = field && inspectTemplate(field.text).names.find((known) => known.name === 'page_size');
    if (use === undefined) continue;
    yield {
      message: `"${name}" reads "page_size", but this CursorPagination has none: set its "page_size".`,
      at: [name],
      offset: use.offset,
    };
  }
}
