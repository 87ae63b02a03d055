import { fieldOf, type ManifestNode } from '../../manifest/node.ts';

/**
 * How often each stream is read when these are: once for itself, and once for every child that it is a parent of, and
 * for the children of that one. By name.
 */
export function streamReaders(streams: Iterable<ManifestNode>): ReadonlyMap<string, number> {
  const readers = new Map<string, number>();
  function visitStream(stream: ManifestNode): void {
    const name = fieldOf(stream, 'name');
    if (name?.kind === 'scalar') readers.set(String(name.value), (readers.get(String(name.value)) ?? 0) + 1);
    const retriever = fieldOf(stream, 'retriever');
    if (retriever !== undefined) visitPart(retriever);
  }
  /** A router may stand deep inside of retrievers and routers that have others in them. */
  function visitPart(part: ManifestNode): void {
    if (part.kind === 'sequence') for (const item of part.items) visitPart(item);
    if (part.kind !== 'mapping') return;
    for (const [key, { value }] of part.entries) {
      if (key !== 'parent_stream_configs') visitPart(value);
      else if (value.kind === 'sequence')
        for (const parent of value.items) {
          const stream = fieldOf(parent, 'stream');
          if (stream !== undefined) visitStream(stream);
        }
    }
  }
  for (const stream of streams) visitStream(stream);
  return readers;
}
