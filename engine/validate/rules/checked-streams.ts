import type { Diagnostic } from '../../error/diagnostic.ts';
import { fieldOf } from '../../manifest/node.ts';
import { errorAt } from '../../manifest/node-diagnostic.ts';
import { didYouMean } from '../../util/text/did-you-mean.ts';
import { staticStreams } from '../source-streams.ts';
import { type ComponentAt, childIn, textIn, written } from '../visit.ts';

/** What a check names is in the manifest. */
export function* checkedStreams(source: ComponentAt): Iterable<Diagnostic> {
  if (source.family !== 'Source') return;
  yield* checkedNames(source);
  yield* checkedGroups(source);
}

/** Dynamic streams have names that nobody knows yet, but the group that they are in has one. */
function* checkedGroups(source: ComponentAt): Iterable<Diagnostic> {
  const groups = source.children.filter(({ family }) => family === 'DynamicStream');
  const names = groups.map((group) => textIn(group, 'name') ?? '');
  const checked = written(childIn(source, 'check'), 'dynamic_streams_check_configs');
  for (const item of checked?.kind === 'sequence' ? checked.items : []) {
    const node = item.kind === 'mapping' ? fieldOf(item, 'dynamic_stream_name') : undefined;
    if (node?.kind !== 'scalar' || typeof node.value !== 'string' || names.includes(node.value)) continue;
    yield errorAt(
      node,
      `There are no dynamic streams "${node.value}" to check.${didYouMean(node.value, names)}`,
    );
  }
}

function* checkedNames(source: ComponentAt): Iterable<Diagnostic> {
  if (written(source, 'dynamic_streams') !== undefined) return;
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
