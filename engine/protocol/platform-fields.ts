import type { JsonObject } from '../util/json/json.ts';

/** A config without the fields that the platform adds for itself: their names begin with two underscores. */
export function withoutPlatformFields(config: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(config).filter(([name]) => !name.startsWith('__')));
}
