import { cp, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What `npm run build` has made, in a folder of its own, as a package is installed. Resolves to that folder. */
export async function copyPackage(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'manifold-installed-'));
  await cp('dist', join(folder, 'dist'), { recursive: true });
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  for (const name of ['manifests', 'schemas']) await symlink(join(process.cwd(), name), join(folder, name));
  return folder;
}
