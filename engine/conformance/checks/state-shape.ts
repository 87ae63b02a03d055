import { isObject } from '../../util/json/json.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { eachStream } from '../simulated/each-stream.ts';

export const stateShape = defineCheck({
  id: 'state-shape',
  group: 'incremental',
  level: 'simulated',
  severity: 'error',
  doc: 'a stream that was read has a state, which is an object, after all of its records',
  run: (subject) =>
    eachStream(subject, function* ({ stream, run }) {
      if (run.errors.length > 0) return;
      yield looked(stream.name);
      const last = run.states.at(-1);
      if (last === undefined || !isObject(last.state) || last.recordsBefore !== run.records.length)
        yield violation(
          stream.at.node,
          `Stream "${stream.name}" ends without a state that covers its records.`,
          {
            stream: stream.name,
          },
        );
    }),
});
