import { components } from '../components/index.ts';
import { ConnectorError } from '../error/connector-error.ts';
import { createRegistry } from '../language/registry.ts';
import { readChecked } from '../manifest/read-checked.ts';
import type { CheckedTree } from '../manifest/snapshot.ts';
import { type BundledHooks, hooksOf } from './bundled-hooks.ts';
import type { Manifest } from './load-manifest.ts';

/** A manifest that was checked before, together with the bundled hooks that it was checked with. */
export async function loadChecked(tree: CheckedTree, bundledHooks: BundledHooks): Promise<Manifest> {
  const { classNames } = tree;
  const registry = createRegistry(components, await hooksOf(classNames, bundledHooks), {
    hasReadTemplates: true,
  });
  const root = readChecked(tree, registry.defaultTypeOf);
  if (root.kind !== 'mapping')
    throw new ConnectorError('The manifest is empty.', { kind: 'config_error', nodes: [root.place] });
  return { root, registry, classNames, diagnostics: [], isChecked: true };
}
