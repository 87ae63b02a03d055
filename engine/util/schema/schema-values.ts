import { tryTo } from '../flow/try-to.ts';
import { isObject, type JsonObject } from '../json/json.ts';
import { pythonRegex, type Regex, RegexLimitError } from '../python/python-regex.ts';

/** The rules of a JSON schema about one value without parts. */

export function typeNames({ type }: JsonObject): readonly string[] {
  if (typeof type === 'string') return [type];
  return Array.isArray(type) ? type.filter((name) => typeof name === 'string') : [];
}

/** Every value has a type that is unknown. */
export function hasType(value: unknown, type: string): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
      return typeof value === 'bigint' || Number.isInteger(value);
    case 'number':
      return typeof value === 'bigint' || typeof value === 'number';
    case 'string':
      return typeof value === 'string';
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isObject(value);
    default:
      return true;
  }
}

export function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (isNumeric(a) && isNumeric(b)) return Number(a) === Number(b);
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => isEqual(item, b[index]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && isEqual(a[name], b[name]))
  );
}

function isNumeric(value: unknown): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

export function checkNumber(value: unknown, schema: JsonObject): readonly string[] {
  if (!isNumeric(value)) return [];
  const problems: string[] = [];
  const { minimum, maximum, exclusiveMinimum: over, exclusiveMaximum: under, multipleOf } = schema;
  if (isNumeric(minimum) && (over === true ? value <= minimum : value < minimum)) {
    problems.push(`must be ${over === true ? 'more than' : 'at least'} ${minimum}`);
  }
  if (isNumeric(maximum) && (under === true ? value >= maximum : value > maximum)) {
    problems.push(`must be ${under === true ? 'less than' : 'at most'} ${maximum}`);
  }
  if (isNumeric(over) && value <= over) problems.push(`must be more than ${over}`);
  if (isNumeric(under) && value >= under) problems.push(`must be less than ${under}`);
  if (isNumeric(multipleOf) && !isMultiple(Number(value), Number(multipleOf))) {
    problems.push(`must be a multiple of ${multipleOf}`);
  }
  return problems;
}

function isMultiple(value: number, step: number): boolean {
  const quotient = value / step;
  return step > 0 && Math.abs(quotient - Math.round(quotient)) < 1e-9;
}

export function checkString(value: unknown, schema: JsonObject): readonly string[] {
  if (typeof value !== 'string') return [];
  const problems: string[] = [];
  const { minLength, maxLength, pattern } = schema;
  const { length } = [...value];
  if (typeof minLength === 'number' && length < minLength) {
    problems.push(minLength === 1 ? 'must not be empty' : `must have at least ${minLength} characters`);
  }
  if (typeof maxLength === 'number' && length > maxLength) {
    problems.push(`must have at most ${maxLength} characters`);
  }
  if (typeof pattern === 'string') {
    const { pattern_descriptor: descriptor } = schema;
    const problem = checkPattern(value, pattern, typeof descriptor === 'string' ? descriptor : pattern);
    if (problem !== undefined) problems.push(problem);
  }
  return problems;
}

function checkPattern(value: string, pattern: string, descriptor: string): string | undefined {
  try {
    return searchPattern(pattern)?.test(value) === false ? `must look like ${descriptor}` : undefined;
  } catch (error) {
    if (error instanceof RegexLimitError) return `cannot be tested: ${error.message}`;
    throw error;
  }
}

/** A pattern of a schema; undefined when it cannot be read. */
export function searchPattern(pattern: string): Regex | undefined {
  return tryTo(() => pythonRegex(pattern));
}

/** Undefined when the pattern cannot be read, or not be tested in a time that is worth it. */
export function matchesPattern(text: string, pattern: string): boolean | undefined {
  return tryTo(() => searchPattern(pattern)?.test(text));
}
