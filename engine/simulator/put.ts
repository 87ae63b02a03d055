import { isObject, type JsonObject } from '../util/json/json.ts';
import { setField } from '../util/json/set-field.ts';

type Segment = string | number;
type Path = readonly Segment[];

/** An object, whose members have names, or a list, whose members have indices. */
type Container = JsonObject | unknown[];

/**
 * Sets the value at a path of names and of indices in lists, negative ones counted from the end. What leads no further on
 * the way there is replaced.
 */
export function put(root: JsonObject, path: Path, value: unknown): void {
  putThrough(root, path, value, (known) => known);
}

/** The same of the copy of an object: what is inside of it is copied on the way, and stays as it is for others. */
export function putInCopy(root: JsonObject, path: Path, value: unknown): void {
  putThrough(root, path, value, (known) => (Array.isArray(known) ? [...known] : { ...known }));
}

/** Whether there is something at the path, be it null. */
export function has(root: JsonObject, path: Path): boolean {
  let current: unknown = root;
  for (const segment of path) {
    if (!leadsOn(current, segment)) return false;
    const isThere = Array.isArray(current)
      ? indexIn(current, segment) < current.length
      : Object.hasOwn(current, segment);
    if (!isThere) return false;
    current = memberOf(current, segment);
  }
  return true;
}

function putThrough(
  root: JsonObject,
  path: Path,
  value: unknown,
  take: (known: Container) => Container,
): void {
  let current: Container = root;
  for (const [index, segment] of path.slice(0, -1).entries()) {
    const following = path[index + 1] as Segment;
    const known = memberOf(current, segment);
    const empty = typeof following === 'number' ? [] : {};
    const next = leadsOn(known, following) ? take(known) : empty;
    setMember(current, segment, next);
    current = next;
  }
  setMember(current, path.at(-1) ?? '', value);
}

function leadsOn(value: unknown, segment: Segment): value is Container {
  return typeof segment === 'number' ? Array.isArray(value) : isObject(value);
}

function memberOf(of: Container, segment: Segment): unknown {
  return Array.isArray(of) ? of[indexIn(of, segment)] : of[segment];
}

function setMember(of: Container, segment: Segment, value: unknown): void {
  if (!Array.isArray(of)) {
    setField(of, String(segment), value);
    return;
  }
  const index = indexIn(of, segment);
  while (of.length < index) of.push(null);
  of[index] = value;
}

function indexIn(list: readonly unknown[], segment: Segment): number {
  const index = Number(segment);
  return index < 0 ? Math.max(0, list.length + index) : index;
}
