import type { SchemaNormalization } from '../../contract/families.ts';
import type { Log } from '../../contract/scope.ts';
import { isPlainObject, type JsonObject, type JsonSchema } from '../../util/json/json.ts';
import { atPointer } from '../../util/json/json-pointer.ts';
import { copyFields, setField } from '../../util/json/set-field.ts';
import { cast, type ScalarType, wrapsScalars } from './cast.ts';

/** Gives a value the type of the schema; returns the same value when there is nothing to do. */
type Normalize = (value: unknown) => unknown;

const scalarTypes: readonly string[] = ['string', 'number', 'integer', 'boolean'];

/**
 * Casts the values of a record to the types of its schema, like the CDK's TypeTransformer: only where a schema names
 * one type besides null, and not inside `oneOf` and `anyOf`. A value that cannot be cast stays, with one warning per
 * field. A schema is compiled once; fields with nothing to cast cost nothing.
 */
export function createDefaultNormalization(log: Log): SchemaNormalization {
  const compiled = new WeakMap<JsonSchema, (record: JsonObject) => void>();
  const warned = new Set<string>();
  const warn = (path: string, type: string) => {
    if (warned.has(path)) return;
    warned.add(path);
    log(
      'WARN',
      `A value at "${path}" cannot be cast to the type "${type}" of the schema and is left as it is.`,
    );
  };
  return Object.freeze({
    normalize(record: JsonObject, schema: JsonSchema) {
      let normalize = compiled.get(schema);
      if (normalize === undefined) {
        normalize = compileRecord(schema, { root: schema, warn, references: new Map() });
        compiled.set(schema, normalize);
      }
      normalize(record);
    },
  });
}

const same: Normalize = (value) => value;

interface Compilation {
  readonly root: JsonSchema;
  readonly warn: (path: string, type: string) => void;
  /** References met on the way, since a schema may contain itself. */
  readonly references: Map<string, Normalize>;
}

/** A record is changed in place; what is inside of it may still be looked at by others, and is copied. */
function compileRecord(schema: JsonSchema, compilation: Compilation): (record: JsonObject) => void {
  if (typeof schema.$ref === 'string') {
    const normalize = compileReference(schema.$ref, '', compilation) ?? same;
    return (record) => void Object.assign(record, normalize(record));
  }
  const fields = isPlainObject(schema.properties) ? compileFields(schema.properties, '', compilation) : [];
  return (record) => {
    for (const { key, normalize } of fields) {
      const value = record[key];
      if (value === undefined || !Object.hasOwn(record, key)) continue;
      const result = normalize(value);
      if (result !== value) setField(record, key, result);
    }
  };
}

/** For one value: first its own type, then what is inside. Undefined where nothing applies. */
function compileValue(schema: unknown, path: string, compilation: Compilation): Normalize | undefined {
  if (!isPlainObject(schema)) return undefined;
  const own = compileType(schema, path, compilation);
  const inner = compileChildren(schema, path, compilation);
  if (own === undefined || inner === undefined) return own ?? inner;
  return (value) => inner(own(value));
}

function compileType(schema: JsonSchema, path: string, { warn }: Compilation): Normalize | undefined {
  const { type } = schema;
  const types = (Array.isArray(type) ? type : [type]).filter((name) => name !== 'null');
  const only: unknown = types.length === 1 ? types[0] : undefined;
  const isNullable = type === 'null' || (Array.isArray(type) && type.includes('null'));
  if (typeof only !== 'string') return undefined;
  if (only === 'array') {
    if (!wrapsScalars(schema)) return undefined;
    return (value) =>
      Array.isArray(value) || (typeof value === 'object' && value !== null) || (value === null && isNullable)
        ? value
        : [value];
  }
  if (!scalarTypes.includes(only)) return undefined;
  const target = only as ScalarType;
  return (value) => {
    if (value === null && isNullable) return value;
    const result = cast(value, target);
    if (result !== undefined) return result;
    warn(path, target);
    return value;
  };
}

function compileChildren(schema: JsonSchema, path: string, compilation: Compilation): Normalize | undefined {
  const { $ref: reference, properties, items } = schema;
  if (typeof reference === 'string') return compileReference(reference, path, compilation);
  const fields = isPlainObject(properties) ? compileFields(properties, path, compilation) : [];
  const each = compileValue(items, path === '' ? '[]' : `${path}[]`, compilation);
  if (fields.length === 0 && each === undefined) return undefined;
  return (value) => {
    if (Array.isArray(value)) return each === undefined ? value : normalizeItems(value, each);
    return fields.length === 0 || !isPlainObject(value) ? value : normalizeFields(value, fields);
  };
}

/** A reference applies to what is inside a value; the type that it names is not applied to the value itself. */
function compileReference(reference: string, path: string, compilation: Compilation): Normalize | undefined {
  const target = reference.startsWith('#') ? atPointer(compilation.root, reference.slice(1)) : undefined;
  if (!isPlainObject(target)) return undefined;
  const known = compilation.references.get(reference);
  if (known !== undefined) return known;
  let inner: Normalize = same;
  compilation.references.set(reference, (value) => inner(value));
  inner = compileChildren(target, path, compilation) ?? same;
  return inner;
}

type FieldNormalizers = readonly { readonly key: string; readonly normalize: Normalize }[];

function compileFields(properties: JsonObject, path: string, compilation: Compilation): FieldNormalizers {
  const fields: { readonly key: string; readonly normalize: Normalize }[] = [];
  for (const [key, schema] of Object.entries(properties)) {
    const normalize = compileValue(schema, path === '' ? key : `${path}.${key}`, compilation);
    if (normalize !== undefined) fields.push({ key, normalize });
  }
  return fields;
}

function normalizeFields(object: JsonObject, fields: FieldNormalizers): JsonObject {
  let copy: JsonObject | undefined;
  for (const { key, normalize } of fields) {
    const value = object[key];
    if (value === undefined || !Object.hasOwn(object, key)) continue;
    const result = normalize(value);
    if (result === value) continue;
    copy ??= copyFields(object);
    setField(copy, key, result);
  }
  return copy ?? object;
}

function normalizeItems(list: readonly unknown[], each: Normalize): readonly unknown[] {
  let copy: unknown[] | undefined;
  for (let index = 0; index < list.length; index++) {
    const result = each(list[index]);
    if (result === list[index]) continue;
    copy ??= [...list];
    copy[index] = result;
  }
  return copy ?? list;
}
