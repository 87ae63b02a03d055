import type { Environment } from '../../../engine/commands/environment.ts';
import { serve } from '../../../engine/commands/serve.ts';

function environment(signal: AbortSignal, said: string[]): Environment {
  return {
    env: { AB_JWT_SIGNATURE_SECRET: 'a secret of the environment' },
    write: async () => {},
    writeError: (text) => void said.push(text),
    bundledManifest: '',
    bundledHooks: async () => [],
    loadHooks: async () => [],
    signal,
  };
}

test('says where it serves, asks for tokens of the environment, and ends when told to', async () => {
  const stop = new AbortController();
  const said: string[] = [];
  const serving = serve({ port: '0' }, environment(stop.signal, said));
  while (said.length === 0) await new Promise((resolve) => setImmediate(resolve));
  const url = /http:\S+/.exec(said[0] ?? '')?.[0];
  expect((await fetch(`${url}/health`)).status).toBe(200);
  expect((await fetch(`${url}/v1/manifest/resolve`, { method: 'POST', body: '{}' })).status).toBe(401);
  stop.abort();
  expect(await serving).toBe(0);
  await expect(fetch(`${url}/health`)).rejects.toThrow();
});

test.each(['http', '-1', '70000', '80.5'])('%p is no port', async (port) => {
  const asked = serve({ port }, environment(AbortSignal.abort(), []));
  await expect(asked).rejects.toMatchObject({ kind: 'config_error', message: expect.stringContaining(port) });
});
