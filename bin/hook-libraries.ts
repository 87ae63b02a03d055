import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What hooks import. */
export interface HookLibraries {
  /** As "manifold-connectors": always the one that runs. */
  readonly engine: URL;
  /** For hooks that are in no package with zod installed. */
  readonly zod: URL;
}

/** Those that the build has put into the package. */
export function hookLibraries(packageRoot: string): HookLibraries {
  return {
    engine: pathToFileURL(join(packageRoot, 'dist/engine/index.js')),
    zod: pathToFileURL(join(packageRoot, 'dist/bin/zod.js')),
  };
}
