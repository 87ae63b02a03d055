import type { Diagnostic } from '../../error/diagnostic.ts';
import { fieldOf } from '../../manifest/node.ts';
import { warningAt } from '../../manifest/node-diagnostic.ts';
import { didYouMean } from '../../util/text/did-you-mean.ts';
import { staticStreams } from '../source-streams.ts';
import { type ComponentAt, textIn, written } from '../visit.ts';

/** A group is of streams that the manifest has. */
export function* streamGroups(source: ComponentAt): Iterable<Diagnostic> {
  const groups = source.family === 'Source' ? written(source, 'stream_groups') : undefined;
  if (groups?.kind !== 'mapping') return;
  const names = staticStreams(source).flatMap((stream) => textIn(stream, 'name') ?? []);
  for (const [group, { value }] of groups.entries) {
    const members = fieldOf(value, 'streams');
    if (members?.kind !== 'sequence') continue;
    if (members.items.length === 0)
      yield warningAt(members, `The group "${group}" names no stream, so it has no effect.`);
    for (const member of members.items) {
      // A reference that leads nowhere has been told.
      if (member.kind !== 'mapping' || member.entries.has('$ref')) continue;
      const name = fieldOf(member, 'name');
      const text = name?.kind === 'scalar' ? String(name.value) : undefined;
      if (text !== undefined && names.includes(text)) continue;
      const message =
        text === undefined
          ? `A stream of the group "${group}" has no "name".`
          : `The group "${group}" names the stream "${text}", which is not in the manifest.${didYouMean(text, names)}`;
      yield warningAt(name ?? member, message);
    }
  }
}
