import type { ManifestNode, ScalarNode } from './node.ts';

/** A node on a walk. The key is that of the mapping that it is a value of; an item of a list has none. */
export interface Walked {
  readonly node: ManifestNode;
  readonly name: string | undefined;
  readonly key: ScalarNode | undefined;
}

/**
 * A node and all below it, in the manifest's order, parents before children. What `skips` is true for is left out with
 * all below it; it is asked when the walk comes there, so it may know of everything before.
 */
export function* walk(
  root: ManifestNode | undefined,
  skips: (walked: Walked) => boolean = () => false,
): Generator<Walked> {
  if (root === undefined) return;
  // The next one is the last of these: a tree may be deeper than the stack.
  const ahead: Walked[] = [{ node: root, name: undefined, key: undefined }];
  for (let walked = ahead.pop(); walked !== undefined; walked = ahead.pop()) {
    if (skips(walked)) continue;
    yield walked;
    for (const child of childrenOf(walked.node).reverse()) ahead.push(child);
  }
}

/** The texts at a node and below it. */
export function* textsBelow(
  root: ManifestNode | undefined,
  skips?: (walked: Walked) => boolean,
): Generator<ScalarNode & { readonly value: string }> {
  for (const { node } of walk(root, skips)) if (isText(node)) yield node;
}

/** The field of that name that is nearest to a node: those of the same depth are looked at before deeper ones. */
export function nearestField(
  root: ManifestNode,
  name: string,
  skips: (walked: Walked) => boolean = () => false,
): ManifestNode | undefined {
  let level: readonly ManifestNode[] = [root];
  while (level.length > 0) {
    for (const node of level) {
      const found = node.kind === 'mapping' ? node.entries.get(name) : undefined;
      if (found !== undefined) return found.value;
    }
    level = level.flatMap((node) =>
      childrenOf(node)
        .filter((walked) => !skips(walked))
        .map((walked) => walked.node),
    );
  }
  return undefined;
}

function childrenOf(node: ManifestNode): Walked[] {
  if (node.kind === 'scalar') return [];
  if (node.kind === 'sequence')
    return node.items.map((item) => ({ node: item, name: undefined, key: undefined }));
  return [...node.entries].map(([name, { key, value }]) => ({ node: value, name, key }));
}

function isText(node: ManifestNode): node is ScalarNode & { readonly value: string } {
  return node.kind === 'scalar' && typeof node.value === 'string';
}
