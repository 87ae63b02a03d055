import { toJsonText } from '../../util/json/to-json-text.ts';
import { type ComponentAt, childIn, written } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { eachStream } from '../simulated/each-stream.ts';
import { resumedFrom } from '../simulated/observations.ts';
import { fieldIn, partsOf } from '../simulated/places.ts';
import { identityOf, type Run } from '../simulated/run.ts';
import type { StreamAt } from '../subject.ts';

export const resumeNoRepeat = defineCheck({
  id: 'resume-no-repeat',
  group: 'incremental',
  level: 'simulated',
  severity: 'warning',
  doc: 'after the last state of a sync the next one does not read everything again',
  run: (subject) =>
    eachStream(subject, async function* ({ stream, run }) {
      const last = run.states.at(-1);
      if (stream.definition?.cursorField === undefined || last === undefined || !run.isComplete) return;
      const all = new Set(run.records.map(identityOf(stream)));
      if (all.size < 3 || isOneWindow(stream, run)) return;
      yield looked(stream.name);
      const { incremental } = partsOf(stream);
      // At the moment of the last state there is nothing left to ask for.
      const again = await resumedFrom(subject, stream, last.state, subject.now + later);
      const repeated = new Set(again.records.map(identityOf(stream))).size;
      if (repeated < all.size || written(incremental, 'lookback_window') !== undefined) return;
      yield violation(
        fieldIn(incremental, 'start_time_option', 'start_value_option', 'cursor_field'),
        `After a complete sync of stream "${stream.name}" the next one emits all ${all.size} records again: the state ${toJsonText(last.state).slice(0, 100)} makes no difference to ${difference(incremental)}`,
        { stream: stream.name },
      );
    }),
});

/** What is sent already need not be recommended. */
function difference(incremental: ComponentAt | undefined): string {
  const sent = written(incremental, 'start_time_option') ?? written(incremental, 'start_value_option');
  return sent === undefined
    ? 'its requests, and nothing filters by it. "start_time_option" sends it, "is_client_side_incremental" filters by it.'
    : 'what its requests leave out, although its start is sent, and nothing filters by it: is it sent under the right name, in the right place and format? "is_client_side_incremental" filters by it.';
}

/** A config whose start and end lie in one window of a fixed length: that window is always the last one. */
function isOneWindow({ at }: StreamAt, { asked }: Run): boolean {
  if (written(childIn(at, 'incremental_sync'), 'step') === undefined) return false;
  return new Set(asked.map(({ about }) => toJsonText(about.slice.cursor))).size === 1;
}

/** Milliseconds until the next sync: some days, since there are cursors that count by them. */
const later = 3 * 86_400_000;
