import * as z from 'zod';
import type { PartitionRouter, RequestContext } from '../../contract/families.ts';
import type { RequestParts } from '../../contract/request-parts.ts';
import { component } from '../../language/component.ts';
import { checkedTemplate } from '../../language/field-types/checked-template.ts';
import { template } from '../../language/fields.ts';
import { slot } from '../../language/slots.ts';
import { pyStr, pyTruth } from '../../template/python-values.ts';
import { tryTo } from '../../util/flow/try-to.ts';
import { listItems } from './list-items.ts';

/** One partition for each value of a list. */
export const ListPartitionRouter = component({
  family: 'PartitionRouter',
  type: 'ListPartitionRouter',
  doc: 'Reads a stream once for each value of a list.',
  fields: () => ({
    cursor_field: template().describe('Name of the value in the slice.'),
    values: z
      .union([checkedTemplate({ read: readItems, expected: 'a list' }), z.array(z.string())])
      .describe('The values, or a template that gives a list of them.'),
    request_option: slot('RequestOption', 'RequestOption')
      .optional()
      .describe('Where the value is put into requests.'),
  }),
  traits: ({ cursor_field }) => ({
    listsPartitions: true,
    namesValue: { field: 'cursor_field', text: cursor_field.text },
  }),
  make(fields, scope): PartitionRouter {
    const field = pyStr(fields.cursor_field(scope)());
    const { values } = fields;
    const evaluate = typeof values === 'function' ? values(scope) : () => values;
    const option = fields.request_option?.(scope);
    return Object.freeze({
      async *partitions() {
        for (const value of evaluate()) {
          yield Object.freeze({ partition: Object.freeze({ [field]: value }), cursor: {}, extraFields: {} });
        }
      },
      addTo(parts: RequestParts, { slice }: RequestContext) {
        const value = slice?.partition[field];
        if (option !== undefined && pyTruth(value ?? null)) option.inject(value, parts);
      },
      parentState: () => undefined,
      partitionFields: [field],
      hasRequestOption: option !== undefined,
    });
  },
});

function readItems(value: unknown) {
  const items = tryTo(() => listItems(value));
  return items && { value: items };
}
