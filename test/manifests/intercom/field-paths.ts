import { isObject, type JsonSchema } from '../../../engine/util/json/json.ts';

/** Fields whose content differs from record to record: what is inside of them has no names of its own. */
const isFree = (path: string): boolean => /(^|\.)(custom_attributes|ticket_attributes|topics)$/.test(path);

/** Every place of a record that has a name: `tags.data[].id`. */
export function pathsOf(value: unknown, at = '', found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const item of value) pathsOf(item, `${at}[]`, found);
  else if (isObject(value) && !isFree(at)) {
    for (const [name, inner] of Object.entries(value)) {
      const path = at === '' ? name : `${at}.${name}`;
      found.add(path);
      pathsOf(inner, path, found);
    }
  }
  return found;
}

export function declaredIn(schema: JsonSchema, at = '', found = new Set<string>()): Set<string> {
  for (const [name, inner] of Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>)) {
    const path = at === '' ? name : `${at}.${name}`;
    found.add(path);
    declaredIn(inner, path, found);
  }
  if (isObject(schema.items)) declaredIn(schema.items, `${at}[]`, found);
  return found;
}

/** Objects that are declared without what is in them. */
function openIn(schema: JsonSchema, at = '', found = new Set<string>()): Set<string> {
  const properties = (schema.properties ?? {}) as Record<string, JsonSchema>;
  if (at !== '' && Object.keys(properties).length === 0) found.add(at);
  for (const [name, inner] of Object.entries(properties))
    openIn(inner, at === '' ? name : `${at}.${name}`, found);
  if (isObject(schema.items)) openIn(schema.items, `${at}[]`, found);
  return found;
}

/** Places of records that a schema does not know, but for those inside of objects that it leaves open. */
export function undeclaredIn(records: readonly unknown[], schema: JsonSchema): readonly string[] {
  const [declared, open] = [declaredIn(schema), [...openIn(schema)]];
  return [...pathsOf(records)]
    .map((path) => path.replace(/^\[\]\.?/, ''))
    .filter((path) => path !== '' && !declared.has(path))
    .filter((path) => !open.some((place) => path.startsWith(`${place}.`) || path.startsWith(`${place}[]`)));
}
