import { helpToTest } from '../engine/commands/test/test-worker.ts';
import { packageFiles } from '../engine/connector/package-files.ts';
import { packageRoot } from '../engine/package-root.ts';
import { hookLibraries } from './hook-libraries.ts';

const files = packageFiles(packageRoot());

await helpToTest({
  bundledHooks: files.hooks,
  bundledSnapshot: files.snapshot,
  bundledSchema: files.schema,
  hasBundledSchema: files.hasSchema,
  async loadHooks(paths) {
    if (paths.length === 0) return [];
    const { loadHooks } = await import('./load-hooks.ts');
    return loadHooks(paths, hookLibraries(files.root));
  },
});
