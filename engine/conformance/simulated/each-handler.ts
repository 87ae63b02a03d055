import { isUnknownHook, visit, written } from '../../validate/visit.ts';
import type { CheckEvent } from '../check.ts';
import type { Subject } from '../subject.ts';
import { eachUnlike } from './alike.ts';
import type { Simulated } from './each-stream.ts';
import { partsOf } from './places.ts';

/**
 * Asks one stream for each way in which requests handle errors: streams that have an error handler and a decoder alike
 * would all answer the same. Streams without records have nothing to lose, and what a hook that is not loaded would do
 * about an error nobody knows.
 */
export function eachHandler(
  subject: Subject,
  check: (simulated: Simulated) => AsyncIterable<CheckEvent>,
): AsyncGenerator<CheckEvent> {
  return eachUnlike(
    subject,
    ({ stream, records, isComplete }) => {
      if (records === 0 || !isComplete) return undefined;
      const { errorHandler, retriever } = partsOf(stream);
      if (errorHandler !== undefined && visit(errorHandler).some(isUnknownHook)) return undefined;
      return [errorHandler?.node, written(retriever, 'decoder'), retriever?.component?.type];
    },
    check,
  );
}
