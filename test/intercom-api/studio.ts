/** `npm run studio [FILE]`: the Intercom manifest, or a copy of it, in the studio, against the simulated Intercom. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defaultAccessToken } from './intercom.ts';
import { startIntercomApi } from './server.ts';

// dist/test/intercom-api/studio.js
const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const api = await startIntercomApi({ log: false });
const folder = await mkdtemp(join(tmpdir(), 'manifold-studio-'));
try {
  const config = join(folder, 'simulated.json');
  await writeFile(
    config,
    JSON.stringify({
      access_token: defaultAccessToken,
      start_date: new Date(Date.now() - 240 * 86_400_000).toISOString().replace(/\.\d+Z$/, 'Z'),
      base_url: api.url,
    }),
  );
  const given = process.argv.slice(2);
  const isNamed = given[0]?.startsWith('-') === false;
  const manifest = isNamed ? [] : [join(root, 'manifests/intercom.yaml')];
  const argv = ['studio', ...manifest, ...given, '--config', config];
  const child = spawn(process.execPath, [join(root, 'dist/bin/manifold.js'), ...argv], { stdio: 'inherit' });
  // Each time: this process serves the simulator until the studio has come to its end.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  process.exitCode = await new Promise<number>((resolve) =>
    child.once('exit', (code) => resolve(code ?? 130)),
  );
} finally {
  await api.close();
  await rm(folder, { recursive: true, force: true });
}
