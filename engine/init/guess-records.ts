import { isObject, type JsonSchema } from '../util/json/json.ts';
import type { Operation } from './api.ts';
import type { Guess } from './guess.ts';
import { nounOf, snake } from './names.ts';

export interface RecordsGuess {
  readonly path: Guess<readonly string[]>;
  readonly isList: Guess<true>;
  /** Of one record. */
  readonly schema: JsonSchema;
}

const customary = [
  'data',
  'items',
  'results',
  'records',
  'entries',
  'list',
  'values',
  'objects',
  'content',
  'value',
  'nodes',
  'node',
];

interface Candidate {
  readonly path: readonly string[];
  readonly schema: JsonSchema;
}

/** Where in an answer the records are; undefined when it holds no list of objects. */
export function guessRecords(operation: Operation): RecordsGuess | undefined {
  const { answer, path, method, parameters, asksFor } = operation;
  const isList: Guess<true> = { value: true, confidence: 0.9, why: `${method} ${path} answers a list` };
  if (answer === undefined) {
    // Nothing is known of the answer: a path that ends in a name lists something.
    if (parameters.some(({ in: place }) => place === 'path') && /\}$/.test(path)) return undefined;
    return {
      path: {
        value: ['data'],
        confidence: 0.3,
        why: 'nobody has shown the answer; "data" is the most common place',
      },
      isList: { ...isList, confidence: 0.4, why: `${method} ${path} may answer a list` },
      schema: {},
    };
  }
  if (itemsOf(answer) !== undefined)
    return {
      path: { value: [], confidence: 0.95, why: 'the answer is a list' },
      isList,
      schema: itemsOf(answer) ?? {},
    };
  // One record of its own, by its key: what is in it are its parts.
  if (/\}$/.test(path)) return undefined;
  const candidates = [...listsIn(answer, [], asksFor === undefined ? 2 : deepestOfGraphQl)].map(inNodes);
  const noun = snake(asksFor ?? nounOf(path));
  const nameOf = ({ path: steps }: Candidate) => snake(steps.at(-1) ?? '');
  const byNoun = candidates.find((each) => nameOf(each) === noun);
  const byName = candidates.find((each) => customary.includes(nameOf(each)));
  const isObjectOfItsOwn = fieldsOf(answer).includes('id') && byNoun === undefined && byName === undefined;
  const found = byNoun ?? byName ?? candidates[0];
  if (found === undefined || isObjectOfItsOwn) return undefined;
  const others = candidates.filter((each) => each !== found).map((each) => each.path.join('.'));
  const also = others.length === 0 ? '' : `; other lists: ${others.slice(0, 4).join(', ')}`;
  const [confidence, why] =
    found === byNoun
      ? [0.95, `the list "${found.path.join('.')}" is named as the path`]
      : found === byName
        ? [0.9, `"${found.path.join('.')}" is a customary name`]
        : [
            others.length === 0 ? 0.8 : 0.5,
            `"${found.path.join('.')}" is ${others.length === 0 ? 'the only list' : 'the first list'}`,
          ];
  return { path: { value: found.path, confidence, why: `${why}${also}` }, isList, schema: found.schema };
}

/** `data.viewer.repositories.nodes` */
const deepestOfGraphQl = 4;

/** An edge of GraphQL holds the record with what is said of its place in the list. */
function inNodes(candidate: Candidate): Candidate {
  const { properties } = candidate.schema;
  const node = isObject(properties) ? properties['node'] : undefined;
  if (candidate.path.at(-1) !== 'edges' || !isObject(node)) return candidate;
  return { path: [...candidate.path, '*', 'node'], schema: node };
}

function* listsIn(schema: JsonSchema, path: readonly string[], depth: number): Generator<Candidate> {
  const properties = isObject(schema.properties) ? schema.properties : {};
  for (const [name, property] of Object.entries(properties)) {
    if (!isObject(property)) continue;
    const items = itemsOf(property);
    if (items !== undefined) yield { path: [...path, name], schema: items };
  }
  if (depth > 1)
    for (const [name, property] of Object.entries(properties))
      if (isObject(property) && itemsOf(property) === undefined)
        yield* listsIn(property, [...path, name], depth - 1);
}

/** Of a list of objects. */
function itemsOf({ type, items }: JsonSchema): JsonSchema | undefined {
  if (!isObject(items) || ![type].flat().includes('array')) return undefined;
  return isObject(items.properties) || [items.type].flat().includes('object') ? items : undefined;
}

function fieldsOf({ properties }: JsonSchema): readonly string[] {
  return isObject(properties) ? Object.keys(properties) : [];
}
