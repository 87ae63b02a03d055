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

  it('may be made by the manifest itself', () => {
    const rules =
      ', config_normalization_rules: { transformations: [{ type: ConfigAddFields, fields: [{ path: [region], value: eu }] }] }';
    expectValid(manifest('{{ config.region }}', rules));
  });

  it('are anything where there is no spec', () => {
    expectValid(withRetriever('requester: { url: "https://a.b/{{ config.x }}" }'));
  });
});
