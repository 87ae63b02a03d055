import { cloneJson } from '../util/json/clone-json.ts';
import type { JsonObject } from '../util/json/json.ts';

/** The config of a connector. A config never changes: what is to be kept in it makes another one. */
export interface ConfigStore {
  current(): JsonObject;
  /** Changes a copy, which is the config from then on. */
  update(change: (draft: JsonObject) => void): void;
}

/** `onUpdate` is called with the whole config after each update. */
export function createConfigStore(config: JsonObject, onUpdate: (config: JsonObject) => void): ConfigStore {
  let current = config;
  return Object.freeze({
    current: () => current,
    update(change: (draft: JsonObject) => void) {
      const draft = cloneJson(current);
      change(draft);
      current = draft;
      onUpdate(current);
    },
  });
}
