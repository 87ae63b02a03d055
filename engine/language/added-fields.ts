import * as z from 'zod';
import type { Scope } from '../contract/scope.ts';
import type { TemplateContext } from '../template/template.ts';
import type { JsonObject } from '../util/json/json.ts';
import { compileSet } from '../util/path/dpath-set.ts';
import type { FieldValues } from './component.ts';
import { optionalCondition, typedTemplate } from './fields.ts';

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

/** The fields of components that add fields to records or to the config. */
export const addedFields = () => ({
  fields: z.array(addedField()).describe('The fields to add, in order.'),
  condition: optionalCondition().describe('Adds a field only when true; sees its "value" and "path" too.'),
});

/** Sets fields of a target to the values of templates. A later field sees what an earlier one has set. */
export function compileAdditions(
  fields: FieldValues<typeof addedFields>,
  scope: Scope,
  toValue: (evaluated: unknown) => unknown = (evaluated) => evaluated,
): (target: JsonObject, context: TemplateContext) => void {
  const additions = fields.fields.map(({ path, value, value_type }) => ({
    path,
    set: compileSet(path),
    evaluate: value(scope, value_type),
  }));
  const isAdded = fields.condition?.(scope);
  return (target, context) => {
    for (const { path, set, evaluate } of additions) {
      const value = evaluate(context);
      if (isAdded === undefined || isAdded({ ...context, value, path })) set(target, toValue(value));
    }
  };
}
