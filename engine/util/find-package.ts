import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { tryTo } from './flow/try-to.ts';

/**
 * Loads a package that is not installed with this one, from beside it or from the folder of the process; undefined where it is
 * not there.
 */
export async function findPackage<T>(name: string): Promise<T | undefined> {
  for (const from of [import.meta.url, join(process.cwd(), 'index.js')]) {
    const require = createRequire(from);
    const path = tryTo(() => require.resolve(name));
    if (path !== undefined) return load(require, path);
  }
  // One that can only be imported.
  try {
    return await import(name);
  } catch (error) {
    if (codeOf(error) === 'ERR_MODULE_NOT_FOUND' || codeOf(error) === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/** A CommonJS package of many files takes twice as long, or more, when it is imported. */
async function load<T>(require: NodeJS.Require, path: string): Promise<T> {
  try {
    return require(path);
  } catch (error) {
    if (codeOf(error) !== 'ERR_REQUIRE_ESM') throw error;
    return import(pathToFileURL(path).href);
  }
}

function codeOf(error: unknown): unknown {
  return (error as NodeJS.ErrnoException).code;
}
