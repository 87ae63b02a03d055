import type { Manifest } from '../connector/load-manifest.ts';
import { lineAt } from '../error/line-at.ts';
import type { Registry } from '../language/registry.ts';
import { fieldOf, type ManifestNode, type MappingNode, toValue } from '../manifest/node.ts';
import { nodeAt } from '../manifest/node-at.ts';
import { walk } from '../manifest/walk.ts';
import { streamNames, streamNode } from '../manifest/written-streams.ts';
import { parentNames } from '../sync/read/parent-names.ts';
import { nodeCrypto } from '../util/bytes/node-crypto.ts';
import { toJsonText } from '../util/json/to-json-text.ts';
import type { StreamOutline } from './messages.ts';
import { hasOwnPath } from './path-parameters.ts';

/** The streams that a manifest writes out, in its order. */
export function outlineOf(manifest: Manifest): readonly StreamOutline[] {
  const { root, registry, written } = manifest;
  const streams = eachStream(root, registry, written);
  const bodies = writtenBodies(manifest);
  // A definition that several streams begin as is none of theirs.
  const count = (line: number) => streams.filter(({ definedAt }) => definedAt === line).length;
  return streams.map(({ definedAt, listedAt, ...stream }) => ({
    ...stream,
    hasPath: hasOwnPath(streamNode(root, stream.name), bodies.get(stream.name) ?? root),
    line: count(definedAt) > 1 ? listedAt : definedAt,
  }));
}

/** Of the streams that begin as the same definition as most do, the one with the fewest lines of its own. */
export function typicalStream(manifest: Manifest, streams: readonly StreamOutline[]): string | undefined {
  const bodies = writtenBodies(manifest);
  const groups = new Map<string, StreamOutline[]>();
  for (const stream of streams.filter(({ parents, hasPath }) => parents.length === 0 && hasPath)) {
    const base = fieldOf(bodies.get(stream.name) ?? manifest.root, '$ref');
    const key = base?.kind === 'scalar' ? String(base.value) : '';
    groups.set(key, [...(groups.get(key) ?? []), stream]);
  }
  const [largest = []] = [...groups.values()].sort((a, b) => b.length - a.length);
  const lengthOf = ({ name }: StreamOutline) => {
    const place = bodies.get(name)?.place;
    return place === undefined ? Number.POSITIVE_INFINITY : place.end - place.start;
  };
  return largest.toSorted((a, b) => lengthOf(a) - lengthOf(b))[0]?.name;
}

/** What is written of each stream itself, by its name: an item of the list, or the definition that it refers to. */
function writtenBodies({ root, written }: Manifest): ReadonlyMap<string, ManifestNode> {
  const items = written && fieldOf(written, 'streams');
  if (written === undefined || items?.kind !== 'sequence') return new Map();
  const names = streamNames(root);
  return new Map(
    items.items.map((item, index) => {
      const pointer = fieldOf(item, '$ref');
      const isReference = item.kind === 'mapping' && item.entries.size === 1 && pointer?.kind === 'scalar';
      const body = isReference ? nodeAt(written, String(pointer.value).slice(2).split('/')) : item;
      return [names[index] ?? '', body];
    }),
  );
}

function eachStream(root: MappingNode, registry: Registry, written: MappingNode | undefined) {
  return [...new Set(streamNames(root))].flatMap((name) => {
    const node = streamNode(root, name);
    if (node?.kind !== 'mapping') return [];
    return [
      {
        name,
        parents: [...parentNames([node], registry)],
        isIncremental: has(node, 'incremental_sync'),
        definedAt: definedAt(node, written),
        listedAt: listedAt(node),
        digest: digest(toJsonText(toValue(node))),
      },
    ];
  });
}

function has(node: MappingNode, field: string): boolean {
  const found = fieldOf(node, field);
  return found !== undefined && !(found.kind === 'scalar' && found.value === null);
}

/** Where it is written: at its name, when it is a definition. */
function definedAt({ place }: ManifestNode, written: MappingNode | undefined): number {
  const steps = place.pointer.split('/').slice(1);
  const parent = written && nodeAt(written, steps.slice(0, -1));
  const entry = parent?.kind === 'mapping' ? parent.entries.get(steps.at(-1) ?? '') : undefined;
  return lineAt(place.source, entry?.key.place.start ?? place.start)?.line ?? 1;
}

/** Where its item stands in the list of streams, also when it is a reference. */
function listedAt({ place }: ManifestNode): number {
  let outermost = place;
  while (outermost.via !== undefined) outermost = outermost.via;
  return lineAt(outermost.source, outermost.start)?.line ?? 1;
}

/** The lines on which parts of a stream are written, wherever they are shared from. */
export function linesOf(node: ManifestNode): ReadonlySet<number> {
  const lines = new Set<number>();
  for (const { node: at } of walk(node, ({ name }) => name === '$parameters')) {
    const line = lineAt(at.place.source, at.place.start)?.line;
    if (line !== undefined) lines.add(line);
  }
  return lines;
}

/** Short enough to be compared by eye, long enough not to be met twice. */
export function digest(text: string): string {
  return nodeCrypto().createHash('sha256').update(text).digest('hex').slice(0, 16);
}
