import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hasFileIn } from '../connector/file-reader.ts';

/** Bytes: a schema that somebody waits for while typing is smaller. */
const largest = 2 * 1024 * 1024;

/** The text of a file beside a manifest, or beside its folder as in a package; undefined when there is none. */
export function readSchemaFile(manifest: string, name: string): string | undefined {
  const folder = dirname(manifest);
  for (const each of [folder, dirname(folder)]) {
    const path = join(each, name);
    if (hasFileIn(each, name) && statSync(path).size <= largest) return readFileSync(path, 'utf8');
  }
  return undefined;
}
