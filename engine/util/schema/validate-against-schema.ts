import { isObject, type JsonObject, type JsonSchema } from '../json/json.ts';
import { atPointer } from '../json/json-pointer.ts';
import { checkItems, checkProperties } from './schema-containers.ts';
import type { Check, SchemaProblem } from './schema-problem.ts';
import { checkNumber, checkString, hasType, isEqual, typeNames } from './schema-values.ts';

/** References may go in circles without ever reaching a deeper value. */
const deepest = 200;

/**
 * What is wrong with a value according to a JSON schema of draft 7; common keywords of later drafts are understood too.
 * As lenient as the Python CDK's use of jsonschema: formats are not checked and unknown keywords are ignored. A pattern
 * may match anywhere in the text, and one that cannot be read is ignored.
 */
export function validateAgainstSchema(value: unknown, schema: JsonSchema): readonly SchemaProblem[] {
  let depth = 0;
  const check: Check = (item, itemSchema, path) => {
    if (itemSchema === true || !(isObject(itemSchema) || itemSchema === false)) return [];
    if (itemSchema === false) return [{ path, message: 'is not allowed' }];
    if (depth >= deepest) return [];
    depth++;
    try {
      const { $ref: reference } = itemSchema;
      if (typeof reference === 'string') return check(item, referred(reference, schema), path);
      return checkOne(item, itemSchema, path, check);
    } finally {
      depth--;
    }
  };
  return check(value, schema, []);
}

function checkOne(
  value: unknown,
  schema: JsonObject,
  path: readonly (string | number)[],
  check: Check,
): readonly SchemaProblem[] {
  const types = typeNames(schema);
  if (types.length > 0 && !types.some((type) => hasType(value, type))) {
    return [{ path, message: `must be ${types.map(article).join(' or ')}` }];
  }
  if ('const' in schema && !isEqual(value, schema.const)) {
    const choice = JSON.stringify(schema.const);
    return [{ path, message: `must be ${choice}`, choices: [choice] }];
  }
  const { enum: allowed } = schema;
  if (Array.isArray(allowed) && !allowed.some((choice) => isEqual(value, choice))) {
    const choices = allowed.map((choice) => JSON.stringify(choice));
    return [{ path, message: `must be one of ${choices.join(', ')}`, choices }];
  }
  return [
    ...[...checkNumber(value, schema), ...checkString(value, schema)].map((message) => ({ path, message })),
    ...checkItems(value, schema, path, check),
    ...checkProperties(value, schema, path, check),
    ...checkCombinations(value, schema, path, check),
  ];
}

const articles: Readonly<Record<string, string>> = {
  null: 'null',
  boolean: 'true or false',
  integer: 'an integer',
  number: 'a number',
  string: 'a string',
  array: 'a list',
  object: 'an object',
};

function article(type: string): string {
  return articles[type] ?? `a ${type}`;
}

/** A schema outside of this document is not read: it allows everything. */
function referred(reference: string, root: JsonSchema): unknown {
  return (reference.startsWith('#') ? atPointer(root, reference.slice(1)) : undefined) ?? true;
}

function checkCombinations(
  value: unknown,
  schema: JsonObject,
  path: readonly (string | number)[],
  check: Check,
): readonly SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  const branchesOf = (name: string) => (Array.isArray(schema[name]) ? (schema[name] as unknown[]) : []);
  for (const branch of branchesOf('allOf')) problems.push(...check(value, branch, path));
  for (const name of ['anyOf', 'oneOf']) {
    const results = branchesOf(name).map((branch) => check(value, branch, path));
    const fitting = results.filter((result) => result.length === 0).length;
    if (results.length > 0 && fitting === 0) problems.push(...nearest(results, path));
    if (name === 'oneOf' && fitting > 1) {
      problems.push({ path, message: `fits ${fitting} of its alternatives, and only one is allowed` });
    }
  }
  if ('not' in schema && check(value, schema.not, path).length === 0) {
    problems.push({ path, message: 'must not have this form' });
  }
  if ('if' in schema) {
    const next = check(value, schema.if, path).length === 0 ? schema.then : schema.else;
    problems.push(...check(value, next ?? true, path));
  }
  return problems;
}

/**
 * The intended alternative can usually be told by a constant such as `auth_type: "token"`: when the constants fit only
 * one of them, its problems are the ones the user wants to read.
 */
function nearest(
  results: readonly (readonly SchemaProblem[])[],
  path: readonly (string | number)[],
): readonly SchemaProblem[] {
  const level = path.length + 1;
  const meant = results.filter((problems) =>
    problems.every(
      ({ path: { length }, choices }) => length >= level && !(length === level && choices !== undefined),
    ),
  );
  const [only] = meant;
  if (only !== undefined && meant.length === 1) return only;
  const common = commonProblems(results);
  if (common.length > 0) return common;
  return [commonChoice(results) ?? { path, message: 'fits none of its alternatives' }];
}

/** What is wrong whichever alternative was meant. */
function commonProblems([first = [], ...others]: readonly (readonly SchemaProblem[])[]): SchemaProblem[] {
  const key = ({ path, message }: SchemaProblem) => JSON.stringify([path, message]);
  const keys = others.map((problems) => new Set(problems.map(key)));
  return first.filter((problem) => keys.every((known) => known.has(key(problem))));
}

/** The constant that tells the alternatives apart, when it is that of none of them. */
function commonChoice(results: readonly (readonly SchemaProblem[])[]): SchemaProblem | undefined {
  const [first = [], ...others] = results;
  for (const problem of first) {
    if (problem.choices === undefined) continue;
    const at = JSON.stringify(problem.path);
    const same = others.map((problems) =>
      problems.find(({ choices, path }) => choices !== undefined && JSON.stringify(path) === at),
    );
    if (same.includes(undefined)) continue;
    const choices = [...new Set([problem, ...same].flatMap((one) => one?.choices ?? []))];
    return { path: problem.path, message: `must be one of ${choices.join(', ')}`, choices };
  }
  return undefined;
}
