import { withOverrides } from '../../../engine/connector/check-overrides.ts';

describe('values that hold for a check only', () => {
  it('are in the config while it runs', async () => {
    const config = { kind: 'all', left: 1 };
    const seen = await withOverrides(config, { kind: 'few', more: true }, async () => ({ ...config }));
    expect([seen, config]).toEqual([
      { kind: 'few', left: 1, more: true },
      { kind: 'all', left: 1 },
    ]);
  });

  it('are taken back when it fails', async () => {
    const config = { kind: 'all' };
    const failing = withOverrides(config, { kind: 'few' }, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(config).toEqual({ kind: 'all' });
  });
});
