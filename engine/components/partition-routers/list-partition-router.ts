import * as z from 'zod';
import type { PartitionRouter, RequestContext } from '../../contract/families.ts';
import type { RequestParts } from '../../contract/request-parts.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { component } from '../../language/component.ts';
import { template } from '../../language/fields.ts';
import { slot } from '../../language/slots.ts';
import { pyStr, pyTruth } from '../../template/python-values.ts';
import { listItems } from './list-items.ts';

/** One partition for each value of a list. */
export const ListPartitionRouter = component({
  family: 'PartitionRouter',
  type: 'ListPartitionRouter',
  doc: 'Reads a stream once for each value of a list.',
  fields: () => ({
    cursor_field: template().describe('Name of the value in the slice.'),
    values: z
      .union([template(), z.array(z.string())])
      .describe('The values, or a template that gives a list of them.'),
    request_option: slot('RequestOption', 'RequestOption')
      .optional()
      .describe('Where the value is put into requests.'),
  }),
  traits: () => ({ listsPartitions: true }),
  make(fields, scope): PartitionRouter {
    const field = pyStr(fields.cursor_field(scope)());
    const { values } = fields;
    const evaluate = typeof values === 'function' ? values(scope) : () => values;
    const option = fields.request_option?.(scope);
    return Object.freeze({
      async *partitions() {
        for (const value of items()) {
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

    function items(): Iterable<unknown> {
      const list = evaluate();
      try {
        return listItems(list);
      } catch (cause) {
        throw new ConnectorError(
          `The "values" of the ListPartitionRouter must be a list, not ${pyStr(list)}.`,
          {
            kind: 'config_error',
            nodes: [scope.place],
            cause,
          },
        );
      }
    }
  },
});
