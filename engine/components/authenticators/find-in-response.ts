import { isObject } from '../../util/json/json.ts';

const deepest = 5;

/** The first value of this name, at the top or deeper: token endpoints wrap their answers in all kinds of envelopes. */
export function findInResponse(value: unknown, name: string, depth = 0): unknown {
  if (depth > deepest) return undefined;
  if (isObject(value) && Object.hasOwn(value, name)) return value[name];
  const inner = isObject(value) ? Object.values(value) : Array.isArray(value) ? value : [];
  for (const item of inner) {
    const found = findInResponse(item, name, depth + 1);
    if (found !== undefined && found !== null) return found;
  }
  return undefined;
}
