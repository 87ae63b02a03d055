import type { Scope } from '../contract/scope.ts';
import { createResponse, responseHeaders } from '../http/wire/response.ts';
import { parametersOf } from '../language/compile.ts';
import { isObject, type JsonObject } from '../util/json/json.ts';
import { type ComponentAt, childIn, visit, written } from '../validate/visit.ts';
import { jsonAnswer } from './answers.ts';
import { literalsIn, type Solution, solutions } from './filter-solution.ts';
import { type Placing, pathInRecord } from './place-records.ts';
import { putInCopy } from './put.ts';
import { pathsRead } from './texts-in.ts';

const mostTries = 600;

/**
 * What an answer has to say beside what it has, so that the error handler of its requester takes it for a success, found by
 * asking the handler: `code: 0` where a filter fails on `response.code != 0`. Empty where it is one as it is, and where
 * nothing that was tried helps.
 */
export async function successFields(
  document: unknown,
  requester: ComponentAt | undefined,
  scope: Scope,
  isFree: (path: readonly (string | number)[]) => boolean = () => true,
): Promise<Solution> {
  const handlerAt = childIn(requester, 'error_handler');
  if (handlerAt === undefined || !isObject(document)) return [];
  const predicates = visit(handlerAt).flatMap((at) => written(at, 'predicate') ?? []);
  const paths = predicates.flatMap((node) => pathsRead(node, ['response']).map(({ path }) => path));
  const free = paths.filter((path) => path.length > 0 && path.every(isName) && isFree(path));
  if (free.length === 0) return [];
  const { node } = handlerAt;
  const own: Scope = { ...scope, node, parameters: parametersOf(node) };
  try {
    const handler = scope.sync.build(node, 'ErrorHandler', own);
    const values = [...predicates.flatMap(literalsIn), true, false, 0, 1, '', null];
    let tries = 0;
    for (const solution of solutions(free, () => values)) {
      if (++tries > mostTries) break;
      const { status, headers, body } = jsonAnswer(withFields(document, solution));
      const response = createResponse({ url: '', status, headers: responseHeaders(headers), body });
      const { action } = await handler.resolve({ response });
      if (action === 'SUCCESS') return solution;
    }
  } catch {
    // A handler that cannot be made, or asked, tells of it when the stream is read.
  }
  return [];
}

function isName(step: string | number): boolean {
  return typeof step === 'string';
}

/** A document with these fields in it. */
export function withFields<Document>(document: Document, solution: Solution): Document {
  if (!isObject(document) || solution.length === 0) return document;
  const copy: JsonObject = { ...document };
  for (const [path, value] of solution) putInCopy(copy, path, value);
  return copy as Document;
}

/** Pages that the error handler of their requester takes for a success; `record` is one of theirs. */
export async function successfulPages(
  placing: Placing,
  requester: ComponentAt | undefined,
  scope: Scope,
  record: () => unknown,
): Promise<Placing> {
  if (childIn(requester, 'error_handler') === undefined) return placing;
  const said = await successFields(placing.document([record()]), requester, scope, (path) => {
    const leadsToRecords = path.every((step, index) => placing.path[index] === step);
    return !leadsToRecords && pathInRecord(path, placing) === undefined;
  });
  if (said.length === 0) return placing;
  return { ...placing, document: (records) => withFields(placing.document(records), said) };
}
