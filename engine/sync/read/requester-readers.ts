import { type ChildNode, childNodes } from '../../language/child-nodes.ts';
import type { Registry } from '../../language/registry.ts';
import { fieldOf, type MappingNode } from '../../manifest/node.ts';

/**
 * How often a requester is read through in all, when these streams are: once for each of them that has it, or another
 * one for the same path, and once for each child that has such a stream as its parent, or as the parent of its parent.
 */
export function requesterReaders(
  streams: Iterable<MappingNode>,
  registry: Registry,
): (requester: MappingNode) => number {
  const readers = new Map<string, number>();
  function visitStream(stream: ChildNode): void {
    const keys = new Set<string>();
    visitParts(stream, keys);
    for (const key of keys) readers.set(key, (readers.get(key) ?? 0) + 1);
  }
  /** Requesters and routers may stand deep inside of retrievers that have others in them. */
  function visitParts(at: ChildNode, keys: Set<string>): void {
    for (const child of childNodes(at, registry)) {
      if (child.family === 'Requester') keys.add(keyOf(child.node));
      if (at.family === 'ParentStreamConfig' && child.family === 'Stream') visitStream(child);
      else visitParts(child, keys);
    }
  }
  for (const node of streams) visitStream({ node, family: 'Stream' });
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
