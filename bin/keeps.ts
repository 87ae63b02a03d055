import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Environment } from '../engine/commands/environment.ts';
import { cacheFolder } from '../engine/commands/test/kept/cache-folder.ts';
import { nodeCrypto } from '../engine/util/bytes/node-crypto.ts';
import { tryTo } from '../engine/util/flow/try-to.ts';

/** What of the build a test may run: the program, what it shares with others, the hooks of bundled connectors. */
const builtFolders = ['bin', 'chunks', 'engine', 'manifests'];

/** Where results are kept, and which program made them; undefined where there is no such place. */
export function keepsOf({ env, program = '' }: Environment): Environment['keeps'] {
  const folder = cacheFolder({ platform: process.platform, env, home: tryTo(homedir) ?? '' });
  // dist/bin/manifold.js
  const built = dirname(dirname(program));
  return folder === undefined
    ? undefined
    : { folder: join(folder, 'test'), program: () => tryTo(() => digestOf(built)) };
}

/** Of every byte: a version says nothing of a build by hand, nor of a package that somebody has patched. */
function digestOf(built: string): string {
  const hash = nodeCrypto().createHash('sha256');
  for (const name of builtFolders)
    for (const entry of readdirSync(join(built, name), { withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const bytes = readFileSync(join(built, name, entry.name));
      hash.update(`${name}/${entry.name} ${bytes.length}\n`).update(bytes);
    }
  return hash.digest('base64url');
}
