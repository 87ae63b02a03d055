import type { JsonSchema } from '../util/json/json.ts';
import { idPattern, idWords } from '../util/text/id-words.ts';
import { singular } from '../util/text/singular.ts';
import type { Api, Operation, Parameter } from './api.ts';
import type { Guess } from './guess.ts';
import { type CursorGuess, guessCursor } from './guess-cursor.ts';
import { guessPaging, type PagingGuess } from './guess-paging.ts';
import { guessRecords } from './guess-records.ts';
import { nounOf, snake } from './names.ts';

export interface StreamGuess {
  readonly name: string;
  readonly operation: Operation;
  readonly isList: Guess<true>;
  readonly recordPath: Guess<readonly string[]>;
  readonly key: Guess<string> | undefined;
  readonly paging: Guess<PagingGuess> | undefined;
  readonly cursor: Guess<CursorGuess> | undefined;
  /** By the name of the path's parameter: the stream whose records have it. */
  readonly parents: readonly { readonly parameter: string; readonly guess: Guess<string> }[];
  /** Parameters that the API needs and nothing supplies: fields of the config. */
  readonly asked: readonly Parameter[];
  /** Required parameters of which the choices are known: each is a partition. */
  readonly choices: readonly { readonly parameter: Parameter; readonly values: readonly string[] }[];
  /** Parameters that nothing computes, and that are sent as they were seen. */
  readonly fixed: readonly Parameter[];
  /** Of a record. */
  readonly schema: JsonSchema;
}

/** The streams of an API: operations whose answer holds a list of objects. Those of others become children, or fields of the config. */
export function guessStreams(api: Api): readonly StreamGuess[] {
  const found: StreamGuess[] = [];
  for (const operation of api.operations) {
    if (!isReading(operation)) continue;
    const records = guessRecords(operation);
    if (records === undefined) continue;
    const { parameters } = operation;
    const paging = guessPaging(operation);
    const cursor = guessCursor(operation, records.schema);
    const { parameter, sizeParameter } = paging?.value ?? {};
    const taken = new Set([parameter, sizeParameter, cursor?.value.parameter]);
    const others = parameters.filter((each) => !taken.has(each));
    const needed = others.filter(({ in: place, isRequired }) => place === 'query' && isRequired);
    const choices = needed.flatMap((parameter) => {
      const values = parameter.schema['enum'];
      return Array.isArray(values) ? [{ parameter, values: values.map(String) }] : [];
    });
    found.push({
      name: nameOf(operation),
      operation,
      isList: records.isList,
      recordPath: records.path,
      key: guessKey(operation, records.schema, api.operations),
      paging,
      cursor,
      parents: [],
      asked: needed.filter((parameter) => !choices.some((choice) => choice.parameter === parameter)),
      choices,
      fixed: others.filter(({ in: place, seen }) => place === 'query' && seen.length > 0),
      schema: records.schema,
    });
  }
  return withParents(distinct(found));
}

/** Other methods change something, as POST does unless it is named after a search or asks for pages. */
function isReading(operation: Operation): boolean {
  const { method, path, isChosen, parameters, asksFor } = operation;
  if (isChosen === true || method === 'GET' || asksFor !== undefined) return true;
  if (method !== 'POST') return false;
  if (/[/:](?:search|query|list|filter|graphql|find)$|:run\w*$/i.test(path)) return true;
  return (
    guessPaging({
      ...operation,
      parameters: parameters.filter(({ in: place }) => place === 'body' || place === 'form'),
    })?.value.sizeParameter !== undefined
  );
}

/** `/companies/{id}/segments` is `company_segments`. */
function nameOf({ path, asksFor }: Operation): string {
  // `getIssues` and `IssuesQuery` are issues.
  if (asksFor !== undefined)
    return snake(asksFor)
      .replace(/^(?:get|list|fetch|all|query)_(?=.)/, '')
      .replace(/(?<=.)_(?:query|list|page)$/, '');
  const parents = path
    .split('/')
    .filter((segment) => segment !== '' && !/^v\d+(?:\.\d+)?$|^api$/i.test(segment));
  const last = parents.findLastIndex((segment) => /^\{.*\}$/.test(segment));
  const before = parents.slice(0, Math.max(0, last)).findLast((segment) => !/^\{/.test(segment));
  const noun = snake(nounOf(path));
  return before === undefined || snake(before) === noun ? noun : `${snake(singular(before))}_${noun}`;
}

/** Of two of one name, GET lists everything; further ones are told apart by more of their path. */
function distinct(found: readonly StreamGuess[]): readonly StreamGuess[] {
  const byName = new Map<string, StreamGuess>();
  for (const stream of found) {
    const other = byName.get(stream.name);
    if (other === undefined) byName.set(stream.name, stream);
    else if (isSearchOf(stream.operation, other.operation)) {
      // A search can begin where the last one ended.
      const better =
        stream.cursor?.value.parameter !== undefined && other.cursor?.value.parameter === undefined;
      if (better) byName.set(stream.name, stream);
    } else {
      const segments = stream.operation.path.split('/').filter((segment) => /^\w/.test(segment));
      const longer = segments.map(snake).join('_');
      if (!byName.has(longer)) byName.set(longer, { ...stream, name: longer });
    }
  }
  return [...byName.values()];
}

function isSearchOf(one: Operation, other: Operation): boolean {
  const base = (path: string) => path.replace(/\/(?:search|query|list|filter)$/, '');
  return base(one.path) === base(other.path);
}

function guessKey(
  { path }: Operation,
  schema: JsonSchema,
  operations: readonly Operation[],
): Guess<string> | undefined {
  const fields = Object.keys((schema.properties ?? {}) as object);
  const noun = snake(singular(nounOf(path)));
  const detail = operations.find(
    (other) =>
      other.method === 'GET' &&
      other.path.startsWith(`${path}/{`) &&
      /^\{\w+\}$/.test(other.path.slice(path.length + 1)),
  );
  const parameter = detail?.path.slice(path.length + 2, -1);
  const own = fields.find((field) => [`${noun}_id`, `${noun}id`].includes(snake(field)));
  if (fields.includes('id')) return { value: 'id', confidence: 0.95, why: 'records have an id' };
  if (own !== undefined) return { value: own, confidence: 0.8, why: `"${own}" is named after the stream` };
  if (parameter !== undefined && fields.includes(parameter))
    return { value: parameter, confidence: 0.8, why: `one record is asked for by its "${parameter}"` };
  const common = [...idWords, '_id', 'ID', 'Id', 'key', 'slug', 'code'].find((name) => fields.includes(name));
  return common === undefined
    ? undefined
    : { value: common, confidence: common.length > 3 ? 0.6 : 0.7, why: `"${common}" often is a key` };
}

const idAtEnd = new RegExp(`_?(?:${idPattern}|key|slug)$`);

/** A parameter of a path is the key of the records that are listed where it stands. */
function withParents(streams: readonly StreamGuess[]): readonly StreamGuess[] {
  return streams.map((stream) => {
    const { path, parameters } = stream.operation;
    const parents: { parameter: string; guess: Guess<string> }[] = [];
    const asked = [...stream.asked];
    for (const parameter of parameters.filter(({ in: place }) => place === 'path')) {
      const before = path.slice(0, path.indexOf(`/{${parameter.name}}`));
      const listed = streams.find(
        ({ operation, name }) =>
          name !== stream.name &&
          operation.path.replace(/\/(?:search|list|query)$/, '') === before &&
          !operation.path.includes('{'),
      );
      const noun = snake(parameter.name).replace(idAtEnd, '');
      const named = streams.find(
        ({ operation, name }) =>
          name !== stream.name &&
          !operation.path.includes('{') &&
          noun !== '' &&
          snake(singular(nounOf(operation.path))) === noun,
      );
      if (listed !== undefined && listed.key !== undefined)
        parents.push({
          parameter: parameter.name,
          guess: { value: listed.name, confidence: 0.9, why: `"${listed.name}" are listed at ${before}` },
        });
      else if (named !== undefined && named.key !== undefined)
        parents.push({
          parameter: parameter.name,
          guess: {
            value: named.name,
            confidence: 0.6,
            why: `"${parameter.name}" is named after "${named.name}"`,
          },
        });
      else asked.push(parameter);
    }
    return { ...stream, parents, asked };
  });
}
