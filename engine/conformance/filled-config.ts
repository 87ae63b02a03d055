import { isObject, type JsonObject } from '../util/json/json.ts';
import { exampleValue } from '../util/schema/example-value.ts';
import type { SpecAt } from './subject.ts';

/**
 * A config with the groups of optional fields in it that its spec has: a manifest that lets its credentials be left out is
 * not tried without any. What the config says itself stays.
 */
export function filledConfig(
  spec: Pick<SpecAt, 'schema'> | undefined,
  config: JsonObject,
  now: number,
): JsonObject {
  const whole = spec && exampleValue(spec.schema, { now, wants: () => true });
  return isObject(whole) ? { ...whole, ...config } : config;
}
