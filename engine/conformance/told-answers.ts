import { put } from '../simulator/put.ts';
import { type ReadPath, readPaths } from '../simulator/read-paths.ts';
import { nodesIn } from '../template/syntax/each-node.ts';
import { templateBody } from '../template/syntax/template-body.ts';
import type { JsonObject } from '../util/json/json.ts';
import { wordsOf } from './words.ts';

/** What a condition may read of an answer. */
export interface ToldAnswer extends JsonObject {
  readonly response: JsonObject;
  readonly headers: JsonObject;
}

/** What says that nothing is wrong where a field tells of errors. */
const isFine = (value: unknown) =>
  value !== true && /^(?:|0+|ok|none|null|no|false|success\w*)$/i.test(String(value));

/** Stands for a field that an answer does not have. */
const absent = Symbol('absent');

/** What says in an answer that something is wrong. */
const failing =
  /\b(?:4|5)\d\d\b|\bno\b|\bnot\b|n't|err|fail|fault|invalid|limit|throttl|too many|exceed|denied|expired?|unauthor|forbidden|missing|unknown|disabled|abort|cancel|timeout|timed|processing|pending|html|exception|unavailable|busy|locked|retry/i;

export function tellsFailure(value: unknown): boolean {
  if (typeof value === 'number' || typeof value === 'bigint')
    return (value >= 400 && value < 600) || /^[45]\d{4}$/.test(String(value));
  return typeof value === 'string' && failing.test(value.replaceAll('_', ' '));
}

const isOfFailures = (word: string) => /^(?:errors?|err|faults?|exceptions?|failures?)$/.test(word);
const isOfSuccess = (word: string) => /^(?:success|successful|succeeded|ok)$/.test(word);
const isStatus = (word: string) => /^(?:status|code|statuscode)$/.test(word);

/** What a condition reads of the answer, and the constants that it compares with that. */
export interface ReadAnswer {
  readonly paths: readonly ReadPath[];
  readonly constants: readonly unknown[];
  /** It asks for more and less, which is asked of numbers. */
  readonly isOrdered: boolean;
}

/** Undefined where it depends on anything else, or on too much. */
export function readAnswer(text: string): ReadAnswer | undefined {
  const isOfAnswer = ({ name }: ReadPath) => name === 'response' || name === 'headers';
  const all = readPaths(text);
  const paths = all.filter(isOfAnswer);
  const distinct = [...new Map(paths.map((path) => [JSON.stringify(path), path])).values()];
  const areFailures = distinct.every(({ path }) =>
    path.flatMap((s) => wordsOf(String(s))).some(isOfFailures),
  );
  if (distinct.length === 0 || distinct.length > 3 || (paths.length < all.length && !areFailures))
    return undefined;
  const compared = nodesIn(templateBody(text)).filter((node) => node.type === 'compare');
  const constants = compared
    .flatMap(({ first, rest }) => [first, ...rest.map(({ value }) => value)])
    .flatMap((side) => (side.type === 'list' || side.type === 'tuple' ? side.items : [side]))
    .flatMap((side) => (side.type === 'constant' ? [side.value] : []));
  const isOrdered = compared.some(({ rest }) => rest.some(({ operator }) => /[<>]/.test(operator)));
  return { paths: distinct, constants, isOrdered };
}

/** Answers that tell of no failure, whichever of its fields the API may have then. */
export function goodAnswers(read: ReadAnswer): readonly ToldAnswer[] {
  const fine = read.constants.filter((value) => !tellsFailure(value));
  return answersWith(read.paths, (path) => goodValues(path, fine, read.isOrdered));
}

/** Answers that have one value wherever something is read of them. */
export function answersOf({ paths }: ReadAnswer, value: unknown): readonly ToldAnswer[] {
  return answersWith(paths, () => [value]);
}

function goodValues(
  { name, path }: ReadPath,
  fine: readonly unknown[],
  isOrdered: boolean,
): readonly unknown[] {
  const words = path.flatMap((step) => wordsOf(String(step)));
  const last = words.at(-1) ?? '';
  if (path.length === 0) return [absent, ...fine];
  // What an element would be is not read here.
  if (words.some(isOfFailures) && typeof path.at(-1) === 'number') return [absent];
  if (words.some(isOfFailures)) return [absent, null, '', ...fine.filter(isFine)];
  if (isOfSuccess(last)) return fine.some((value) => value === true) ? [true] : [true, ...fine];
  if (isOrdered && isStatus(last)) return [200];
  if (isOrdered) return [0, 1, 100, 1e9, ...fine];
  if (name === 'headers' && /retry/.test(words.join(' '))) return [absent];
  if (words.includes('remaining') || words.includes('left'))
    return ['100', ...fine.filter((value) => Number(value) !== 0)];
  if (isStatus(last)) return [absent, 200, ...fine];
  return [absent, 'OK', 1, true, false, [{ id: 1 }], ...fine];
}

function answersWith(
  paths: readonly ReadPath[],
  valuesAt: (path: ReadPath) => readonly unknown[],
): readonly ToldAnswer[] {
  let chosen: readonly (readonly unknown[])[] = [[]];
  for (const path of paths)
    chosen = chosen.flatMap((values) => valuesAt(path).map((value) => [...values, value]));
  return chosen.map((values) => {
    const answer: ToldAnswer = { response: { data: [{ id: 1 }] }, headers: {} };
    for (const [index, path] of paths.entries()) write(answer, path, values[index]);
    return answer;
  });
}

function write(answer: ToldAnswer, { name, path }: ReadPath, value: unknown): void {
  if (value === absent) return;
  const root = name === 'headers' ? answer.headers : answer.response;
  const at = path.findIndex((step) => typeof step === 'number');
  // What is asked of the answer as a whole is whether it has such a word in it.
  if (path.length === 0) put(root, [String(value)], value);
  else if (at <= 0) put(root, path, value);
  else put(root, path.slice(0, at), [elementWith(path.slice(at + 1), value)]);
}

/** A list of one element is read by its first. */
function elementWith(path: ReadPath['path'], value: unknown): unknown {
  const element: JsonObject = {};
  if (path.length > 0) put(element, path, value);
  return path.length > 0 ? element : value;
}
