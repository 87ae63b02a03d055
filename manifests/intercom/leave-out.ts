import { condition, defineHook, type Transformation } from 'manifold-connectors';
import * as z from 'zod';

/**
 * Leaves fields out of each record where a condition over the config holds: fields that the version in the config does not
 * have yet, of records that can only be found in a later one. The `condition` of RemoveFields is one on each value.
 */
export const LeaveOut = defineHook('Transformation', {
  name: 'LeaveOut',
  doc: 'Leaves fields out of records where a condition over the config holds.',
  fields: () => ({
    fields: z.array(z.string()).describe('The fields.'),
    when: condition().describe('Template over the config.'),
  }),
  make({ fields, when }, scope) {
    const leavesOut = when(scope)({});
    return Object.freeze<Transformation>({
      transform(record) {
        if (leavesOut) for (const field of fields) delete record[field];
      },
    });
  },
});
