import { isObject, type JsonSchema } from '../../util/json/json.ts';
import { alternativesOf } from '../../util/schema/alternatives-of.ts';
import { typeNames } from '../../util/schema/schema-values.ts';
import { declaredKinds } from '../columns/declared-kinds.ts';
import { kinds } from '../columns/kinds.ts';
import { eachItem, fieldPath, innerList } from './field-path.ts';

/** What a JSON schema of records says of fields, by the paths of the lists whose items have them; the records' own is empty. */
export type DeclaredParts = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Schemas that describe themselves end somewhere. */
const mostLevels = 10;

export function splitSchema(schema: JsonSchema): DeclaredParts {
  const parts = new Map<string, Map<string, number>>([['', new Map()]]);
  addFields(schema, '', '', 0);
  return parts;

  function addFields(object: JsonSchema, list: string, prefix: string, level: number): void {
    for (const [name, value] of Object.entries(isObject(object.properties) ? object.properties : {}))
      if (isObject(value)) addValue(value, list, prefix + fieldPath(name), level + 1);
    for (const alternative of level < mostLevels ? alternativesOf(object) : [])
      addFields(alternative, list, prefix, level + 1);
  }

  function addValue(value: JsonSchema, list: string, field: string, level: number): void {
    const set = declaredKinds(value) & ~kinds.nested;
    const fields = parts.get(list);
    if (set !== 0) fields?.set(field, (fields.get(field) ?? 0) | set);
    addInside(value, list, field, level);
  }

  /** Of an object its fields, of a list its items. */
  function addInside(value: JsonSchema, list: string, field: string, level: number): void {
    if (level >= mostLevels) return;
    for (const alternative of alternativesOf(value)) addInside(alternative, list, field, level + 1);
    // The fields of an item are those of its row.
    addFields({ properties: value.properties }, list, field === eachItem ? '' : `${field}/`, level);
    if (!typeNames(value).includes('array')) return;
    const path = innerList(list, field);
    if (!parts.has(path)) parts.set(path, new Map());
    if (isObject(value.items)) addValue(value.items, path, eachItem, level + 1);
  }
}
