import { isObject, type JsonObject } from '../../util/json/json.ts';
import { typeNames } from '../../util/schema/schema-values.ts';
import { keyText } from '../checks/catalog-compatible.ts';
import type { StreamAt } from '../subject.ts';
import type { Difference } from './difference.ts';

/** What a catalog shows: the key, the cursor and the schema of a stream. */
export async function declaredDifferences(before: StreamAt, after: StreamAt): Promise<Difference[]> {
  const found: Difference[] = [];
  const { name: stream } = before;
  // Of a stream that cannot be made nobody knows what it has.
  if (before.definition === undefined || after.definition === undefined) return found;
  const [key, newKey] = [before, after].map(({ definition }) => keyText(definition?.primaryKey));
  if (key !== newKey)
    found.push({
      stream,
      aspect: 'key',
      kind: 'breaking',
      message: `the primary key was ${key} and is ${newKey}`,
    });
  const [cursor, newCursor] = [before, after].map(({ definition }) => definition?.cursorField);
  if (cursor !== newCursor)
    found.push({
      stream,
      aspect: 'state',
      kind: cursor === undefined ? 'additive' : 'breaking',
      message: `the cursor field was ${cursor ?? 'none'} and is ${newCursor ?? 'none'}`,
    });
  const [schema, newSchema] = [(await before.schema())?.value ?? {}, (await after.schema())?.value ?? {}];
  const [types, newTypes] = [typesIn(schema), typesIn(newSchema)];
  for (const [path, type] of types) {
    const other = newTypes.get(path);
    if (other === undefined)
      found.push({ stream, aspect: 'schema', kind: 'breaking', message: `the field "${path}" is gone` });
    else if (other !== type) {
      const isWider = type.split(' or ').every((each) => other.split(' or ').includes(each));
      const kind = isWider ? 'additive' : 'breaking';
      found.push({
        stream,
        aspect: 'schema',
        kind,
        message: `the field "${path}" was ${type} and is ${other}`,
      });
    }
  }
  for (const [path] of newTypes)
    if (!types.has(path))
      found.push({ stream, aspect: 'schema', kind: 'additive', message: `the field "${path}" is new` });
  return found;
}

/** The types of all properties, by their paths. */
function typesIn(
  schema: JsonObject,
  path: readonly string[] = [],
  found = new Map<string, string>(),
): Map<string, string> {
  const properties = isObject(schema.properties) ? schema.properties : {};
  for (const [name, property] of Object.entries(properties)) {
    if (!isObject(property)) continue;
    found.set([...path, name].join('.'), [...typeNames(property)].sort().join(' or ') || 'anything');
    typesIn(property, [...path, name], found);
    if (isObject(property.items)) typesIn(property.items, [...path, name, '[]'], found);
  }
  return found;
}
