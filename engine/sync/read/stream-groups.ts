import { ConnectorError } from '../../error/connector-error.ts';
import { fieldOf, type ManifestNode, type MappingNode } from '../../manifest/node.ts';
import { parentNames } from './parent-names.ts';

/** The groups (`stream_groups`) of which only one stream may be read at a time. */
export interface StreamGroups {
  /** The stream's own group. */
  groupOf(stream: string): string | undefined;
  /** The groups of its parents and their parents, which are read for its partitions. */
  parentGroupsOf(stream: string): readonly string[];
}

/**
 * Throws ConnectorError (config_error) when a stream shares a group with one of its parents: it would wait for itself.
 * `streams` are those of the connector, by name.
 */
export function streamGroups(
  members: ReadonlyMap<string, readonly string[]>,
  streams: ReadonlyMap<string, MappingNode>,
): StreamGroups {
  const groups = new Map(
    [...members].flatMap(([group, names]) => names.map((name) => [name, group] as const)),
  );
  for (const [name, group] of groups) {
    const parent = [...ancestorsOf(name, streams)].find((ancestor) => groups.get(ancestor) === group);
    if (parent === undefined || !streams.has(name)) continue;
    throw new ConnectorError(
      `The streams "${name}" and "${parent}" are both in the group "${group}", but "${parent}" is read for "${name}": they cannot exclude each other.`,
      { kind: 'config_error', nodes: [(streams.get(name) as MappingNode).place] },
    );
  }
  return Object.freeze({
    groupOf: (stream: string) => groups.get(stream),
    parentGroupsOf: (stream: string) => [
      ...new Set([...ancestorsOf(stream, streams)].flatMap((name) => groups.get(name) ?? [])),
    ],
  });
}

function ancestorsOf(stream: string, streams: ReadonlyMap<string, MappingNode>): ReadonlySet<string> {
  const found = new Set<string>();
  function visit(name: string): void {
    const node = streams.get(name);
    if (node === undefined) return;
    for (const parent of parentNames(partsOf(node))) {
      if (found.has(parent)) continue;
      found.add(parent);
      visit(parent);
    }
  }
  visit(stream);
  return found;
}

/** A stream that delegates has parents in the streams it delegates to. */
function partsOf(stream: MappingNode): ManifestNode[] {
  const parts = ['full_refresh_stream', 'incremental_stream'].flatMap((name) => fieldOf(stream, name) ?? []);
  return [stream, ...parts];
}
