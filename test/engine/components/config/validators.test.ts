import { DpathValidator } from '../../../../engine/components/config/dpath-validator.ts';
import { PredicateValidator } from '../../../../engine/components/config/predicate-validator.ts';
import { ValidateAdheresToSchema } from '../../../../engine/components/config/validate-adheres-to-schema.ts';
import type { JsonObject } from '../../../../engine/util/json/json.ts';
import { makeComponent, testScope } from '../../../kit/scope.ts';
import { told } from '../../../kit/told.ts';

const schema = { type: 'object', properties: { mode: { enum: ['sync'] } }, required: ['mode'] };
const adheres = { type: 'ValidateAdheresToSchema', base_schema: schema };
const scopeWith = (config: JsonObject = {}) => testScope({ config, components: [ValidateAdheresToSchema] });

describe('ValidateAdheresToSchema', () => {
  const strategy = makeComponent(ValidateAdheresToSchema, adheres);

  it('accepts what fits, also as JSON text', () => {
    expect(told(() => strategy.validate({ mode: 'sync' }))).toBeUndefined();
    expect(told(() => strategy.validate('{"mode": "sync"}'))).toBeUndefined();
    expect(() => strategy.validate('{"mode": "other"}')).toThrow('"mode" must be one of "sync"');
  });

  it('says what does not fit, as a config error and without the value', () => {
    expect(() => strategy.validate({ mode: 'secret' })).toThrow(
      expect.objectContaining({
        kind: 'config_error',
        message: 'A value of the config is wrong: "mode" must be one of "sync".',
      }),
    );
    expect(() => strategy.validate([])).toThrow('A value of the config is wrong: it must be an object.');
  });

  it('says when a text is no JSON', () => {
    expect(() => strategy.validate('{')).toThrow('The value to check is not valid JSON.');
  });

  it('takes a schema from a text or from the config', () => {
    const fromText = makeComponent(ValidateAdheresToSchema, { base_schema: '{"type": "null"}' });
    expect(() => fromText.validate(1)).toThrow('it must be null');
    const definition = { base_schema: "{{ config['schema'] }}" };
    const fromConfig = makeComponent(ValidateAdheresToSchema, definition, scopeWith({ schema }));
    expect(() => fromConfig.validate({})).toThrow('"mode" is missing');
  });
});

describe('DpathValidator', () => {
  const made = (field_path: string[], scope = scopeWith()) => ({
    scope,
    validator: makeComponent(DpathValidator, { field_path, validation_strategy: adheres }, scope),
  });

  it('checks the value at the path', () => {
    const { validator } = made(['settings']);
    expect(told(() => validator.validate({ settings: { mode: 'sync' } }))).toBeUndefined();
    expect(() => validator.validate({ settings: {} })).toThrow('"mode" is missing');
  });

  it('checks every item for a star', () => {
    const { validator } = made(['all', '*']);
    expect(() => validator.validate({ all: [{ mode: 'sync' }, {}] })).toThrow('"mode" is missing');
    expect(told(() => validator.validate({ all: [] }))).toBeUndefined();
  });

  it('passes over a config without the path', () => {
    const { validator, scope } = made(['settings']);
    expect(() => validator.validate({ settings: {} })).toThrow('"mode" is missing');
    expect(scope.logs).toEqual([]);
    expect(told(() => validator.validate({}))).toBeUndefined();
    expect(scope.logs).toEqual([{ level: 'INFO', message: 'The config has no "settings" to check.' }]);
  });
});

describe('PredicateValidator', () => {
  it('checks a template over the config, or a value as it is', () => {
    const ofConfig = { value: "{{ config['settings'] }}", validation_strategy: adheres };
    const validator = makeComponent(PredicateValidator, ofConfig, scopeWith());
    expect(told(() => validator.validate({ settings: { mode: 'sync' } }))).toBeUndefined();
    expect(() => validator.validate({ settings: {} })).toThrow('"mode" is missing');
    const fixed = makeComponent(PredicateValidator, { value: 1, validation_strategy: adheres }, scopeWith());
    expect(() => fixed.validate({})).toThrow('it must be an object');
  });
});
