import type { SpecDefinition } from '../contract/families.ts';
import { ConnectorError } from '../error/connector-error.ts';
import { withoutPlatformFields } from '../protocol/platform-fields.ts';
import { cloneJson } from '../util/json/clone-json.ts';
import type { JsonObject } from '../util/json/json.ts';
import { validateAgainstSchema } from '../util/schema/validate-against-schema.ts';

/**
 * The config as the streams see it: migrated, checked, transformed and validated, in this order. `specOf` makes the spec,
 * whose templates see the config as it is at each step; `onMigrated` is called with what a migration has changed. Throws
 * ConnectorError (config_error) when the config does not fit the spec.
 */
export function prepareConfig(
  given: JsonObject,
  specOf: (config: () => JsonObject) => SpecDefinition,
  onMigrated: (config: JsonObject) => void,
): JsonObject {
  let config = given;
  const spec = specOf(() => config);
  const migrated = spec.migrateConfig(given);
  if (migrated !== undefined) onMigrated(migrated);
  config = cloneJson(migrated ?? given);
  checkAgainstSpec(spec, config);
  spec.transformConfig(config);
  spec.validateConfig(config);
  return config;
}

function checkAgainstSpec({ connectionSpecification }: SpecDefinition, config: JsonObject): void {
  const problems = validateAgainstSchema(withoutPlatformFields(config), connectionSpecification);
  if (problems.length === 0) return;
  const listed = problems.map(({ path, message }) =>
    path.length === 0 ? message : `"${path.join('.')}" ${message}`,
  );
  throw new ConnectorError(`The config does not fit the connector's spec: ${listed.join('; ')}.`, {
    kind: 'config_error',
  });
}
