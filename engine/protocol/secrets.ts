import { isObject, type JsonObject } from '../util/json/json.ts';
import { alternativesOf } from '../util/schema/alternatives-of.ts';

/** The values of a config that its spec marks as `airbyte_secret`, at any depth and in every branch of a oneOf. */
export function secretsOf(schema: JsonObject, config: unknown): string[] {
  const secrets: string[] = [];
  collect(schema, config, secrets);
  return secrets;
}

function collect(schema: unknown, value: unknown, secrets: string[]): void {
  if (!isObject(schema) || value === undefined || value === null) return;
  if (schema.airbyte_secret === true) {
    collectTexts(value, secrets);
    return;
  }
  for (const alternative of alternativesOf(schema)) collect(alternative, value, secrets);
  const { properties, items } = schema;
  if (isObject(properties) && isObject(value)) {
    for (const [name, property] of Object.entries(properties)) collect(property, value[name], secrets);
  }
  if (Array.isArray(value)) for (const item of value) collect(items, item, secrets);
}

function collectTexts(value: unknown, secrets: string[]): void {
  if (typeof value === 'string' || typeof value === 'number') secrets.push(String(value));
  else if (typeof value === 'object' && value !== null)
    for (const item of Object.values(value)) collectTexts(item, secrets);
}
