import * as z from 'zod';
import { parseJson } from '../util/json/parse-json.ts';
import { toJsonText } from '../util/json/to-json-text.ts';
import type { Operations } from './operations.ts';
import { type RequestBodies, requestBodies } from './requests.ts';

export type OperationName = keyof RequestBodies & keyof Operations;

/**
 * Answers one request: from the JSON text of its body to that of the answer, both with integers of any size. Throws
 * ConnectorError when the manifest, the config or the API is wrong.
 */
export type Perform = (name: OperationName, body: string, signal: AbortSignal) => Promise<string>;

/** Answers requests in this process. */
export function performWith(operations: Operations): Perform {
  return async (name, body, signal) => {
    const run = operations[name] as (body: unknown, signal: AbortSignal) => Promise<unknown>;
    return toJsonText(await run(z.parse(requestBodies[name], parseJson(body)), signal));
  };
}
