import { components } from '../components/index.ts';
import type { Source } from '../error/place.ts';
import type { Hook } from '../language/hook.ts';
import { createRegistry } from '../language/registry.ts';
import { type LoadOptions, loadManifest, type Manifest } from './load-manifest.ts';

/** The hooks that come with this package for the connector of a name, such as `intercom`; none for other names. */
export type BundledHooks = (connector: string) => Promise<readonly Hook[]>;

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
  const connectors = new Set(manifest.classNames.flatMap(connectorOf));
  const bundled = (await Promise.all([...connectors].map(bundledHooks))).flat();
  if (bundled.length === 0) return manifest;
  return { ...manifest, registry: createRegistry(components, [...bundled, ...hooks]) };
}

function connectorOf(className: string): string[] {
  const end = className.indexOf('.');
  return end <= 0 ? [] : [className.slice(0, end)];
}
