import type { MappingNode } from './node.ts';

/** A manifest need not say what it is. */
export function withSourceType(root: MappingNode): MappingNode {
  if (root.entries.has('type')) return root;
  const place = { ...root.place, pointer: '/type' };
  const type = {
    key: { kind: 'scalar', value: 'type', place },
    value: { kind: 'scalar', value: 'DeclarativeSource', place },
  } as const;
  return { ...root, entries: new Map([...root.entries, ['type', type]]) };
}
