import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { tryTo } from './flow/try-to.ts';

/** Loads a package that is not installed with this one, from beside it or from the folder of the process; undefined where it is not there. */
export async function findPackage<T>(name: string): Promise<T | undefined> {
  try {
    return await import(name);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  const path = tryTo(() => createRequire(join(process.cwd(), 'index.js')).resolve(name));
  return path === undefined ? undefined : import(pathToFileURL(path).href);
}

function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
}
