import type { Diagnostic } from '../../error/diagnostic.ts';
import { errorAt } from '../../manifest/node-diagnostic.ts';
import { didYouMean } from '../../util/text/did-you-mean.ts';
import { staticStreams } from '../source-streams.ts';
import { type ComponentAt, childIn, textIn, written } from '../visit.ts';

/** The streams that a check names are in the manifest; dynamic streams have names that nobody knows yet. */
export function* checkedStreams(source: ComponentAt): Iterable<Diagnostic> {
  if (source.family !== 'Source' || written(source, 'dynamic_streams') !== undefined) return;
  // Where the list itself is wrong, nothing can be said about its streams.
  if (source.fields.streams === undefined) return;
  const names = staticStreams(source).flatMap((stream) => textIn(stream, 'name') ?? []);
  // Without a name of its own a stream is named elsewhere.
  if (names.length < staticStreams(source).length) return;
  const checked = written(childIn(source, 'check'), 'stream_names');
  for (const node of checked?.kind === 'sequence' ? checked.items : []) {
    if (node.kind !== 'scalar' || typeof node.value !== 'string' || names.includes(node.value)) continue;
    const hint = didYouMean(node.value, names);
    yield errorAt(node, `There is no stream "${node.value}" to check.${hint}`);
  }
}
