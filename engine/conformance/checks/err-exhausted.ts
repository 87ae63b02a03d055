import type { StreamDefinition, StreamState } from '../../contract/families.ts';
import { jsonAnswer } from '../../simulator/answers.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { smallApiFor } from '../simulated/api.ts';
import { eachHandler } from '../simulated/each-handler.ts';
import { fieldIn, partsOf } from '../simulated/places.ts';
import { runStream } from '../simulated/run.ts';

export const errExhausted = defineCheck({
  id: 'err-exhausted',
  group: 'errors',
  level: 'simulated',
  severity: 'warning',
  doc: 'an API that answers nothing but 500 makes the stream INCOMPLETE with an error, and its state does not move',
  run: (subject) =>
    eachHandler(subject, async function* ({ stream, run }) {
      const tried = await runStream(subject, stream, smallApiFor(subject, stream), {
        async interfere(_request, { stream: name }, regular) {
          return name === stream.name ? jsonAnswer({ message: 'Internal server error' }, 500) : regular();
        },
      });
      yield looked(stream.name);
      const { errorHandler, requester } = partsOf(stream);
      const at = fieldIn(errorHandler ?? requester);
      const match = tried.decisions.find((each) => each.kind === 'filter.match' && each.place !== undefined);
      if (tried.isComplete || tried.errors.length === 0) {
        yield violation(
          match?.place === undefined ? at : { place: match.place },
          `Stream "${stream.name}" is complete without a record and without an error when its API answers nothing but 500: an outage looks like an empty account.`,
          { stream: stream.name },
        );
        return;
      }
      const moved =
        stream.definition?.cursorField !== undefined &&
        isAhead(stream.definition.timeOf, tried.states.at(-1)?.state, run.states[0]?.state);
      if (moved)
        yield violation(
          at,
          `The state of stream "${stream.name}" moves on to ${toJsonText(tried.states.at(-1)?.state)} although nothing could be read: those records would never be.`,
          { stream: stream.name, severity: 'error' },
        );
    }),
});

type TimeOf = StreamDefinition['timeOf'];

function isAhead(timeOf: TimeOf, failed: StreamState | undefined, first: StreamState | undefined): boolean {
  if (timeOf === undefined || failed === undefined || first === undefined) return false;
  const after = timeOf(failed);
  const before = timeOf(first);
  return after !== undefined && before !== undefined && after > before;
}
