import { isObject, type JsonObject } from '../../util/json/json.ts';
import { type ColumnType, typeFor } from './column-type.ts';
import { kindNames, kindOf, kindSet, kinds } from './kinds.ts';

/** What the values at some place of nested ones were so far. Like kinds, it only grows. */
export interface Shape {
  kinds: number;
  /** Of objects, once there was one. */
  fields?: Map<string, Shape>;
  /** Of lists, once there was one. */
  items?: Shape;
}

/** The type of a nested column: what databases call structs and lists. */
export type Structure =
  | { readonly kind: 'scalar'; readonly type: ColumnType }
  | { readonly kind: 'list'; readonly of: Structure }
  | { readonly kind: 'struct'; readonly fields: readonly (readonly [name: string, type: Structure])[] };

/** An object with more fields than this is rather a map, whose keys are data. */
const mostFields = 200;

export function noteShape(shape: Shape, value: unknown): void {
  shape.kinds |= kindOf(value, false);
  if (Array.isArray(value)) {
    shape.items ??= { kinds: 0 };
    for (const item of value) noteShape(shape.items, item);
  } else if (isObject(value)) {
    shape.fields ??= new Map();
    for (const [name, inner] of Object.entries(value)) {
      const field = shape.fields.get(name) ?? { kinds: 0 };
      shape.fields.set(name, field);
      noteShape(field, inner);
    }
  }
}

/** The narrowest structure that holds all of it; JSON where values of one place differ too much. */
export function structureOf({ kinds: set, fields, items }: Shape): Structure {
  // Nothing is known of it, as of the items of empty lists: whatever comes first decides.
  if (set === 0) return { kind: 'scalar', type: 'VARCHAR' };
  if (set !== kinds.nested) return { kind: 'scalar', type: typeFor(set) ?? 'VARCHAR' };
  if (fields === undefined && items !== undefined) return { kind: 'list', of: structureOf(items) };
  const known = [...(fields ?? [])].filter(([, { kinds }]) => kinds !== 0);
  const names = new Set(known.map(([name]) => name.toLowerCase()));
  if (items !== undefined || known.length === 0 || known.length > mostFields || names.size < known.length)
    return { kind: 'scalar', type: 'JSON' };
  if (known.some(([name]) => name === '' || name.includes('\0'))) return { kind: 'scalar', type: 'JSON' };
  return { kind: 'struct', fields: known.map(([name, field]) => [name, structureOf(field)]) };
}

/** For a column's row in the table of columns. */
export function shapeToJson({ kinds: set, fields, items }: Shape): JsonObject {
  return {
    holds: kindNames(set).join(','),
    ...(fields && { fields: [...fields].map(([name, field]) => [name, shapeToJson(field)]) }),
    ...(items && { items: shapeToJson(items) }),
  };
}

export function shapeFromJson(json: JsonObject): Shape {
  const { holds, fields, items } = json;
  return {
    kinds: kindSet(String(holds).split(',')),
    ...(Array.isArray(fields) && {
      fields: new Map(
        fields.flatMap((entry): [string, Shape][] =>
          Array.isArray(entry) && isObject(entry[1]) ? [[String(entry[0]), shapeFromJson(entry[1])]] : [],
        ),
      ),
    }),
    ...(isObject(items) && { items: shapeFromJson(items) }),
  };
}
