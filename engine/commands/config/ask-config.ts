import { tryTo } from '../../util/flow/try-to.ts';
import { isObject, type JsonObject } from '../../util/json/json.ts';
import { setField } from '../../util/json/set-field.ts';
import { alternativesOf } from '../../util/schema/alternatives-of.ts';
import { matchesPattern, typeNames } from '../../util/schema/schema-values.ts';
import type { Environment } from '../environment.ts';

export interface Asking {
  readonly ask: NonNullable<Environment['ask']>;
  readonly say: (text: string) => void;
}

/**
 * Asks for a config: what its spec requires, and how to sign in, which few specs require and few APIs do without.
 */
export async function askConfig(
  schema: JsonObject,
  asking: Asking,
  known: JsonObject = {},
): Promise<JsonObject> {
  return askObject(schema, asking, known);
}

/** The outermost fields that are asked for. */
export function neededFields(schema: JsonObject): readonly string[] {
  const required = Array.isArray(schema.required) ? schema.required : [];
  return inOrder(schema.properties)
    .filter(([name, field]) => required.includes(name) || signsIn(field))
    .map(([name]) => name);
}

/** `known` are the fields of the outermost object that need no asking. */
async function askObject(schema: JsonObject, asking: Asking, known?: JsonObject): Promise<JsonObject> {
  const config: JsonObject = {};
  const required = Array.isArray(schema.required) ? schema.required : [];
  for (const [name, field] of inOrder(schema.properties)) {
    if (known !== undefined && name in known) continue;
    const isNeeded = required.includes(name) || (known !== undefined && signsIn(field));
    if (isNeeded || 'const' in field) setField(config, name, await askField(name, field, asking));
  }
  return config;
}

function inOrder(properties: unknown): readonly (readonly [string, JsonObject])[] {
  const fields = Object.entries(isObject(properties) ? properties : {}).flatMap(([name, field]) =>
    isObject(field) ? [[name, field] as const] : [],
  );
  const order = (field: JsonObject) =>
    typeof field.order === 'number' ? field.order : Number.POSITIVE_INFINITY;
  return fields.sort(([, a], [, b]) => (order(a) === order(b) ? 0 : order(a) - order(b)));
}

/** A choice between ways to sign in. */
function signsIn(field: JsonObject): boolean {
  return (
    field.airbyte_hidden !== true &&
    alternativesOf(field).some(({ properties }) =>
      Object.values(isObject(properties) ? properties : {}).some(
        (one) => isObject(one) && one.airbyte_secret === true,
      ),
    )
  );
}

async function askField(name: string, field: JsonObject, asking: Asking): Promise<unknown> {
  if ('const' in field) return field.const;
  const label = typeof field.title === 'string' ? field.title : name;
  const alternatives = alternativesOf(field).filter(({ type }) => type !== 'null');
  if (alternatives.length > 0) {
    const chosen = alternatives.length === 1 ? 0 : await choose(label, alternatives.map(titleOf), asking);
    const { oneOf: _, anyOf: __, allOf: ___, ...base } = field;
    return askField(name, { ...base, ...alternatives[chosen] }, asking);
  }
  if (isObject(field.properties)) return askObject(field, asking);
  if (Array.isArray(field.enum)) return field.enum[await choose(label, field.enum.map(String), asking)];
  return askValue(label, field, asking);
}

function titleOf(schema: JsonObject, index: number): string {
  return typeof schema.title === 'string' ? schema.title : `choice ${index + 1}`;
}

async function choose(label: string, names: readonly string[], { ask, say }: Asking): Promise<number> {
  say(`${label}:\n${names.map((name, index) => `  ${index + 1}  ${name}\n`).join('')}`);
  for (;;) {
    const answer = (await ask(`Which one? [1] `)).trim();
    const index = answer === '' ? 0 : names.indexOf(answer) >= 0 ? names.indexOf(answer) : Number(answer) - 1;
    if (names[index] !== undefined) return index;
    say(`Give a number from 1 to ${names.length}.\n`);
  }
}

async function askValue(label: string, field: JsonObject, { ask, say }: Asking): Promise<unknown> {
  const { description, airbyte_secret, examples } = field;
  if (typeof description === 'string') say(`${description.replaceAll(/<[^>]+>/g, '').trim()}\n`);
  const example = Array.isArray(examples) && examples.length > 0 ? `, such as ${examples[0]}` : '';
  const usual = field.default === undefined ? '' : ` [${String(field.default)}]`;
  for (;;) {
    const answer = await ask(`${label}${example}${usual}: `, { hidden: airbyte_secret === true });
    if (answer.trim() === '' && field.default !== undefined) return field.default;
    const [value, problem] = readValue(answer.trim(), field);
    if (problem === undefined) return value;
    say(`${problem}\n`);
  }
}

/** A text as the value of a field, or what is wrong with it. */
export function readValue(text: string, field: JsonObject): readonly [unknown, string | undefined] {
  const types = typeNames(field).filter((type) => type !== 'null');
  if (types.length === 0 || types.includes('string')) {
    if (text === '') return [undefined, 'It is needed.'];
    const { pattern, format } = field;
    const matches = typeof pattern !== 'string' || matchesPattern(text, pattern) !== false;
    if (matches) return [text, undefined];
    const { pattern_descriptor } = field;
    const form = typeof pattern_descriptor === 'string' ? pattern_descriptor : (format ?? pattern);
    return [undefined, `It must look like ${form}.`];
  }
  const value = tryTo((): unknown => JSON.parse(text));
  const fits = types.some(
    (type) =>
      (type === 'integer' && Number.isInteger(value)) ||
      (type === 'number' && typeof value === 'number') ||
      (type === 'boolean' && typeof value === 'boolean') ||
      (type === 'array' && Array.isArray(value)) ||
      (type === 'object' && isObject(value)),
  );
  if (fits) return [value, undefined];
  if (types.includes('array') && text !== '') return [text.split(',').map((item) => item.trim()), undefined];
  return [undefined, `It must be ${types.join(' or ')}, written as in JSON.`];
}
