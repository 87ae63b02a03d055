import { datetimeFromMs } from '../../time/datetime.ts';
import { formatDatetime } from '../../time/datetime-format.ts';
import { tryTo } from '../../util/flow/try-to.ts';
import { textIn } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { eachStream } from '../simulated/each-stream.ts';
import { resumedFrom } from '../simulated/observations.ts';
import { fieldIn, partsOf } from '../simulated/places.ts';

const days = 400;

export const futureState = defineCheck({
  id: 'future-state',
  group: 'incremental',
  level: 'simulated',
  severity: 'warning',
  doc: 'a state from the future gives no record, no error, and a state that is no older',
  run: (subject) =>
    eachStream(subject, async function* ({ stream, run: usual }) {
      // That it fails is told by its status.
      if (usual.errors.length > 0) return;
      const { incremental, router } = partsOf(stream);
      const field = stream.definition?.cursorField;
      const format = textIn(incremental, 'datetime_format');
      if (field === undefined || format === undefined || router !== undefined) return;
      const moment = datetimeFromMs(subject.now + days * 86_400_000);
      const value = tryTo(() => formatDatetime(moment, format));
      if (value === undefined) return;
      const isBack = (time: number | undefined) =>
        time !== undefined && time < moment.timestamp() * 1000 - 86_400_000 * 40;
      // A format that does not say the whole moment is told by others.
      if (isBack(stream.definition?.timeOf?.({ [field]: value }))) return;
      yield looked(stream.name);
      const run = await resumedFrom(subject, stream, { [field]: value });
      const [error] = run.errors;
      if (error !== undefined)
        yield violation(
          fieldIn(incremental, 'start_datetime'),
          `A state of stream "${stream.name}" from the future, "${value}", makes it fail: ${error.message}`,
          { stream: stream.name, severity: 'error' },
        );
      const last = run.states.at(-1)?.state;
      const after = last && stream.definition?.timeOf?.(last);
      if (isBack(after))
        yield violation(
          fieldIn(incremental, 'datetime_format'),
          `A state of stream "${stream.name}" from the future is set back by a sync, so that records are read twice.`,
          { stream: stream.name },
        );
      if (run.records.length > 0)
        yield violation(
          fieldIn(incremental, 'start_time_option', 'cursor_field'),
          `Stream "${stream.name}" emits ${run.records.length} of ${usual.records.length} records after a state from the future, "${value}": all of them are older.`,
          { stream: stream.name },
        );
    }),
});
