import { access, readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';

/** Reads files that a manifest refers to, such as JSON schemas, from the first of some folders that has them. */
export function fileReader(folders: readonly string[]): (path: string) => Promise<string | undefined> {
  return async (path) => {
    const candidates = isAbsolute(path) ? [path] : folders.map((folder) => join(folder, path));
    for (const candidate of candidates) {
      const exists = await access(candidate).then(
        () => true,
        () => false,
      );
      if (exists) return readFile(candidate, 'utf8');
    }
    return undefined;
  };
}
