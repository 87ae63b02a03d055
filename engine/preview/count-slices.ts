import type { Manifest } from '../connector/load-manifest.ts';
import type { StreamDefinition, StreamState } from '../contract/families.ts';
import { fieldOf, type ManifestNode, typeOf } from '../manifest/node.ts';

/** More of them are not counted. */
const most = 100_000;

/**
 * How many slices the stream has from this state on, as its cursor cuts them. Undefined when that would need requests:
 * when it has parents, and its own slices have not all been seen.
 */
export async function countSlices(
  { root }: Manifest,
  stream: StreamDefinition,
  state: StreamState | undefined,
  seen: number,
): Promise<number | undefined> {
  if (seen > 0 && hasParents(streamNode(root, stream.name))) return undefined;
  let count = 0;
  try {
    // The cursor itself knows no limits.
    for await (const _ of stream.open({ state, isPreview: true }).cursor.slices()) if (++count >= most) break;
  } catch {
    return undefined;
  }
  return Math.max(count, seen);
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

/** Whether its slices are made of what other streams read. Also true where nobody can tell. */
export function hasParents(stream: ManifestNode | undefined): boolean {
  if (stream?.kind !== 'mapping') return true;
  return [...stream.entries.values()].some(({ value }) => readsOthers(value));
}

function readsOthers(node: ManifestNode): boolean {
  if (node.kind === 'scalar') return false;
  if (node.kind === 'sequence') return node.items.some(readsOthers);
  const type = typeOf(node);
  if (type === 'ParentStreamConfig' || type === 'SubstreamPartitionRouter' || type === 'DeclarativeStream')
    return true;
  return [...node.entries].some(
    ([name, { value }]) =>
      (name === 'partition_router' && typeOf(value)?.startsWith('Custom') === true) || readsOthers(value),
  );
}
