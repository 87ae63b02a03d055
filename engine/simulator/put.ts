import { isObject, type JsonObject } from '../util/json/json.ts';
import { setField } from '../util/json/set-field.ts';

/** Sets the value at a path of fields. What is no object on the way there is replaced. */
export function put(root: JsonObject, path: readonly (string | number)[], value: unknown): void {
  let current = root;
  for (const segment of path.slice(0, -1)) {
    const known = current[segment];
    const next: JsonObject = isObject(known) ? known : {};
    setField(current, String(segment), next);
    current = next;
  }
  setField(current, String(path.at(-1)), value);
}

/** The same of the copy of an object: what is inside of it is copied on the way, and stays as it is for others. */
export function putInCopy(root: JsonObject, path: readonly (string | number)[], value: unknown): void {
  let current = root;
  for (const segment of path.slice(0, -1)) {
    const known = current[segment];
    const next: JsonObject = isObject(known) ? { ...known } : {};
    setField(current, String(segment), next);
    current = next;
  }
  setField(current, String(path.at(-1)), value);
}
