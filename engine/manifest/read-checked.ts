import type { ManifestNode } from './node.ts';
import { type DefaultTypeOf, propagateParameters } from './parameters.ts';
import { resolveWhenNeeded } from './references.ts';
import type { CheckedTree } from './snapshot.ts';
import { withSourceType } from './with-source-type.ts';

/** The tree that `readManifest` makes, of a manifest that was checked before: each part when somebody looks at it. */
export function readChecked({ root }: CheckedTree, defaultTypeOf: DefaultTypeOf): ManifestNode {
  return propagateParameters(resolveWhenNeeded(withSourceType(root)), { defaultTypeOf }).node;
}
