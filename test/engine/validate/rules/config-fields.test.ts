import { configFields } from '../../../../engine/validate/rules/config-fields.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(configFields);

const manifest = (template: string, more = '') =>
  withRetriever(
    `requester: { url: "https://a.b/${template}" }`,
    '',
    `spec: { connection_specification: { type: object, properties: { api_key: { type: string } } }${more} }`,
  );
const severity = 'warning' as const;

describe('configFields', () => {
  it('are in the spec', () => {
    expectValid(manifest("{{ config['api_key'] }}{{ config.api_key }}{{ config.get('api_key') }}"));
    expectErrors(manifest("{{ config['api_kay'] }}"), [
      {
        severity,
        message: 'The spec has no "api_kay", so no config has it. Did you mean "api_key"?',
        at: "config['api_kay']",
      },
    ]);
    expectErrors(manifest("{{ config.get('region') }}"), [
      { severity, message: 'The spec has no "region", so no config has it.', at: "config.get('region')" },
    ]);
  });

  it('may stand beside what the spec has of their name deeper, for configs of old', () => {
    const old = (template: string) =>
      withRetriever(
        `requester: { url: "https://a.b/${template}" }`,
        '',
        'spec: { connection_specification: { properties: { credentials: { properties: { token: {} } } } } }',
      );
    expectValid(old("{{ config.get('credentials', {}).get('token', config['token']) }}"));
    expectValid(old('{{ config.credentials.token if config.credentials else config.token }}'));
    expectErrors(old('{{ config.credentials.token if config.credentials else config.tokn }}'), [
      { severity, message: 'The spec has no "tokn", so no config has it.', at: 'config.tokn' },
    ]);
  });

  it('may be made by the manifest itself', () => {
    const rules =
      ', config_normalization_rules: { transformations: [{ type: ConfigAddFields, fields: [{ path: [region], value: eu }] }] }';
    expectValid(manifest('{{ config.region }}', rules));
  });

  it('are in the spec below its top, too', () => {
    const nested = (template: string) =>
      withRetriever(
        `requester: { url: "https://a.b/${template}" }`,
        '',
        `spec:
  connection_specification:
    properties:
      key: { type: string }
      more: { type: object, properties: { a: {} }, additionalProperties: true }
      credentials:
        oneOf:
          - { properties: { token: { type: string } } }
          - { properties: { user: { properties: { name: { type: string } } } } }`,
      );
    expectValid(nested("{{ config['credentials']['token'] }}{{ config.credentials.get('user').name }}"));
    expectValid(nested('{{ config.more.b }}{{ config.key.strip().x }}{{ config.key.x }}'));
    expectErrors(nested("{{ config['credentials']['tokn'] }}"), [
      {
        severity,
        message: '"credentials" of the spec has no "tokn", so no config has it. Did you mean "token"?',
        at: "config['credentials']",
      },
    ]);
    expectErrors(nested("{{ config.get('credentials').user.nam }}"), [
      {
        severity,
        message: '"credentials.user" of the spec has no "nam", so no config has it. Did you mean "name"?',
        at: 'config.get(',
      },
    ]);
  });

  it('are those that choose an authenticator', () => {
    const selecting = (path: string) =>
      withRetriever(
        `requester: { url: https://a.b, authenticator: { type: SelectiveAuthenticator, authenticator_selection_path: ${path}, authenticators: { no: { type: NoAuth } } } }`,
        '',
        'spec: { connection_specification: { type: object, properties: { login: { oneOf: [{ properties: { kind: { const: no } } }] } } } }',
      );
    expectValid(selecting('[login, kind]'));
    expectValid(selecting('["*", kind]'));
    expectErrors(selecting('[logn, kind]'), [
      {
        severity,
        message: 'The spec has no "logn", so no config has it. Did you mean "login"?',
        at: '[logn, kind]',
      },
    ]);
    expectErrors(selecting('[login, knd]'), [
      {
        severity,
        message: '"login" of the spec has no "knd", so no config has it. Did you mean "kind"?',
        at: '[login, knd]',
      },
    ]);
  });

  it('are anything where there is no spec', () => {
    expectValid(withRetriever('requester: { url: "https://a.b/{{ config.x }}" }'));
  });
});
