import { existsSync, realpathSync, statSync } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { ConnectorError } from '../error/connector-error.ts';
import { tryTo } from '../util/flow/try-to.ts';

type ReadFile = (path: string) => Promise<string | undefined>;

/** Schemas are texts that people write. Bytes. */
const largest = 50 * 1024 * 1024;

/**
 * Reads files that a manifest refers to, such as JSON schemas: from its own folder, else from what the package ships. A
 * manifest comes from anywhere, so no path and no link leads out of that folder. Undefined when there is no such file.
 */
export function fileReader(folders: readonly string[], shipped?: ReadFile): ReadFile {
  return async (path) => {
    for (const folder of folders) {
      const text = await readInside(folder, path);
      if (text !== undefined) return text;
    }
    return shipped?.(path);
  };
}

async function readInside(folder: string, path: string): Promise<string | undefined> {
  if (path.includes('\0')) return undefined;
  const root = resolve(folder);
  const named = resolve(root, path);
  // Most schemas of a bundled manifest are looked for here in vain, and a failing call is a slow one.
  if (!isInside(root, named) || !existsSync(named)) return undefined;
  const [realRoot, real] = await Promise.all(
    [root, named].map((one) => realpath(one).catch(() => undefined)),
  );
  if (realRoot === undefined || real === undefined) return undefined;
  if (!isInside(realRoot, real)) {
    throw new ConnectorError(
      `The file "${path}" is a link out of ${folder}; a manifest reads files beside it only.`,
      {
        kind: 'config_error',
      },
    );
  }
  const { size, isFile } = await stat(real).then((found) => ({ size: found.size, isFile: found.isFile() }));
  // A pipe or a device may never come to its end.
  if (!isFile) return undefined;
  if (size > largest) {
    throw new ConnectorError(`The file "${path}" has ${size} bytes; at most ${largest} are read.`, {
      kind: 'config_error',
    });
  }
  return readFile(real, 'utf8');
}

/** Whether a folder has such a file for `fileReader`. */
export function hasFileIn(folder: string, path: string): boolean {
  const root = resolve(folder);
  const named = resolve(root, path);
  if (!isInside(root, named)) return false;
  // Throws when there is none, or when the path is none at all.
  const isFound = () => isInside(realpathSync(root), realpathSync(named)) && statSync(named).isFile();
  return tryTo(isFound) === true;
}

function isInside(folder: string, path: string): boolean {
  return path.startsWith(join(folder, sep));
}
