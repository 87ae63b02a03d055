import { toJsonText } from '../../util/json/to-json-text.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { eachStream } from '../simulated/each-stream.ts';
import { resumedFrom } from '../simulated/observations.ts';
import { fieldIn, partsOf } from '../simulated/places.ts';

export const idempotent = defineCheck({
  id: 'idempotent',
  group: 'incremental',
  level: 'simulated',
  severity: 'error',
  doc: 'a sync that finds nothing new ends with a state that is no older than the one it began with',
  run: (subject) =>
    eachStream(subject, async function* ({ stream, run }) {
      const last = run.states.at(-1);
      const { definition } = stream;
      if (definition?.cursorField === undefined || last === undefined || !run.isComplete) return;
      const before = definition.timeOf?.(last.state);
      if (before === undefined) return;
      yield looked(stream.name);
      const again = await resumedFrom(subject, stream, last.state);
      const state = again.states.at(-1)?.state;
      const after = state && definition.timeOf?.(state);
      if (after !== undefined && after < before)
        yield violation(
          fieldIn(partsOf(stream).incremental, 'datetime_format'),
          `A sync of stream "${stream.name}" that finds nothing new sets its state back, from ${toJsonText(last.state).slice(0, 100)} to ${toJsonText(state).slice(0, 100)}.`,
          { stream: stream.name },
        );
    }),
});
