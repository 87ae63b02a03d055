import { type ManifestNode, type MappingNode, pointerStep } from '../node.ts';

/** The mapping with a field under another name and value. An existing field of the new name is replaced. */
export function renameField(node: MappingNode, from: string, to: string, value: ManifestNode): MappingNode {
  const entries = new Map(node.entries);
  const old = entries.get(from);
  const place = old?.key.place ?? { ...node.place, pointer: pointerStep(node.place.pointer, to) };
  entries.delete(from);
  entries.set(to, { key: { kind: 'scalar', value: to, place }, value });
  return { ...node, entries };
}
