import { fieldOf, toValue } from '../manifest/node.ts';
import { isObject, type JsonObject } from '../util/json/json.ts';
import type { ComponentAt } from '../validate/visit.ts';

/** The `$parameters` that the templates of a component see. */
export function parametersOf({ node }: ComponentAt): JsonObject {
  const parameters = fieldOf(node, '$parameters');
  const value = parameters && toValue(parameters);
  return isObject(value) ? value : {};
}
