import { readdir } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileReader } from '../connector/file-reader.ts';
import { ConnectorError } from '../error/connector-error.ts';
import type { Environment } from './environment.ts';
import { readInputText } from './read-input.ts';
import { manifestOfFolder } from './test/connector-folder.ts';
import { earlierFiles } from './test/earlier-files.ts';
import { isManifestText, readText } from './test/manifest-text.ts';

/** A manifest with the files beside it: of the working tree, or of a commit. */
export interface GivenManifest {
  /** For messages. */
  readonly name: string;
  readonly text: string;
  readonly readFile: (path: string) => Promise<string | undefined>;
}

/** `git:REF`, or `git:REF:PATH`. */
interface GitReference {
  readonly ref: string;
  readonly path: string | undefined;
}

function gitReference(given: string): GitReference | undefined {
  const [, ref, path] = /^git:([^:]*)(?::(.+))?$/.exec(given) ?? [];
  return ref === undefined ? undefined : { ref, path };
}

/**
 * The manifest that two arguments are about: the file that one of them names, by itself or behind a git reference, else the
 * only one in the folder. Throws ConnectorError where nobody can tell.
 */
export async function manifestPathOf(given: readonly string[], folder = '.'): Promise<string> {
  for (const each of given) if (gitReference(each) === undefined) return each;
  for (const each of given) {
    const path = gitReference(each)?.path;
    if (path !== undefined) return path;
  }
  const found = manifestOfFolder(folder);
  if (found !== undefined) return found;
  const manifests: string[] = [];
  for (const name of (await readdir(folder)).sort()) {
    if (!/\.(?:ya?ml|json)$/.test(name) || /\.test\.ya?ml$/.test(name)) continue;
    const text = await readText(join(folder, name)).catch(() => '');
    if (isManifestText(text)) manifests.push(name);
  }
  const [one, ...more] = manifests;
  if (one !== undefined && more.length === 0) return join(folder, one);
  const why =
    one === undefined ? 'there is no manifest in this folder' : `this folder has ${manifests.join(', ')}`;
  throw new ConnectorError(`Which manifest is meant? Write git:REF:PATH, as ${why}.`, {
    kind: 'config_error',
  });
}

/** What one argument stands for: a file, or what a file was at a commit. */
export async function readGiven(
  given: string,
  path: string,
  { bundledSchema }: Environment,
): Promise<GivenManifest> {
  const git = gitReference(given);
  if (git === undefined)
    return {
      name: given,
      text: await readInputText(given, 'manifest'),
      readFile: fileReader([dirname(given)], bundledSchema),
    };
  const file = git.path ?? path;
  const inFolder = dirname(resolve(file));
  const { read } = await earlierFiles(`git:${git.ref}`, await existing(inFolder));
  const text = await read(resolve(file));
  if (text === undefined)
    throw new ConnectorError(`There was no ${file} at ${git.ref}.`, { kind: 'config_error' });
  return {
    name: `${git.ref}:${file}`,
    text,
    async readFile(name) {
      const inside = resolve(inFolder, name);
      if (relative(inFolder, inside).startsWith('..')) return undefined;
      return (await read(inside)) ?? bundledSchema?.(name);
    },
  };
}

/** The folder, or the nearest one around it that is there now. */
async function existing(folder: string): Promise<string> {
  const isThere = await readdir(folder).then(
    () => true,
    () => false,
  );
  return isThere || dirname(folder) === folder ? folder : existing(dirname(folder));
}
