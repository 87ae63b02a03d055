import { specOauthFirst } from '../../../../engine/conformance/checks/spec-oauth-first.ts';
import { harness } from '../harness.ts';

const { expectPass, expectViolations } = harness(specOauthFirst);

describe('spec-oauth-first', () => {
  it('passes when OAuth comes first', async () => {
    await expectPass(`version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [] }
spec:
  type: Spec
  advanced_auth:
    auth_flow_type: oauth2.0
    predicate_key: [login, kind]
    predicate_value: oauth
    oauth_config_specification:
      complete_oauth_output_specification:
        type: object
        properties: { refresh_token: { type: string, path_in_connector_config: [login, refresh_token] } }
  connection_specification:
    type: object
    properties:
      login:
        type: object
        oneOf:
          - { type: object, properties: { kind: { type: string, const: oauth }, refresh_token: { type: string } } }
          - { type: object, properties: { kind: { type: string, const: token }, token: { type: string } } }
streams: []
`);
  });

  it('finds it behind another', async () => {
    await expectViolations(
      `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [] }
spec:
  type: Spec
  advanced_auth:
    auth_flow_type: oauth2.0
    predicate_key: [login, kind]
    predicate_value: oauth
    oauth_config_specification:
      complete_oauth_output_specification:
        type: object
        properties: { refresh_token: { type: string, path_in_connector_config: [login, refresh_token] } }
  connection_specification:
    type: object
    properties:
      login:
        type: object
        oneOf:
          - { type: object, properties: { kind: { type: string, const: token }, token: { type: string } } }
          - { type: object, properties: { kind: { type: string, const: oauth }, refresh_token: { type: string } } }
streams: []
`,
      [
        {
          message: /put its variant first/,
          at: '{ type: object, properties: { kind: { type: string, const: oauth }',
        },
      ],
    );
  });
});
