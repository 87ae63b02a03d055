import { written } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { eachStream } from '../simulated/each-stream.ts';
import { fieldIn, partsOf } from '../simulated/places.ts';
import { identityOf } from '../simulated/run.ts';

export const boundary = defineCheck({
  id: 'boundary',
  group: 'incremental',
  level: 'simulated',
  severity: 'error',
  saysMoreThan: ['cursor-format'],
  doc: 'no record is lost at the edges of windows or between them',
  run: (subject) =>
    eachStream(subject, function* ({ stream, run, offered, paging }) {
      const { incremental } = partsOf(stream);
      if (incremental === undefined || written(incremental, 'step') === undefined || paging !== undefined)
        return;
      yield looked(stream.name);
      const distinct = new Set(run.records.map(identityOf(stream))).size;
      const dropped = run.decisions.filter(({ kind }) => kind === 'record.drop').length;
      if (!run.isComplete || distinct + dropped >= offered || run.records.length === 0) return;
      yield violation(
        fieldIn(incremental, 'cursor_granularity', 'step'),
        `${offered - distinct} of ${offered} records of stream "${stream.name}" lie between the end of a window and the start of the next, which are "cursor_granularity" apart: no request asks for them.`,
        { stream: stream.name },
      );
    }),
});
