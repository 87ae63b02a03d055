import { isObject, isPlainObject, type JsonObject, type JsonSchema } from '../util/json/json.ts';
import { alternativesOf } from '../util/schema/alternatives-of.ts';
import { validateAgainstSchema } from '../util/schema/validate-against-schema.ts';
import type { Preview } from './preview.ts';

/** How the records differ from the schema that is declared for them. */
export interface SchemaDifference {
  /** Records that do not fit: an error, since a destination relies on the types. By path, with what is wrong. */
  readonly narrower: readonly { readonly path: string; readonly problem: string; readonly count: number }[];
  /** Fields that records have and the schema does not declare, with a schema for each. */
  readonly undeclared: readonly Undeclared[];
  /** Declared fields that were null in every record that was read, or absent: nothing is known of them. */
  readonly unknown: readonly string[];
  readonly records: number;
}

export interface Undeclared {
  /** Names from the root; a list is entered by its items. */
  readonly path: readonly string[];
  readonly schema: JsonSchema;
}

/** Of a preview; undefined where nothing is known of the schema. A file that is not there declares nothing. */
export function differenceOf({
  schema,
  missingSchemaFile,
  records,
}: Pick<Preview, 'schema' | 'missingSchemaFile' | 'records'>): SchemaDifference | undefined {
  if (schema === undefined && missingSchemaFile === undefined) return undefined;
  return schemaDifference(schema ?? {}, records);
}

export function schemaDifference(schema: JsonSchema, records: readonly JsonObject[]): SchemaDifference {
  const problems = new Map<string, { path: string; problem: string; count: number }>();
  const undeclared = new Map<string, { path: readonly string[]; values: unknown[] }>();
  const seen = new Set<string>();

  function look(value: unknown, schemas: readonly JsonSchema[], path: readonly string[]): void {
    if (Array.isArray(value)) {
      const items = schemas.flatMap(({ items: inner }) => (isObject(inner) ? [inner] : []));
      for (const item of value) look(item, items.flatMap(withAlternatives), path);
      return;
    }
    if (!isPlainObject(value)) return;
    const declared = schemas.filter(({ properties }) => isObject(properties));
    // Objects of which nothing is declared take everything; a schema without any field is one that is yet to be written.
    if (declared.length === 0 && path.length > 0) return;
    for (const [name, item] of Object.entries(value)) {
      if (item === null || item === undefined) continue;
      const inner = [...path, name];
      const fitting = declared.flatMap(({ properties }) => {
        const property = (properties as JsonObject)[name];
        return isObject(property) ? [property] : [];
      });
      if (fitting.length > 0) {
        seen.add(inner.join('.'));
        look(item, fitting.flatMap(withAlternatives), inner);
      } else if (!declared.some(({ properties }) => Object.hasOwn(properties as object, name))) {
        const key = inner.join('.');
        const known = undeclared.get(key) ?? { path: inner, values: [] };
        known.values.push(item);
        undeclared.set(key, known);
      }
    }
  }

  for (const record of records) {
    look(record, withAlternatives(schema), []);
    for (const { path, message } of validateAgainstSchema(record, schema)) {
      const text = path
        .map((step) => (typeof step === 'number' ? '[]' : step))
        .join('.')
        .replaceAll('.[]', '[]');
      const key = `${text} ${message}`;
      const known = problems.get(key);
      if (known === undefined) problems.set(key, { path: text, problem: message, count: 1 });
      else known.count += 1;
    }
  }
  return {
    narrower: [...problems.values()],
    undeclared: [...undeclared.values()].map(({ path, values }) => ({ path, schema: schemaOf(values) })),
    unknown: records.length === 0 ? [] : leavesOf(schema).filter((path) => !seen.has(path)),
    records: records.length,
  };
}

function withAlternatives(schema: JsonSchema): readonly JsonSchema[] {
  return [schema, ...alternativesOf(schema).filter(isObject).flatMap(withAlternatives)];
}

function leavesOf(schema: JsonSchema): readonly string[] {
  const { properties } = schema;
  return isObject(properties) ? Object.keys(properties) : [];
}

/** The schema of values that were seen: every type of theirs, and null. */
function schemaOf(values: readonly unknown[]): JsonSchema {
  const types = [...new Set(values.filter((value) => value !== null && value !== undefined).map(typeOf))];
  const schema: JsonSchema = { type: [...(types.length === 0 ? ['string'] : types), 'null'] };
  const objects = values.filter(isPlainObject);
  if (objects.length > 0) {
    const names = [...new Set(objects.flatMap((item) => Object.keys(item)))];
    schema.properties = Object.fromEntries(
      names.map((name) => [name, schemaOf(objects.map((item) => item[name]))]),
    );
  }
  const items = values.filter(Array.isArray).flat();
  if (items.length > 0) schema.items = schemaOf(items);
  // A whole number is a number too.
  if (types.includes('integer') && types.includes('number'))
    schema.type = (schema.type as string[]).filter((type) => type !== 'integer');
  return schema;
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'bigint') return 'integer';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}
