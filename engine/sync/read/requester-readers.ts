import { fieldOf, type ManifestNode, type MappingNode, typeOf } from '../../manifest/node.ts';

/**
 * How often a requester is read through in all, when these streams are: once for each of them that has it, or another
 * one for the same path, and once for each child that has such a stream as its parent, or as the parent of its parent.
 */
export function requesterReaders(streams: Iterable<ManifestNode>): (requester: MappingNode) => number {
  const readers = new Map<string, number>();
  function visitStream(stream: ManifestNode): void {
    const keys = new Set<string>();
    visitPart(stream, keys);
    for (const key of keys) readers.set(key, (readers.get(key) ?? 0) + 1);
  }
  /** Requesters and routers may stand deep inside of retrievers that have others in them. */
  function visitPart(part: ManifestNode, keys: Set<string>): void {
    if (part.kind === 'sequence') for (const item of part.items) visitPart(item, keys);
    if (part.kind !== 'mapping') return;
    if (typeOf(part)?.endsWith('Requester')) keys.add(keyOf(part));
    for (const [name, { value }] of part.entries) {
      if (name !== 'parent_stream_configs') visitPart(value, keys);
      else if (value.kind === 'sequence') {
        for (const parent of value.items) {
          const stream = fieldOf(parent, 'stream');
          if (stream !== undefined) visitStream(stream);
        }
      }
    }
  }
  for (const stream of streams) visitStream(stream);
  return (requester) => readers.get(keyOf(requester)) ?? Number.POSITIVE_INFINITY;
}

/** Where requests go, as it is written: with the parameters that it is written with. */
function keyOf(requester: MappingNode): string {
  const parameters = fieldOf(requester, '$parameters');
  const texts = [
    ...['url', 'url_base', 'path'].map((name) => fieldOf(requester, name)),
    parameters && fieldOf(parameters, 'path'),
  ];
  return JSON.stringify(texts.map((node) => (node?.kind === 'scalar' ? String(node.value) : null)));
}
