import type { JsonObject } from '../../util/json/json.ts';

interface HasParentState {
  parentState(): JsonObject | undefined;
}

/** Joins the parents' states of several routers. The result is the same object as long as none of them has changed. */
export function mergeParentStates(
  routers: readonly HasParentState[],
  onCollision: (name: string) => void = () => {},
): () => JsonObject {
  let states: readonly (JsonObject | undefined)[] = [];
  let merged: JsonObject = Object.freeze({});
  return () => {
    const next = routers.map((router) => router.parentState());
    if (next.length === states.length && next.every((state, index) => state === states[index])) return merged;
    states = next;
    const all: JsonObject = {};
    for (const state of next) {
      for (const [name, value] of Object.entries(state ?? {})) {
        if (Object.hasOwn(all, name)) onCollision(name);
        all[name] = value;
      }
    }
    merged = Object.freeze(all);
    return merged;
  };
}
