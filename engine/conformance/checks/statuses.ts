import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { eachStream } from '../simulated/each-stream.ts';

export const statuses = defineCheck({
  id: 'statuses',
  group: 'protocol',
  level: 'simulated',
  severity: 'error',
  doc: 'a stream is STARTED, RUNNING once it has records, and COMPLETE at its end',
  run: (subject) =>
    eachStream(subject, function* ({ stream, run }) {
      yield looked(stream.name);
      const [error] = run.errors;
      const expected = run.records.length > 0 ? ['STARTED', 'RUNNING', 'COMPLETE'] : ['STARTED', 'COMPLETE'];
      if (JSON.stringify(run.statuses) === JSON.stringify(expected)) return;
      yield violation(
        error?.nodes[0] === undefined ? stream.at.node : { place: error.nodes[0] },
        `Stream "${stream.name}" ends ${run.statuses.at(-1) ?? 'without a status'}${error === undefined ? '' : `: ${error.message}`}`,
        { stream: stream.name, offset: error?.offset },
      );
    }),
});
