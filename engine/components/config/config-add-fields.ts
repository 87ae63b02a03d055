import * as z from 'zod';
import { component } from '../../language/component.ts';
import type { ConfigTransformation } from '../../language/families.ts';
import { condition, typedTemplate } from '../../language/fields.ts';
import { compileSet } from '../../util/dpath.ts';

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

/** A later field sees what an earlier one has set. */
export const ConfigAddFields = component({
  family: 'ConfigTransformation',
  type: 'ConfigAddFields',
  doc: 'Adds fields to the config.',
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
    return Object.freeze<ConfigTransformation>({
      transform(config) {
        for (const { path, set, evaluate } of additions) {
          const value = evaluate({ config });
          if (isAdded === undefined || isAdded({ config, value, path })) set(config, value);
        }
      },
    });
  },
});
