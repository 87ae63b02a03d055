/** Ways to log in, each a variant of the property `login` of a spec. */
const ways = {
  oauth:
    '{ type: object, properties: { kind: { type: string, const: oauth }, refresh_token: { type: string } } }',
  token: '{ type: object, properties: { kind: { type: string, const: token }, token: { type: string } } }',
};

/** A manifest without streams whose users log in by OAuth, or in other ways; `path` is where the new token is put. */
export function oauthManifest(
  oneOf: readonly (keyof typeof ways)[],
  path: readonly string[] = ['login', 'refresh_token'],
): string {
  return `version: 6.0.0
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
        properties: { refresh_token: { type: string, path_in_connector_config: [${path.join(', ')}] } }
  connection_specification:
    type: object
    properties:
      login:
        type: object
        oneOf:
${oneOf.map((way) => `          - ${ways[way]}`).join('\n')}
streams: []
`;
}
