import { components } from '../components/index.ts';
import type { Source } from '../error/place.ts';
import { createRegistry } from '../language/registry.ts';
import { type BundledHooks, hooksOf } from './bundled-hooks.ts';
import { type LoadOptions, loadManifest, type Manifest } from './load-manifest.ts';

/**
 * Reads a manifest together with the bundled hooks that it asks for: those of `intercom` when a `class_name` begins with
 * `intercom.`, so that a copy of a bundled manifest runs wherever it lies. Given hooks of the same name come first.
 */
export async function loadWithHooks(
  source: Source,
  { hooks = [], ...options }: LoadOptions,
  bundledHooks: BundledHooks,
): Promise<Manifest> {
  const manifest = loadManifest(source, { ...options, hooks });
  const bundled = await hooksOf(manifest.classNames, bundledHooks);
  if (bundled.length === 0) return manifest;
  return { ...manifest, registry: createRegistry(components, [...bundled, ...hooks]) };
}
