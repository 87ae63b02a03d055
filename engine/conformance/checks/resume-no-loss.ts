import type { StreamState } from '../../contract/families.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { eachStream } from '../simulated/each-stream.ts';
import { resumedFrom } from '../simulated/observations.ts';
import { fieldIn, partsOf } from '../simulated/places.ts';
import { identityOf, type Run } from '../simulated/run.ts';

export const resumeNoLoss = defineCheck({
  id: 'resume-no-loss',
  group: 'incremental',
  level: 'simulated',
  severity: 'error',
  doc: 'whatever state a sync is resumed from, what came before it and what comes after it are all records',
  run: (subject) =>
    eachStream(subject, async function* ({ stream, run }) {
      if (stream.definition?.cursorField === undefined || run.records.length === 0 || !run.isComplete) return;
      const identity = identityOf(stream);
      const all = new Set(run.records.map(identity));
      yield looked(stream.name);
      for (const { state, recordsBefore } of statesOf(run)) {
        const resumed = await resumedFrom(subject, stream, state);
        const seen = new Set([...run.records.slice(0, recordsBefore), ...resumed.records].map(identity));
        const lost = [...all].filter((key) => !seen.has(key));
        if (lost.length === 0 && resumed.isComplete) continue;
        const { incremental } = partsOf(stream);
        const why =
          resumed.errors[0]?.message ?? `${lost.length} of ${all.size} records are lost, such as ${lost[0]}`;
        yield violation(
          fieldIn(incremental, 'datetime_format', 'cursor_field'),
          `When stream "${stream.name}" is resumed from the state ${short(state)}: ${why}.`,
          { stream: stream.name },
        );
        return;
      }
    }),
});

/** Of one reading. */
const mostStates = 6;

/** Different states, as far apart as there are many. */
function statesOf({ states }: Run): Run['states'] {
  const different = [...new Map(states.map((each) => [toJsonText(each.state), each])).values()];
  if (different.length <= mostStates) return different;
  const step = (different.length - 1) / (mostStates - 1);
  return Array.from({ length: mostStates }, (_, index) => different[Math.round(index * step)]).filter(
    (each) => each !== undefined,
  );
}

function short(state: StreamState): string {
  const text = toJsonText(state);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
