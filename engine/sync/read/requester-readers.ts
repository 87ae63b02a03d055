import type { Readers } from '../../contract/scope.ts';
import type { Registry } from '../../language/registry.ts';
import type { MappingNode } from '../../manifest/node.ts';
import { memoizeSync } from '../../util/flow/memoize.ts';
import { type Asked, askedBelow, timesAsked } from './asked-below.ts';
import { requesterKey } from './requester-key.ts';

/**
 * Who reads through a requester, when these streams are read: each of them that has it, or another one for the same path,
 * and each child that has such a stream as its parent, or as the parent of its parent; as often as it stands there.
 * `holds` says whether the condition in a field of a component is true.
 */
export function requesterReaders(
  streams: ReadonlyMap<string, MappingNode>,
  registry: Registry,
  holds: (component: MappingNode, field: string) => boolean,
): (requester: MappingNode) => Readers | undefined {
  const readers = memoizeSync(() => {
    const byKey = new Map<string, Map<string, number>>();
    for (const [name, node] of streams)
      for (const [key, times] of timesAsked(askedBy(node, registry), holds)) {
        const known = byKey.get(key) ?? new Map<string, number>();
        byKey.set(key, known.set(name, times));
      }
    return byKey;
  });
  return (requester) => readers().get(requesterKey(requester));
}

/** What was found below a stream, for the syncs to come: a manifest does not change. */
const known = new WeakMap<Registry, WeakMap<MappingNode, Asked>>();

function askedBy(stream: MappingNode, registry: Registry): Asked {
  const byStream = known.get(registry) ?? new WeakMap<MappingNode, Asked>();
  known.set(registry, byStream);
  const asked = byStream.get(stream) ?? askedBelow({ node: stream, family: 'Stream' }, registry);
  byStream.set(stream, asked);
  return asked;
}
