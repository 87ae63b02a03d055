import { JSONPath } from 'jsonpath-plus';
import type { JsonObject } from '../../util/json/json.ts';
import { messageOf } from '../../util/text/message-of.ts';

/** The values that a JSONPath leads to. Expressions in it are not evaluated: a test file is data. */
export function jsonPath(
  path: string,
  json: JsonObject,
): { readonly values: readonly unknown[] } | { readonly error: string } {
  try {
    const values: unknown = JSONPath({ path, json, eval: false, wrap: true });
    return { values: Array.isArray(values) ? values : [] };
  } catch (error) {
    return { error: messageOf(error) };
  }
}
