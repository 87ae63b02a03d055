import type { Place } from '../../error/place.ts';
import { fieldOf, type ManifestNode } from '../../manifest/node.ts';
import type { NamedFile } from './acceptance.ts';

/** The fields of a test that name a file of the folder. */
const fields: readonly (readonly string[])[] = [
  ['spec_path'],
  ['config_path'],
  ['configured_catalog_path'],
  ['expect_records', 'path'],
  ['future_state', 'future_state_path'],
  ['future_state_path'],
];

/** The files that tests name, each once, in the order in which they do. */
export async function namedFiles(
  tests: readonly ManifestNode[],
  isThere: (path: string) => Promise<boolean>,
): Promise<readonly NamedFile[]> {
  const found = new Map<string, Place[]>();
  for (const test of tests)
    for (const field of fields) {
      const node = field.reduce<ManifestNode | undefined>((at, name) => at && fieldOf(at, name), test);
      if (node?.kind !== 'scalar' || typeof node.value !== 'string') continue;
      found.set(node.value, [...(found.get(node.value) ?? []), node.place]);
    }
  return Promise.all(
    [...found].map(async ([path, places]) => ({ path, places, isThere: await isThere(path) })),
  );
}

/** Whether it is in the folder in which Airbyte keeps what is no part of a repository. */
export function isPrivate(path: string): boolean {
  return path.split('/').includes('secrets');
}
