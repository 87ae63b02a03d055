import type { Diagnostic } from '../../error/diagnostic.ts';
import { errorAt } from '../../manifest/node-diagnostic.ts';
import { type ComponentAt, childIn, textIn, written } from '../visit.ts';

/** Streams that take turns under one name have that name, and a state whose age can be told where it matters. */
export function* delegatedStreams(stream: ComponentAt): Iterable<Diagnostic> {
  if (stream.family !== 'Stream') return;
  const name = textIn(stream, 'name') ?? '';
  for (const part of stream.children.filter(({ family }) => family === 'Stream')) {
    const own = textIn(part, 'name') ?? '';
    if (own !== name) {
      yield errorAt(
        written(part, 'name') ?? part.node,
        `A StateDelegatingStream and its two streams must have the same name, but one is "${name}" and the other "${own}".`,
      );
    }
    const incremental = childIn(part, 'incremental_sync');
    if (textIn(stream, 'api_retention_period') && incremental?.traits.hasAgelessState === true) {
      yield errorAt(
        incremental.node,
        `Stream "${name}" counts (IncrementingCountCursor), so "api_retention_period" cannot tell how old its state is.`,
      );
    }
  }
}
