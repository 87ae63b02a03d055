import type { Diagnostic } from '../../error/diagnostic.ts';
import type { ManifestNode } from '../../manifest/node.ts';
import { warningAt } from '../../manifest/node-diagnostic.ts';
import { staticStreams } from '../source-streams.ts';
import { type ComponentAt, textIn, written } from '../visit.ts';

/** A catalog tells streams apart by their names. */
export function* streamNames(source: ComponentAt): Iterable<Diagnostic> {
  if (source.family !== 'Source') return;
  const seen = new Map<string, ManifestNode>();
  for (const stream of staticStreams(source)) {
    const node = written(stream, 'name');
    const name = textIn(stream, 'name');
    // A reference that leads nowhere has been told.
    if (stream.node.entries.has('$ref')) continue;
    if (node === undefined || name === '') {
      yield warningAt(node ?? stream.node, 'This stream has no "name", so no catalog can ask for it.');
    }
    if (node === undefined || !name) continue;
    const before = seen.get(name);
    seen.set(name, node);
    if (before === undefined) continue;
    const message = `Two streams are named "${name}"; each needs a name of its own.`;
    yield { ...warningAt(node, message), places: [node.place, before.place] };
  }
}
