import { ConfigAddFields } from '../../../../engine/components/config/config-add-fields.ts';
import { ConfigMigration } from '../../../../engine/components/config/config-migration.ts';
import { ConfigRemapField } from '../../../../engine/components/config/config-remap-field.ts';
import { DpathValidator } from '../../../../engine/components/config/dpath-validator.ts';
import { Spec } from '../../../../engine/components/config/spec.ts';
import { ValidateAdheresToSchema } from '../../../../engine/components/config/validate-adheres-to-schema.ts';
import type { JsonObject } from '../../../../engine/util/json/json.ts';
import { makeComponent, testScope } from '../../../kit/scope.ts';
import { told } from '../../../kit/told.ts';

const components = [
  ConfigAddFields,
  ConfigMigration,
  ConfigRemapField,
  DpathValidator,
  ValidateAdheresToSchema,
];
const made = (fields: JsonObject) =>
  makeComponent(Spec, { connection_specification: {}, ...fields }, testScope({ components }));

describe('Spec', () => {
  it('hands on what the manifest says', () => {
    const connection_specification = { type: 'object', properties: { key: { airbyte_secret: true } } };
    const spec = made({ connection_specification });
    expect(spec.connectionSpecification).toEqual(connection_specification);
  });

  it('migrates a copy of the config, and gives nothing when nothing changes', () => {
    const transformations = [{ type: 'ConfigRemapField', map: { old: 'new' }, field_path: ['auth', 'kind'] }];
    const spec = made({
      config_normalization_rules: { config_migrations: [{ transformations, type: 'ConfigMigration' }] },
    });
    const config = { auth: { kind: 'old' } };
    expect(spec.migrateConfig(config)).toEqual({ auth: { kind: 'new' } });
    expect(config).toEqual({ auth: { kind: 'old' } });
    expect(spec.migrateConfig({ auth: { kind: 'new' } })).toBeUndefined();
    expect(made({}).migrateConfig(config)).toBeUndefined();
  });

  it('transforms the config in place', () => {
    const transformations = [{ type: 'ConfigAddFields', fields: [{ path: ['a'], value: 'b' }] }];
    const config = {};
    made({ config_normalization_rules: { transformations } }).transformConfig(config);
    expect(config).toEqual({ a: 'b' });
  });

  it('validates the config', () => {
    const validation_strategy = { type: 'ValidateAdheresToSchema', base_schema: { type: 'object' } };
    const validations = [{ type: 'DpathValidator', field_path: ['a'], validation_strategy }];
    const spec = made({ config_normalization_rules: { validations } });
    expect(told(() => spec.validateConfig({ a: {} }))).toBeUndefined();
    expect(() => spec.validateConfig({ a: 1 })).toThrow('it must be an object');
  });
});
