import { dirname } from 'node:path';
import type { Diagnostic } from '../error/diagnostic.ts';
import type { Source } from '../error/place.ts';
import type { Hook } from '../language/hook.ts';
import { type HasFile, type Memory, validateManifest } from '../validate/validate-manifest.ts';
import type { BundledHooks } from './bundled-hooks.ts';
import { hasFileIn } from './file-reader.ts';
import type { Manifest } from './load-manifest.ts';
import { loadWithHooks } from './load-with-hooks.ts';

export interface FindingsOptions {
  /** Where the manifest lies, for the files beside it; absent for one that lies nowhere. */
  readonly path?: string | undefined;
  readonly hooks: readonly Hook[];
  readonly bundledHooks: BundledHooks;
  readonly hasBundledSchema?: ((path: string) => boolean) | undefined;
  /** Of the same manifest before it was changed. */
  readonly memory?: ((manifest: Manifest, hasFile: HasFile | undefined) => Memory | undefined) | undefined;
}

/** Everything that is wrong in the text of a manifest, in the order of the text. Throws ConnectorError when it is none. */
export async function manifestFindings(
  source: Source,
  options: FindingsOptions,
): Promise<readonly Diagnostic[]> {
  const { hooks, bundledHooks } = options;
  return findingsIn(await loadWithHooks(source, { hooks }, bundledHooks), options);
}

/** The same for a manifest that has been read. */
export function findingsIn(
  manifest: Manifest,
  { path, hasBundledSchema, memory }: Pick<FindingsOptions, 'path' | 'hasBundledSchema' | 'memory'>,
): readonly Diagnostic[] {
  const hasFile = (name: string) =>
    (path !== undefined && hasFileIn(dirname(path), name)) || hasBundledSchema?.(name) === true;
  const has = path === undefined ? undefined : hasFile;
  const found = validateManifest(manifest, { memory: memory?.(manifest, has), hasFile: has });
  return distinct(found).toSorted((a, b) => startOf(a) - startOf(b));
}

function startOf({ places: [place] }: Diagnostic): number {
  return place?.start ?? 0;
}

/** What is in a shared definition is found once for each of its users. */
function distinct(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Map<string, Diagnostic>();
  for (const diagnostic of diagnostics) {
    const place = diagnostic.places[0];
    const key = `${place?.source.name}:${place?.start}:${place?.pointer}:${diagnostic.message}`;
    if (!seen.has(key)) seen.set(key, diagnostic);
  }
  return [...seen.values()];
}
