import { isObject, type JsonObject } from '../util/json/json.ts';
import { setField } from '../util/json/set-field.ts';
import { alternativesOf } from '../util/schema/alternatives-of.ts';
import type { ConfigForm } from './messages.ts';

type Path = readonly string[];

/** What a page may show of a config: everything but its secrets, of which it is told which ones there are. */
export function configForm(schema: JsonObject, config: JsonObject): ConfigForm {
  const given: string[] = [];
  const values = shown(schema, config, [], given);
  return { schema, values: isObject(values) ? values : {}, given };
}

/** Fields that a config must have and has not. */
export function missingFields(schema: JsonObject, config: JsonObject): readonly string[] {
  const required = Array.isArray(schema.required) ? schema.required : [];
  return required.map(String).filter((name) => config[name] === undefined || config[name] === '');
}

/** What was entered, with the secrets that were not entered again: `keep` names them by JSON pointers. */
export function withKept(values: JsonObject, before: JsonObject, keep: readonly string[]): JsonObject {
  return keep.reduce((config, pointer) => kept(config, before, stepsOf(pointer)), values);
}

function kept(config: JsonObject, before: JsonObject, [step, ...rest]: Path): JsonObject {
  const old = step !== undefined && Object.hasOwn(before, step) ? before[step] : undefined;
  if (step === undefined || old === undefined) return config;
  const result = { ...config };
  if (rest.length === 0) setField(result, step, old);
  else if (isObject(old)) setField(result, step, kept(ownObject(config, step), old, rest));
  return result;
}

function ownObject(config: JsonObject, step: string): JsonObject {
  const own = Object.hasOwn(config, step) ? config[step] : undefined;
  return isObject(own) ? own : {};
}

/** A schema and all that it combines. */
function allOf(schema: JsonObject): readonly JsonObject[] {
  return [schema, ...alternativesOf(schema).flatMap(allOf)];
}

/** A secret in any of the schemas that describe a place is one. */
function shown(schema: unknown, value: unknown, path: Path, given: string[]): unknown {
  const schemas = isObject(schema) ? allOf(schema) : [];
  if (schemas.some(({ airbyte_secret }) => airbyte_secret === true)) {
    if (value !== undefined && value !== '') given.push(pointerOf(path));
    return undefined;
  }
  if (Array.isArray(value)) {
    const items = schemas.map(({ items }) => items).find(isObject);
    return value.map((item, index) => shown(items, item, [...path, String(index)], given) ?? null);
  }
  if (!isObject(value)) return value;
  const result: JsonObject = {};
  for (const [name, item] of Object.entries(value)) {
    const own = schemas.flatMap(({ properties }) =>
      isObject(properties) && isObject(properties[name]) ? [properties[name]] : [],
    );
    const seen = shown({ anyOf: own }, item, [...path, name], given);
    if (seen !== undefined) setField(result, name, seen);
  }
  return result;
}

function pointerOf(path: Path): string {
  return path.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function stepsOf(pointer: string): Path {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}
