import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, notRun, violation } from '../events.ts';
import { recalled } from '../recalled.ts';
import { simulatedOnce } from '../simulated/each-stream.ts';
import { fieldIn, partsOf } from '../simulated/places.ts';
import { mostRequests } from '../simulated/run.ts';
import type { StreamAt, Subject } from '../subject.ts';

export const statuses = defineCheck({
  id: 'statuses',
  group: 'protocol',
  level: 'simulated',
  severity: 'error',
  saysMoreThan: ['cursor-format', 'literal-dates', 'moment-formats', 'readable-formats'],
  tellsOutcome: true,
  doc: 'a stream is STARTED, RUNNING once it has records, and COMPLETE at its end',
  async *run(subject) {
    for (const stream of await subject.streams())
      yield* recalled(subject, stream.name, () => endingOf(subject, stream));
  },
});

async function* endingOf(subject: Subject, stream: StreamAt): AsyncGenerator<CheckEvent> {
  const simulated = await simulatedOnce(subject, stream);
  if (typeof simulated === 'string') {
    yield notRun(simulated, stream.name);
    return;
  }
  const { run } = simulated;
  yield looked(stream.name);
  if (run.isEndless) {
    const { incremental, paginator, retriever } = partsOf(stream);
    yield violation(
      fieldIn(incremental ?? paginator ?? retriever, 'step', 'stop_condition'),
      `Stream "${stream.name}" sends more than ${mostRequests} requests to an API with a few records: its windows are too short, or its pages never end.`,
      { stream: stream.name },
    );
    return;
  }
  const [error] = run.errors;
  const expected = run.records.length > 0 ? ['STARTED', 'RUNNING', 'COMPLETE'] : ['STARTED', 'COMPLETE'];
  if (JSON.stringify(run.statuses) === JSON.stringify(expected)) return;
  yield violation(
    error?.nodes[0] === undefined ? stream.at.node : { place: error.nodes[0] },
    `Stream "${stream.name}" ends ${run.statuses.at(-1) ?? 'without a status'}${error === undefined ? '' : `: ${error.message}`}`,
    { stream: stream.name, offset: error?.offset },
  );
}
