import type { Registry } from '../../language/registry.ts';
import type { MappingNode } from '../../manifest/node.ts';
import { parentNames } from './parent-names.ts';

/** The groups (`stream_groups`) of which only one stream may be read at a time. */
export interface StreamGroups {
  /** The stream's own group. */
  groupOf(stream: string): string | undefined;
  /** The groups of its parents and their parents, which are read for its partitions. */
  parentGroupsOf(stream: string): readonly string[];
}

/** `streams` are those of the connector, by name. None shares a group with one of its parents: that has been checked. */
export function streamGroups(
  members: ReadonlyMap<string, readonly string[]>,
  streams: ReadonlyMap<string, MappingNode>,
  registry: Registry,
): StreamGroups {
  const groups = new Map(
    [...members].flatMap(([group, names]) => names.map((name) => [name, group] as const)),
  );
  return Object.freeze({
    groupOf: (stream: string) => groups.get(stream),
    parentGroupsOf: (stream: string) => [
      ...new Set([...ancestorsOf(stream, streams, registry)].flatMap((name) => groups.get(name) ?? [])),
    ],
  });
}

function ancestorsOf(
  stream: string,
  streams: ReadonlyMap<string, MappingNode>,
  registry: Registry,
): ReadonlySet<string> {
  const found = new Set<string>();
  function visit(name: string): void {
    const node = streams.get(name);
    if (node === undefined) return;
    for (const parent of parentNames([node], registry)) {
      if (found.has(parent)) continue;
      found.add(parent);
      visit(parent);
    }
  }
  visit(stream);
  return found;
}
