import type { JsonObject } from '../util/json/json.ts';

/** Runs a check while `config` has the values that the manifest wants for checks only. */
export async function withOverrides<T>(
  config: JsonObject,
  overrides: JsonObject,
  run: () => Promise<T>,
): Promise<T> {
  const before = { ...config };
  Object.assign(config, overrides);
  try {
    return await run();
  } finally {
    for (const name of Object.keys(overrides)) delete config[name];
    Object.assign(config, before);
  }
}
