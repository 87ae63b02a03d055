import { fieldOf, type ManifestNode } from './node.ts';

/** Names of the streams that a manifest writes out, also within conditions; a name that is there twice is given twice. */
export function streamNames(root: ManifestNode): readonly string[] {
  const names: string[] = [];
  const look = (node: ManifestNode | undefined): void => {
    for (const item of node?.kind === 'sequence' ? node.items : []) {
      const name = fieldOf(item, 'name');
      if (name?.kind === 'scalar' && typeof name.value === 'string') names.push(name.value);
      look(fieldOf(item, 'streams'));
    }
  };
  look(fieldOf(root, 'streams'));
  return names;
}

/** The definition of a stream; undefined for those that are made when they are read. */
export function streamNode(root: ManifestNode, name: string): ManifestNode | undefined {
  const streams = fieldOf(root, 'streams');
  const items = streams?.kind === 'sequence' ? streams.items : [];
  const candidates = items.flatMap((item) => {
    const inner = fieldOf(item, 'streams');
    return inner?.kind === 'sequence' ? inner.items : [item];
  });
  return candidates.find((item) => {
    const own = fieldOf(item, 'name');
    return own?.kind === 'scalar' && String(own.value) === name;
  });
}
