import { isObject, type JsonObject } from '../util/json/json.ts';
import { alternativesOf } from '../util/schema/alternatives-of.ts';
import { suggestionsFor } from '../util/text/did-you-mean.ts';

/**
 * Sentences about fields of a config that its spec does not have and that are close to one which it has: most likely they
 * are misspelt. Others may be meant for an older version, or for the platform.
 */
export function misspeltConfigFields(
  config: JsonObject,
  schema: JsonObject,
  path: readonly string[] = [],
): string[] {
  const properties = propertiesOf(schema);
  const names = [...properties.keys()];
  return Object.entries(config).flatMap(([name, value]) => {
    const property = properties.get(name);
    if (property !== undefined) {
      return isObject(value) ? misspeltConfigFields(value, property, [...path, name]) : [];
    }
    const [near] = suggestionsFor(
      name,
      names.filter((known) => !(known in config)),
    );
    if (near === undefined || name.startsWith('__')) return [];
    return [
      `The config has a field "${[...path, name].join('.')}" that nothing reads. Did you mean "${near}"?`,
    ];
  });
}

/** By name, from the schema itself and from all of its alternatives. */
function propertiesOf(schema: JsonObject): Map<string, JsonObject> {
  const own = isObject(schema.properties) ? schema.properties : {};
  const found = new Map<string, JsonObject>();
  for (const alternative of alternativesOf(schema))
    for (const [name, property] of propertiesOf(alternative))
      found.set(name, merged(found.get(name), property));
  for (const [name, property] of Object.entries(own))
    if (isObject(property)) found.set(name, merged(found.get(name), property));
  return found;
}

function merged(one: JsonObject | undefined, other: JsonObject): JsonObject {
  return one === undefined ? other : { anyOf: [one, other] };
}
