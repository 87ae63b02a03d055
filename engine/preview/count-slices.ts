import type { Manifest } from '../connector/load-manifest.ts';
import type { StreamDefinition, StreamState } from '../contract/families.ts';
import { componentsBelow } from '../language/child-nodes.ts';
import type { Registry } from '../language/registry.ts';
import { fieldOf, type ManifestNode } from '../manifest/node.ts';
import { streamNode } from '../manifest/written-streams.ts';

/** More of them are not counted. */
const most = 100_000;

/**
 * How many slices the stream has from this state on, as its cursor cuts them. Undefined when that would need requests:
 * when it has parents, and its own slices have not all been seen.
 */
export async function countSlices(
  { root, registry }: Manifest,
  stream: StreamDefinition,
  state: StreamState | undefined,
  seen: number,
): Promise<number | undefined> {
  if (seen > 0 && hasParents(streamNode(root, stream.name), registry)) return undefined;
  let count = 0;
  try {
    // The cursor itself knows no limits.
    for await (const _ of stream.open({ state, isPreview: true }).cursor.slices()) if (++count >= most) break;
  } catch {
    return undefined;
  }
  return Math.max(count, seen);
}

/** Whether its slices are made of what other streams read. Also true where nobody can tell. */
export function hasParents(stream: ManifestNode | undefined, registry: Registry): boolean {
  if (stream?.kind !== 'mapping') return true;
  for (const { node, family } of componentsBelow({ node: stream, family: 'Stream' }, registry)) {
    if (family === 'Stream' || family === 'ParentStreamConfig') return true;
    if (family === 'PartitionRouter' && fieldOf(node, 'class_name') !== undefined) return true;
  }
  return false;
}
