import { helpToTest } from '../engine/commands/test/test-worker.ts';
import { packageFiles } from '../engine/connector/package-files.ts';
import { packageRoot } from '../engine/package-root.ts';
import { namedHooks } from './named-hooks.ts';

const files = packageFiles(packageRoot());

await helpToTest({
  bundledHooks: files.hooks,
  bundledSnapshot: files.snapshot,
  bundledSchema: files.schema,
  hasBundledSchema: files.hasSchema,
  loadHooks: (paths) => namedHooks(paths, files.root),
});
