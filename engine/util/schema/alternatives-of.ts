import { isObject, type JsonObject } from '../json/json.ts';

/** The schemas that a JSON schema combines, whether all of them count, any or one. */
export function alternativesOf(schema: JsonObject): readonly JsonObject[] {
  return ['oneOf', 'anyOf', 'allOf'].flatMap((word) => {
    const list = schema[word];
    return Array.isArray(list) ? list.filter(isObject) : [];
  });
}
