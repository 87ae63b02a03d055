import type { ManifestNode } from '../../manifest/node.ts';
import type { CheckEvent } from '../check.ts';
import type { Subject } from '../subject.ts';
import { eachStream, type Simulated } from './each-stream.ts';
import { partsOf } from './places.ts';

/**
 * Asks one stream for each way in which requests handle errors: streams that share an error handler and a decoder would
 * all answer the same. Streams without records have nothing to lose.
 */
export function eachHandler(
  subject: Subject,
  check: (simulated: Simulated) => AsyncIterable<CheckEvent>,
): AsyncGenerator<CheckEvent> {
  const seen = new Set<string>();
  return eachStream(subject, async function* (simulated) {
    const { errorHandler, retriever } = partsOf(simulated.stream);
    if (simulated.run.records.length === 0 || !simulated.run.isComplete) return;
    const key = `${written(errorHandler?.node)} ${retriever?.component?.type}`;
    if (seen.has(key)) return;
    seen.add(key);
    yield* check(simulated);
  });
}

/** Where it is written, which copies share. */
function written(node: ManifestNode | undefined): string {
  return node === undefined
    ? 'the default'
    : `${node.place.source.name} ${node.place.start} ${node.place.pointer}`;
}
