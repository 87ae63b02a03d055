import { withOverrides } from '../../../engine/connector/check-overrides.ts';
import { type MappingNode, nodeFromValue } from '../../../engine/manifest/node.ts';

const manifest = (value: unknown) => nodeFromValue(value, { name: 'x.yaml', text: '' }) as MappingNode;
const oauth = (more: object) =>
  manifest({ streams: [{ authenticator: { type: 'OAuthAuthenticator', ...more } }] });

describe('values that hold for a check only', () => {
  it('are in the config while it runs', async () => {
    const config = { kind: 'all', left: 1 };
    const seen = await withOverrides(config, { kind: 'few', more: true }, manifest({}), async () => ({
      ...config,
    }));
    expect([seen, config]).toEqual([
      { kind: 'few', left: 1, more: true },
      { kind: 'all', left: 1 },
    ]);
  });

  it('are taken back when it fails', async () => {
    const config = { kind: 'all' };
    const failing = withOverrides(config, { kind: 'few' }, manifest({}), () =>
      Promise.reject(new Error('no')),
    );
    await expect(failing).rejects.toThrow('no');
    expect(config).toEqual({ kind: 'all' });
  });

  it.each([
    [{ __airbyte_check_stream_names: ['a'] }, manifest({}), 'belong to the platform'],
    [{ kind: 'few' }, oauth({ refresh_token_updater: {} }), 'cannot have "config_overrides"'],
  ])('are refused: %j', async (overrides, tree, message) => {
    const run = jest.fn(async () => 1);
    await expect(withOverrides({}, overrides, tree, run)).rejects.toThrow(message);
    expect(run).not.toHaveBeenCalled();
  });

  it.each([oauth({ refresh_token_updater: null }), manifest({ examples: { refresh_token_updater: {} } })])(
    'are fine where no token is written back',
    async (tree) => {
      expect(await withOverrides({}, { kind: 'few' }, tree, async () => 1)).toBe(1);
    },
  );
});
