import type { SpecDefinition } from '../contract/families.ts';
import { ConnectorError } from '../error/connector-error.ts';
import { withoutPlatformFields } from '../protocol/platform-fields.ts';
import type { JsonObject } from '../util/json/json.ts';
import { validateAgainstSchema } from '../util/schema/validate-against-schema.ts';

/**
 * Migrates, checks, transforms and validates the config in place, in this order; `onMigrated` is called after a
 * migration that changed something. Throws ConnectorError (config_error) when the config does not fit the spec.
 */
export function prepareConfig(spec: SpecDefinition, config: JsonObject, onMigrated: () => void): void {
  const migrated = spec.migrateConfig(config);
  if (migrated !== undefined) {
    replaceContent(config, migrated);
    onMigrated();
  }
  checkAgainstSpec(spec, config);
  spec.transformConfig(config);
  spec.validateConfig(config);
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

function replaceContent(target: JsonObject, content: JsonObject): void {
  for (const name of Object.keys(target)) if (!(name in content)) delete target[name];
  Object.assign(target, content);
}
