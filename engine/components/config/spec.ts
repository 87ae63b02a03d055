import * as z from 'zod';
import type { SpecDefinition } from '../../contract/families.ts';
import { component } from '../../language/component.ts';
import { slot } from '../../language/slots.ts';
import { cloneJson } from '../../util/json/clone-json.ts';
import type { JsonObject } from '../../util/json/json.ts';
import { isEqual } from '../../util/schema/schema-values.ts';

const anyObject = () => z.record(z.string(), z.unknown());

const authFlow = () =>
  z.looseObject({
    auth_flow_type: z.enum(['oauth2.0', 'oauth1.0']).optional().describe('The protocol of the flow.'),
    predicate_key: z
      .array(z.string())
      .optional()
      .describe('Config field that says whether the flow applies.'),
    predicate_value: z.string().optional().describe('Value of that field with which it applies.'),
    oauth_config_specification: z
      .looseObject({
        oauth_user_input_from_connector_config_specification: anyObject().optional(),
        oauth_connector_input_specification: anyObject().optional(),
        complete_oauth_output_specification: anyObject().optional(),
        complete_oauth_server_input_specification: anyObject().optional(),
        complete_oauth_server_output_specification: anyObject().optional(),
      })
      .optional()
      .describe('What the flow reads and writes.'),
  });

const normalizationRules = () =>
  z.object({
    type: z.literal('ConfigNormalizationRules').optional(),
    config_migrations: z
      .array(slot('ConfigMigration', 'ConfigMigration'))
      .default([])
      .describe('Changes to the config that the platform stores.'),
    transformations: z
      .array(slot('ConfigTransformation'))
      .default([])
      .describe('Changes to the config for this run only.'),
    validations: z.array(slot('Validator')).default([]).describe('Checks of the config beyond its schema.'),
  });

export const Spec = component({
  family: 'Spec',
  type: 'Spec',
  doc: 'Says what config the connector needs, and how a given one is brought into form.',
  fields: () => ({
    connection_specification: anyObject().describe('JSON schema of the config.'),
    documentation_url: z.string().optional().describe('Page about the connector.'),
    advanced_auth: authFlow().optional().describe('How the platform may log in for the user.'),
    config_normalization_rules: normalizationRules().optional().describe('Changes and checks of the config.'),
  }),
  make(fields, scope) {
    const rules = fields.config_normalization_rules;
    const migrations = (rules?.config_migrations ?? []).map((migration) => migration(scope));
    const transformations = (rules?.transformations ?? []).map((transformation) => transformation(scope));
    const validations = (rules?.validations ?? []).map((validation) => validation(scope));
    return Object.freeze<SpecDefinition>({
      connectionSpecification: fields.connection_specification,
      migrateConfig(config) {
        if (migrations.length === 0) return undefined;
        const migrated: JsonObject = cloneJson(config);
        for (const migration of migrations) migration.transform(migrated);
        return isEqual(migrated, config) ? undefined : migrated;
      },
      transformConfig(config) {
        for (const transformation of transformations) transformation.transform(config);
      },
      validateConfig(config) {
        for (const validation of validations) validation.validate(config);
      },
    });
  },
});
