import { overriddenConfig } from '../../../engine/connector/overridden-config.ts';
import { type MappingNode, nodeFromValue } from '../../../engine/manifest/node.ts';
import type { JsonObject } from '../../../engine/util/json/json.ts';

const manifest = (value: unknown) => nodeFromValue(value, { name: 'x.yaml', text: '' }) as MappingNode;
const oauth = (more: object) =>
  manifest({ streams: [{ authenticator: { type: 'OAuthAuthenticator', ...more } }] });

describe('values that hold for a check only', () => {
  it('replace those of the config, which stays as it is', () => {
    let config: JsonObject = { kind: 'all', left: 1 };
    const overridden = overriddenConfig(() => config, { kind: 'few', more: true }, manifest({}));
    expect([overridden(), config]).toEqual([
      { kind: 'few', left: 1, more: true },
      { kind: 'all', left: 1 },
    ]);
    config = { ...config, token: 'renewed' };
    expect(overridden()).toEqual({ kind: 'few', left: 1, more: true, token: 'renewed' });
  });

  it.each([
    [{ __airbyte_check_stream_names: ['a'] }, manifest({}), 'belong to the platform'],
    [{ kind: 'few' }, oauth({ refresh_token_updater: {} }), 'cannot have "config_overrides"'],
  ])('are refused: %j', (overrides, tree, message) => {
    expect(() => overriddenConfig(() => ({}), overrides, tree)).toThrow(message);
  });

  it.each([oauth({ refresh_token_updater: null }), manifest({ examples: { refresh_token_updater: {} } })])(
    'are fine where no token is written back',
    (tree) => {
      expect(overriddenConfig(() => ({}), { kind: 'few' }, tree)()).toEqual({ kind: 'few' });
    },
  );
});
