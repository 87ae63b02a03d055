import { specOptional } from '../../../../engine/conformance/checks/spec-optional.ts';
import { ConnectorError } from '../../../../engine/error/connector-error.ts';
import { defineHook } from '../../../../engine/language/hook.ts';
import { harness, itemsWith, manifestWith, oneKey, streamWith } from '../harness.ts';

const { run, expectPass, expectViolations } = harness(specOptional);

describe('spec-optional', () => {
  it('passes when the required fields are enough', async () => {
    await expectPass(
      manifestWith({
        spec: oneKey,
      }).replace('https://api.test/items', '"https://api.test/items/{{ config.api_key }}"'),
    );
  });

  it('finds a request that needs more', async () => {
    await expectViolations(
      manifestWith({ spec: `{ type: object, properties: { team: { type: string } } }` }).replace(
        'https://api.test/items',
        "'https://api.test/teams/{{ config.team }}/items'",
      ),
      [
        {
          message: /stream "items" asks for a URL with an empty segment: GET https:..api.test.teams..items/,
          stream: 'items',
        },
      ],
    );
  });

  describe('of an object that is one of several', () => {
    const regions = ['eu', 'us'].map(
      (name) => `{ type: object, properties: { host: { type: string, const: ${name}.test } } }`,
    );
    const asks = (preset: string) =>
      manifestWith({
        spec: `{ type: object, properties: { region: { type: object, oneOf: [${regions}], default: ${preset} } } }`,
      }).replace('https://api.test/items', `"https://{{ config['region']['host'] }}/items"`);

    it('takes the default', async () => {
      await expectPass(asks('{ host: us.test }'));
    });

    it('finds that there is none where its own schema refuses it', async () => {
      await expectViolations(asks('{ type: object, properties: { host: { const: us.test } } }'), [
        {
          message:
            /^With the required fields of the config and its defaults alone, stream "items" cannot ask anything: /,
          severity: 'warning',
        },
      ]);
    });
  });

  it('tells what no config has once, where it is read', async () => {
    const token = "config['token']";
    const both = itemsWith({ spec: 'token: { type: string, airbyte_secret: true }' }).replace(
      token,
      "config['tken']",
    );
    const second = streamWith('others', '').replace(
      '" }',
      '", authenticator: { type: BearerAuthenticator, api_token: "#/streams/0/retriever/requester/authenticator/api_token" } }',
    );
    await expectViolations(both.replace('\nspec:', `${second}\nspec:`), [
      {
        message:
          'The spec has no "tken", so no config has it. Did you mean "token"? So stream "items" asks for an empty credential, the header "Authorization: Bearer ".',
        at: "config['tken']",
        severity: 'error',
      },
    ]);
  });

  it('finds a duration that lacks its number', async () => {
    const cursor = `type: DatetimeBasedCursor
cursor_field: updated_at
datetime_format: "%Y-%m-%d"
start_datetime: "2026-01-01"
cursor_granularity: P1D
step: "P{{ config.days }}D"`;
    const asks = (days: string) => itemsWith({ incremental: cursor, spec: `days: { type: integer${days} }` });
    expect((await run(asks(', default: 5'))).violations).toEqual([]);
    const { violations } = await run(asks(''));
    expect(violations.map(({ message }) => message)).toContain(
      '"days" is not required and has no default, and "step" is made of it: without it, "P{{ config.days }}D" is no duration.',
    );
  });

  it('finds ways to authenticate of which the required fields choose none', async () => {
    const selective = itemsWith({
      spec: `credentials:
  type: object
  oneOf:
    - type: object
      required: [kind, key]
      properties: { kind: { type: string, const: key }, key: { type: string, airbyte_secret: true } }`,
    })
      .replace(
        /authenticator: \{.*\}/,
        `authenticator: { type: SelectiveAuthenticator, authenticator_selection_path: [credentials, kind], authenticators: { key: { type: BearerAuthenticator, api_token: "{{ config['credentials']['key'] }}" } } }`,
      )
      .replace('required: [token]', 'required: []');
    await expectViolations(selective, [
      {
        message:
          'With the required fields of the config and its defaults alone, stream "items" cannot ask anything: The config has no "credentials.kind", which selects the way to authenticate.',
        severity: 'warning',
      },
    ]);
  });

  it('leaves what fails with every config to others', async () => {
    const { violations, notRun } = await run(itemsWith({ path: '/{{ 1 / 0 }}' }));
    expect(violations).toEqual([]);
    expect(notRun.map(({ stream }) => stream)).toEqual(['items']);
  });

  it('leaves what the spec itself asks of a config to its message', async () => {
    const rules = `config_normalization_rules:
    validations:
      - type: DpathValidator
        field_path: [team]
        validation_strategy: { type: ValidateAdheresToSchema, base_schema: { type: integer, minimum: 3 } }`;
    const { violations, notRun } = await run(
      itemsWith({ spec: 'token: { type: string }\nteam: { type: integer, default: 1 }' }).replace(
        'type: Spec\n',
        `type: Spec\n  ${rules}\n`,
      ),
      { config: { token: 't', team: 5 } },
    );
    expect(violations).toEqual([]);
    expect(notRun.map(({ reason }) => reason)).toEqual([
      'A value of the config is wrong: it must be at least 3.',
    ]);
  });

  it('leaves what a hook says of a config to its message', async () => {
    const hook = defineHook('Authenticator', {
      name: 'OneOrTheOther',
      fields: () => ({}),
      make: (_fields, scope) => {
        if (scope.config().key === undefined)
          throw new ConnectorError('Give a key or a login.', { kind: 'config_error' });
        return { authenticate: async () => {} };
      },
    });
    const asks = itemsWith({ spec: 'key: { type: string, airbyte_secret: true }' })
      .replace(
        /authenticator: \{.*\}/,
        'authenticator: { type: CustomAuthenticator, class_name: OneOrTheOther }',
      )
      .replace('required: [token]', 'required: []');
    const { violations, notRun } = await run(asks, { hooks: [hook] });
    expect(violations).toEqual([]);
    expect(notRun.map(({ reason }) => reason)).toEqual(['Give a key or a login.']);
  });
});
