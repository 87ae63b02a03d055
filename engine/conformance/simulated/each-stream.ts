import type { CheckEvent } from '../check.ts';
import { notRun } from '../events.ts';
import type { StreamAt, Subject } from '../subject.ts';
import { smallApi } from './api.ts';
import { type Run, runStream } from './run.ts';

/** A stream with a few records of it read. */
export interface Simulated {
  readonly stream: StreamAt;
  readonly run: Run;
  /** Records that the API had. */
  readonly offered: number;
  readonly paging: string | undefined;
}

/** Asks each stream that can be simulated; says of the others why not. */
export async function* eachStream(
  subject: Subject,
  check: (simulated: Simulated) => Iterable<CheckEvent> | AsyncIterable<CheckEvent>,
): AsyncGenerator<CheckEvent> {
  for (const stream of await subject.streams()) {
    const simulated = await simulatedOnce(subject, stream);
    if (typeof simulated === 'string') yield notRun(simulated, stream.name);
    // `statuses` tells of it; to try it in many ways would take for ever.
    else if (simulated.run.isEndless) yield notRun('it asks for more than can be tried', stream.name);
    else yield* check(simulated);
  }
}

/** One reading of a stream, for all checks that look at it; why there is none, as a phrase. */
export function simulatedOnce(subject: Subject, stream: StreamAt): Promise<Simulated | string> {
  return subject.shared(`simulated: ${stream.name}`, () => simulate(subject, stream));
}

async function simulate(subject: Subject, stream: StreamAt): Promise<Simulated | string> {
  if (stream.definition === undefined) return stream.broken ?? 'it cannot be made';
  const api = smallApi(subject);
  const before = api.simulator.offered(stream.name).length;
  const run = await runStream(subject, stream, api, { endsUnanswered: true });
  const report = api.simulator
    .reports()
    .find((each) => each.stream === stream.name && each.reason !== undefined);
  if (report?.reason !== undefined) return report.reason;
  const others = api.simulator
    .reports()
    .find(
      ({ reason, stream: name }) =>
        reason !== undefined && run.asked.some(({ about }) => about.stream === name),
    );
  if (others?.reason !== undefined)
    return `its parent "${others.stream}" cannot be simulated: ${others.reason}`;
  const offered = api.simulator.offered(stream.name).length;
  return {
    stream,
    run,
    offered: Math.max(offered, before),
    paging: api.simulator.reports().find((each) => each.stream === stream.name)?.paging,
  };
}
