import * as z from 'zod';
import { component } from '../../language/component.ts';
import type { RecordContext } from '../../language/families.ts';
import { condition, typedTemplate } from '../../language/fields.ts';
import { PyFloat, toJson } from '../../template/python-values.ts';
import { compileSet } from '../../util/dpath.ts';
import type { JsonObject } from '../../util/json.ts';
import { transformContext } from './transform-context.ts';

const addedField = () =>
  z.object({
    type: z.literal('AddedFieldDefinition').optional(),
    path: z
      .array(z.string())
      .min(1)
      .describe('Where the value goes; objects that are missing on the way are made.'),
    value: typedTemplate().describe('Template of the value.'),
    value_type: z
      .enum(['string', 'number', 'integer', 'boolean'])
      .optional()
      .describe('Type of the value; without it the type is read from the text.'),
  });

/** Sets fields of a record to the values of templates. A later field sees what an earlier one has set. */
export const AddFields = component({
  family: 'Transformation',
  type: 'AddFields',
  doc: 'Adds fields to a record.',
  fields: () => ({
    fields: z.array(addedField()).describe('The fields to add, in order.'),
    condition: condition()
      .optional()
      .describe('Adds a field only when true; sees its "value" and "path" too.'),
  }),
  make(fields, scope) {
    const additions = fields.fields.map(({ path, value, value_type }) => ({
      path,
      set: compileSet(path),
      evaluate: value(scope, value_type),
    }));
    const isAdded = fields.condition?.(scope);
    return Object.freeze({
      transform(record: JsonObject, recordContext: RecordContext) {
        const context = transformContext(record, recordContext);
        for (const { path, set, evaluate } of additions) {
          const value = evaluate(context);
          if (isAdded === undefined || isAdded({ ...context, value, path })) set(record, plainOf(value));
        }
      },
    });
  },
});

/** Tuples, sets and the like become what JSON has for them; a float stays one, since text made of it tells 1.0 from 1. */
function plainOf(value: unknown): unknown {
  return typeof value !== 'object' || value === null || value instanceof PyFloat ? value : toJson(value);
}
