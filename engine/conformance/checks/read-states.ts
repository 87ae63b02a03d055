import { childIn, isUnknownHook, visit } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { looked, notRun, violation } from '../events.ts';
import { simulatedOnce } from '../simulated/each-stream.ts';
import { resumedFrom } from '../simulated/observations.ts';

export const readStates = defineCheck({
  id: 'read-states',
  group: 'incremental',
  level: 'simulated',
  severity: 'error',
  doc: "each state from the future of the folder's tests is read without an error, and gives no record",
  async *run(subject) {
    const states = subject.acceptance?.futureStates ?? [];
    const streams = states.length === 0 ? [] : await subject.streams();
    for (const { stream: name, state, place } of states) {
      const stream = streams.find((each) => each.name === name);
      // `known-states` tells of a stream that there is not, or that has no cursor.
      if (stream?.definition?.cursorField === undefined) continue;
      const hook = visit(stream.at).find((at) => at.field === 'state_migrations' && isUnknownHook(at));
      if (hook !== undefined) {
        yield notRun('a hook that is not loaded makes its state', name);
        continue;
      }
      const usual = await simulatedOnce(subject, stream);
      if (typeof usual === 'string') {
        yield notRun(usual, name);
        continue;
      }
      // That it fails is told by its status.
      if (usual.run.errors.length > 0) continue;
      yield looked(name);
      const run = await resumedFrom(subject, stream, state);
      const [error] = run.errors;
      const at = {
        stream: name,
        also: [childIn(stream.at, 'incremental_sync')?.node.place].filter((each) => each !== undefined),
      };
      if (error !== undefined)
        yield violation({ place }, `This state makes stream "${name}" fail: ${error.message}`, at);
      else if (run.records.length > 0)
        yield violation(
          { place },
          `After this state stream "${name}" emits ${run.records.length} of ${usual.run.records.length} records: it is not from the future, or is not read as the author meant.`,
          { ...at, severity: 'warning' },
        );
    }
  },
});
