import { readableFormats } from '../../validate/rules/readable-formats.ts';
import { visit } from '../../validate/visit.ts';
import type { CheckEvent } from '../check.ts';
import { notRun } from '../events.ts';
import { recalled } from '../recalled.ts';
import type { Glimpsed } from '../stream-memory.ts';
import type { StreamAt, Subject } from '../subject.ts';
import { needsConfig, smallApiFor } from './api.ts';
import { type Run, runStream } from './run.ts';

/** A stream with a few records of it read. */
export interface Simulated {
  readonly stream: StreamAt;
  readonly run: Run;
  /** Records that the API had. */
  readonly offered: number;
  readonly paging: string | undefined;
}

/** What a look at a stream shows, for checks that ask only some of them. */
export type Glimpse = Exclude<Glimpsed, string> & { readonly stream: StreamAt };

/** Asks each stream that can be simulated; says of the others why not. */
export function eachStream(
  subject: Subject,
  check: (simulated: Simulated) => Iterable<CheckEvent> | AsyncIterable<CheckEvent>,
): AsyncGenerator<CheckEvent> {
  return eachGlimpse(subject, ({ stream }) => askedOf(subject, stream, check));
}

/** The same by a glimpse, for who then decides whether to ask. */
export async function* eachGlimpse(
  subject: Subject,
  look: (glimpse: Glimpse) => AsyncIterable<CheckEvent>,
): AsyncGenerator<CheckEvent> {
  for (const stream of await subject.streams()) {
    const glimpsed = await glimpsedOnce(subject, stream);
    if (typeof glimpsed === 'string') yield notRun(glimpsed, stream.name);
    // `statuses` tells of it; to try it in many ways would take for ever.
    else if (glimpsed.isEndless) yield notRun('it asks for more than can be tried', stream.name);
    else yield* look({ ...glimpsed, stream });
  }
}

/** What a check says of a stream that can be simulated. */
export function askedOf(
  subject: Subject,
  stream: StreamAt,
  check: (simulated: Simulated) => Iterable<CheckEvent> | AsyncIterable<CheckEvent>,
): AsyncGenerator<CheckEvent> {
  return recalled(subject, stream.name, async function* () {
    const simulated = await simulatedOnce(subject, stream);
    if (typeof simulated !== 'string') yield* check(simulated);
  });
}

async function glimpsedOnce(subject: Subject, stream: StreamAt): Promise<Glimpsed> {
  const known = subject.memory?.glimpsed(stream.name);
  if (known !== undefined) return known;
  const simulated = await simulatedOnce(subject, stream);
  const glimpsed = typeof simulated === 'string' ? simulated : shownBy(simulated);
  subject.memory?.keepGlimpsed(stream.name, glimpsed);
  return glimpsed;
}

function shownBy({ run, paging }: Simulated): Glimpsed {
  const { isEndless, isComplete, records, errors } = run;
  return { paging, isEndless, isComplete, records: records.length, errors: errors.length };
}

/** One reading of a stream, for all checks that look at it; why there is none, as a phrase. */
export function simulatedOnce(subject: Subject, stream: StreamAt): Promise<Simulated | string> {
  return subject.shared(`simulated: ${stream.name}`, () => simulate(subject, stream));
}

async function simulate(subject: Subject, stream: StreamAt): Promise<Simulated | string> {
  if (stream.definition === undefined || stream.broken !== undefined)
    return stream.broken ?? 'it cannot be made';
  if (hasUnreadableFormat(stream))
    return 'no time can be read by a format of it, which "manifest-valid" names';
  const api = smallApiFor(subject, stream);
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
  const lacking = run.errors.length > 0 ? needsConfig(subject, stream.at) : undefined;
  if (lacking !== undefined) return lacking;
  const offered = api.simulator.offered(stream.name).length;
  return {
    stream,
    run,
    offered: Math.max(offered, before),
    paging: api.simulator.reports().find((each) => each.stream === stream.name)?.paging,
  };
}

/** What fails then fails for that reason, in words that do not name the format. */
function hasUnreadableFormat({ at }: StreamAt): boolean {
  return visit(at).some((part) => [...readableFormats(part)].some(({ severity }) => severity === 'error'));
}
