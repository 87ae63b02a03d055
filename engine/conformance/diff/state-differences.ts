import type { StreamState } from '../../contract/families.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import { smallApiFor } from '../simulated/api.ts';
import type { Simulated } from '../simulated/each-stream.ts';
import { runStream } from '../simulated/run.ts';
import type { Subject } from '../subject.ts';
import type { Difference } from './difference.ts';

/** Whether a state of the one is understood by the other. */
export async function stateDifferences(was: Simulated, is: Simulated, after: Subject): Promise<Difference[]> {
  const { name: stream, definition } = was.stream;
  const last = was.run.states.at(-1)?.state;
  const own = is.run.states.at(-1)?.state;
  if (definition?.cursorField === undefined || last === undefined || is.run.errors.length > 0) return [];
  const resume = (state: StreamState) =>
    runStream(after, is.stream, smallApiFor(after, is.stream), { state, listens: false });
  const resumed = await resume(last);
  const [error] = resumed.errors;
  if (error !== undefined)
    return [
      {
        stream,
        aspect: 'state',
        kind: 'breaking',
        message: `a state of before, ${short(last)}, makes it fail: ${error.message}`,
      },
    ];
  const wouldBe = own && (await resume(own));
  if (wouldBe !== undefined && resumed.records.length > wouldBe.records.length)
    return [
      {
        stream,
        aspect: 'state',
        kind: 'breaking',
        message: `from a state of before, ${short(last)}, it emits ${resumed.records.length} records again instead of ${wouldBe.records.length}`,
      },
    ];
  return shapeOf(last) === shapeOf(own)
    ? []
    : [
        {
          stream,
          aspect: 'state',
          kind: 'changed',
          message: `states were written as ${short(last)} and are written as ${short(own)}`,
        },
      ];
}

/** A state with its digits alike. */
function shapeOf(state: StreamState | undefined): string {
  return toJsonText(state ?? null).replace(/\d+/g, '0');
}

function short(state: StreamState | undefined): string {
  const text = toJsonText(state ?? null);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
