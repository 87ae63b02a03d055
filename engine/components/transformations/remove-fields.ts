import * as z from 'zod';
import { component } from '../../language/component.ts';
import { optionalCondition } from '../../language/fields.ts';
import type { JsonObject } from '../../util/json/json.ts';
import { withoutField } from '../../util/json/without-field.ts';
import { compileDelete, deleteLeaves } from '../../util/path/dpath-delete.ts';
import { isGlob } from '../../util/path/dpath-walk.ts';

/**
 * Removes fields from a record. With a condition, every scalar in the record for which it is true is removed, wherever
 * it is, and the pointers do not matter: that is the rule of the Python CDK, and manifests rely on it.
 */
export const RemoveFields = component({
  family: 'Transformation',
  type: 'RemoveFields',
  doc: 'Removes fields from a record.',
  fields: () => ({
    field_pointers: z
      .array(z.array(z.string()))
      .describe('Paths of the fields; "*" and "**" stand for any field and any depth.'),
    condition: optionalCondition().describe(
      'Removes values for which it is true; sees the value as "property".',
    ),
  }),
  make(fields, scope) {
    const selects = fields.condition?.(scope);
    const removals = fields.field_pointers.map(compileDelete);
    const copies = fields.field_pointers.map(([name, ...rest]) =>
      name === undefined || rest.length > 0 || isGlob([name])
        ? undefined
        : { name, without: withoutField(name) },
    );
    return Object.freeze({
      ...(selects === undefined && {
        replace(record: JsonObject) {
          let left = record;
          for (const [index, copy] of copies.entries()) {
            if (copy === undefined) removals[index]?.(left);
            else if (Object.hasOwn(left, copy.name)) left = copy.without(left);
          }
          return left;
        },
      }),
      transform(record: JsonObject) {
        if (selects === undefined) {
          for (const remove of removals) remove(record);
        } else {
          for (const _ of removals) deleteLeaves(record, (property) => selects({ property }));
        }
      },
    });
  },
});
