import { ConfigAddFields } from '../../../../engine/components/config/config-add-fields.ts';
import { ConfigMigration } from '../../../../engine/components/config/config-migration.ts';
import { ConfigRemapField } from '../../../../engine/components/config/config-remap-field.ts';
import { ConfigRemoveFields } from '../../../../engine/components/config/config-remove-fields.ts';
import type { Component } from '../../../../engine/language/component.ts';
import type { JsonObject } from '../../../../engine/util/json/json.ts';
import { makeComponent, testScope } from '../../../kit/scope.ts';

function changed(
  component: Component<'ConfigTransformation'>,
  definition: JsonObject,
  config: JsonObject,
): JsonObject {
  makeComponent(component, definition).transform(config);
  return config;
}

describe('ConfigRemapField', () => {
  const definition = { map: { dev: 'development', 1: 'one', true: 'yes' }, field_path: ['env', 'name'] };

  it.each([
    ['a text', 'dev', 'development'],
    ['a number', 1, 'one'],
    ['a boolean', true, 'yes'],
    ['a value the map does not have', 'prod', 'prod'],
    ['a name of the prototype', 'constructor', 'constructor'],
    ['null', null, null],
  ])('maps %s', (_, before, after) => {
    expect(changed(ConfigRemapField, definition, { env: { name: before } })).toEqual({
      env: { name: after },
    });
  });

  it('leaves a config without the field alone', () => {
    expect(changed(ConfigRemapField, definition, { env: 'dev' })).toEqual({ env: 'dev' });
    expect(changed(ConfigRemapField, definition, {})).toEqual({});
  });

  it('reads templates in the map and in the path from the config it changes', () => {
    const fields = { map: { ES: "{{ config['host'] }}" }, field_path: ["{{ config['field'] }}"] };
    const config = { host: 'eu.test', field: 'market', market: 'ES' };
    expect(changed(ConfigRemapField, fields, config)).toEqual({ ...config, market: 'eu.test' });
  });

  it('takes a template that gives the whole map', () => {
    const fields = { map: "{{ config['names'] }}", field_path: ['code'] };
    expect(changed(ConfigRemapField, fields, { names: { a: 'b' }, code: 'a' })).toMatchObject({ code: 'b' });
  });

  it('refuses an empty path', () => {
    expect(() => makeComponent(ConfigRemapField, { map: {}, field_path: [] })).toThrow(
      '"field_path" of ConfigRemapField is wrong',
    );
  });
});

describe('ConfigAddFields', () => {
  it('adds fields at any depth, a later one seeing the earlier', () => {
    const fields = [
      { type: 'AddedFieldDefinition', path: ['auth', 'kind'], value: 'token' },
      { path: ['copy'], value: "{{ config['auth']['kind'] }}" },
    ];
    expect(changed(ConfigAddFields, { fields }, {})).toEqual({ auth: { kind: 'token' }, copy: 'token' });
  });

  it('adds only where its condition is true', () => {
    const definition = { fields: [{ path: ['a'], value: 'b' }], condition: "{{ config['flag'] }}" };
    expect(changed(ConfigAddFields, definition, { flag: true })).toEqual({ flag: true, a: 'b' });
    expect(changed(ConfigAddFields, definition, { flag: false })).toEqual({ flag: false });
  });
});

describe('ConfigRemoveFields', () => {
  const definition = { field_pointers: [['a', 'b'], ['none']] };

  it('removes what is there', () => {
    expect(changed(ConfigRemoveFields, definition, { a: { b: 1, c: 2 } })).toEqual({ a: { c: 2 } });
  });

  it('removes only when its condition is true', () => {
    const conditional = { ...definition, condition: "{{ config['flag'] }}" };
    expect(changed(ConfigRemoveFields, conditional, { flag: false, a: { b: 1 } })).toEqual({
      flag: false,
      a: { b: 1 },
    });
    expect(changed(ConfigRemoveFields, conditional, { flag: true, a: { b: 1 } })).toEqual({
      flag: true,
      a: {},
    });
  });
});

describe('ConfigMigration', () => {
  it('applies its transformations in order', () => {
    const definition = {
      transformations: [
        { type: 'ConfigAddFields', fields: [{ path: ['new'], value: "{{ config['old'] }}" }] },
        { type: 'ConfigRemoveFields', field_pointers: [['old']] },
      ],
    };
    const scope = testScope({ components: [ConfigAddFields, ConfigRemoveFields] });
    const config = { old: 'x' };
    makeComponent(ConfigMigration, definition, scope).transform(config);
    expect(config).toEqual({ new: 'x' });
  });
});
