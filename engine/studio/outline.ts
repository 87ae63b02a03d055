import type { Manifest } from '../connector/load-manifest.ts';
import { lineAt } from '../error/line-at.ts';
import type { Registry } from '../language/registry.ts';
import { fieldOf, type ManifestNode, type MappingNode, toValue } from '../manifest/node.ts';
import { walk } from '../manifest/walk.ts';
import { streamNames, streamNode } from '../manifest/written-streams.ts';
import { parentNames } from '../sync/read/parent-names.ts';
import { nodeCrypto } from '../util/bytes/node-crypto.ts';
import { toJsonText } from '../util/json/to-json-text.ts';
import type { StreamOutline } from './messages.ts';

/** The streams that a manifest writes out, in its order. */
export function outlineOf({ root, registry }: Manifest): readonly StreamOutline[] {
  const streams = eachStream(root, registry);
  // A definition that several streams begin as is none of theirs.
  const count = (line: number) => streams.filter(({ definedAt }) => definedAt === line).length;
  return streams.map(({ definedAt, listedAt, ...stream }) => ({
    ...stream,
    line: count(definedAt) > 1 ? listedAt : definedAt,
  }));
}

function eachStream(root: MappingNode, registry: Registry) {
  return [...new Set(streamNames(root))].flatMap((name) => {
    const node = streamNode(root, name);
    if (node?.kind !== 'mapping') return [];
    return [
      {
        name,
        parents: [...parentNames([node], registry)],
        isIncremental: has(node, 'incremental_sync'),
        definedAt: lineAt(node.place.source, node.place.start)?.line ?? 1,
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
