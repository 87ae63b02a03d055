import * as z from 'zod';
import type { ConfigTransformation } from '../../contract/families.ts';
import { component } from '../../language/component.ts';
import { optionalCondition } from '../../language/fields.ts';
import { compileDelete } from '../../util/path/dpath-delete.ts';

export const ConfigRemoveFields = component({
  family: 'ConfigTransformation',
  type: 'ConfigRemoveFields',
  doc: 'Removes fields from the config.',
  fields: () => ({
    field_pointers: z
      .array(z.array(z.string()))
      .describe('Paths of the fields; "*" stands for any field of an object.'),
    condition: optionalCondition().describe('Removes the fields only when true.'),
  }),
  make(fields, scope) {
    const isRemoved = fields.condition?.(scope);
    const removals = fields.field_pointers.map(compileDelete);
    return Object.freeze<ConfigTransformation>({
      transform(config) {
        if (isRemoved !== undefined && !isRemoved({ config })) return;
        for (const remove of removals) remove(config);
      },
    });
  },
});
