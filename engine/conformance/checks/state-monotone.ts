import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { eachStream } from '../simulated/each-stream.ts';
import { fieldIn, partsOf } from '../simulated/places.ts';

export const stateMonotone = defineCheck({
  id: 'state-monotone',
  group: 'incremental',
  level: 'simulated',
  severity: 'error',
  doc: 'no state of a sync is older than the one before it',
  run: (subject) =>
    eachStream(subject, function* ({ stream, run }) {
      const { definition } = stream;
      if (definition?.cursorField === undefined) return;
      yield looked(stream.name);
      let latest = Number.NEGATIVE_INFINITY;
      for (const { state } of run.states) {
        const moment = definition.timeOf?.(state);
        if (moment === undefined) continue;
        if (moment < latest) {
          yield violation(
            fieldIn(partsOf(stream).incremental, 'datetime_format', 'cursor_field'),
            `A state of stream "${stream.name}" is older than the one before it: what was read would be read again.`,
            { stream: stream.name },
          );
          return;
        }
        latest = moment;
      }
    }),
});
