import { packageFiles } from '../engine/connector/package-files.ts';
import { packageRoot } from '../engine/package-root.ts';
import type { OperationsOptions } from '../engine/server/operations.ts';
import { work } from '../engine/server/worker.ts';
import { namedHooks } from './named-hooks.ts';

/** The arguments are paths of hooks. */
async function options(): Promise<OperationsOptions> {
  const files = packageFiles(packageRoot());
  const paths = process.argv.slice(2);
  const given = { surroundings: { readFile: files.schema }, bundledHooks: files.hooks };
  if (paths.length === 0) return given;
  return { ...given, hooks: await namedHooks(paths, files.root) };
}

work(
  {
    send: (message) => process.send?.(message),
    onMessage: (receive) => process.on('message', receive),
  },
  options(),
);
// Its server has gone.
process.on('disconnect', () => process.exit());
