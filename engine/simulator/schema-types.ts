import { isObject, type JsonSchema } from '../util/json/json.ts';
import { typeNames } from '../util/schema/schema-values.ts';

/** Whether a schema takes numbers for a property at its top. */
export function isNumericIn(schema: JsonSchema, name: string): boolean {
  const property = isObject(schema.properties) ? schema.properties[name] : undefined;
  const types = isObject(property) ? typeNames(property) : [];
  return types.includes('integer') || types.includes('number');
}
