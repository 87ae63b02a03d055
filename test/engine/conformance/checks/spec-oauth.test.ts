import { specOauth } from '../../../../engine/conformance/checks/spec-oauth.ts';
import { harness } from '../harness.ts';

const { expectPass, expectViolations } = harness(specOauth);

describe('spec-oauth', () => {
  it('passes when every path leads to a property', async () => {
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
streams: []
`);
  });

  it('finds a path that leads nowhere', async () => {
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
        properties: { refresh_token: { type: string, path_in_connector_config: [login, token] } }
  connection_specification:
    type: object
    properties:
      login:
        type: object
        oneOf:
          - { type: object, properties: { kind: { type: string, const: oauth }, refresh_token: { type: string } } }
streams: []
`,
      [{ message: /The spec has no "login.token"/, at: '[login, token]' }],
    );
  });
});
