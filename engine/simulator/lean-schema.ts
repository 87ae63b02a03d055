import { isObject, type JsonSchema } from '../util/json/json.ts';

/** A schema of the properties that something looks at: keys, named ones, and what other streams may take for a key. */
export function leanSchema(
  schema: JsonSchema,
  keys: ReadonlySet<string | undefined>,
  looked: readonly (string | undefined)[],
): JsonSchema {
  if (!isObject(schema.properties)) return schema;
  const names = new Set([...scalarKeys(schema, keys), ...looked]);
  const kept = Object.entries(schema.properties).filter(
    ([name, property]) =>
      names.has(name) || (/(?:^|_)id$/i.test(name) && !(isObject(property) && isObject(property.properties))),
  );
  return { ...schema, properties: Object.fromEntries(kept) };
}

function scalarKeys(
  schema: JsonSchema,
  keys: ReadonlySet<string | undefined>,
): readonly (string | undefined)[] {
  const properties = isObject(schema.properties) ? schema.properties : {};
  return [...keys].filter((name) => {
    const property = name === undefined ? undefined : properties[name];
    return !isObject(property) || !isObject(property.properties);
  });
}
