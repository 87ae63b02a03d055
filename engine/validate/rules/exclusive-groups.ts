import type { Diagnostic } from '../../error/diagnostic.ts';
import type { ManifestNode } from '../../manifest/node.ts';
import { errorAt } from '../../manifest/node-diagnostic.ts';
import { staticStreams } from '../source-streams.ts';
import { type ComponentAt, textIn, visit, written } from '../visit.ts';

/** A stream that excludes one of its own parents would wait for itself. */
export function* exclusiveGroups(source: ComponentAt): Iterable<Diagnostic> {
  if (source.family !== 'Source') return;
  const groups = written(source, 'stream_groups');
  if (groups?.kind !== 'mapping') return;
  const streams = new Map(staticStreams(source).map((stream) => [textIn(stream, 'name'), stream]));
  for (const [group, { value }] of groups.entries) {
    const names = memberNames(value);
    for (const name of names) {
      const stream = streams.get(name);
      const parent = stream && [...ancestors(stream, streams)].find((other) => names.includes(other));
      if (stream === undefined || parent === undefined) continue;
      yield errorAt(
        stream.node,
        `The streams "${name}" and "${parent}" are both in the group "${group}", but "${parent}" is read for "${name}": they cannot exclude each other.`,
      );
    }
  }
}

function memberNames(group: ManifestNode): readonly string[] {
  const streams = group.kind === 'mapping' ? group.entries.get('streams')?.value : undefined;
  if (streams?.kind !== 'sequence') return [];
  return streams.items.flatMap((stream) => {
    const name = stream.kind === 'mapping' ? stream.entries.get('name')?.value : undefined;
    return name?.kind === 'scalar' && typeof name.value === 'string' ? [name.value] : [];
  });
}

/** Names of a stream's parents, of their parents, and so on. */
function ancestors(
  stream: ComponentAt,
  streams: ReadonlyMap<string | undefined, ComponentAt>,
  found = new Set<string>(),
): ReadonlySet<string> {
  for (const { family, node } of visit(stream)) {
    if (family !== 'ParentStreamConfig') continue;
    const named = node.entries.get('stream')?.value;
    const nameNode = named?.kind === 'mapping' ? named.entries.get('name')?.value : undefined;
    const name = nameNode?.kind === 'scalar' ? String(nameNode.value) : undefined;
    if (name === undefined || found.has(name)) continue;
    found.add(name);
    const parent = streams.get(name);
    if (parent !== undefined) ancestors(parent, streams, found);
  }
  return found;
}
