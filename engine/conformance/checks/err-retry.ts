import type { DecisionOf } from '../../contract/decision.ts';
import { type Place, placeKey } from '../../error/place.ts';
import { TransportError } from '../../http/wire/transport-error.ts';
import { jsonAnswer, keyOf, type SimulatedAnswer } from '../../simulator/answers.ts';
import { type ComponentAt, visit, written } from '../../validate/visit.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { smallApiFor } from '../simulated/api.ts';
import { eachHandler } from '../simulated/each-handler.ts';
import type { Simulated } from '../simulated/each-stream.ts';
import { givesUpAt } from '../simulated/gives-up.ts';
import { keepsWaits } from '../simulated/keeps-waits.ts';
import { type Run, runStream } from '../simulated/run.ts';
import type { Subject } from '../subject.ts';

export const errRetry = defineCheck({
  id: 'err-retry',
  group: 'errors',
  level: 'simulated',
  severity: 'error',
  saysMoreThan: ['err-filter'],
  doc: 'after a 429, a 503 and a connection that breaks off, all records arrive all the same, and no request is sent again sooner than an answer or the manifest asks for',
  run: (subject) => eachHandler(subject, (simulated) => survives(subject, simulated)),
});

/** Troubles that pass by themselves. Servers that are down for good answer otherwise. */
interface Trouble {
  readonly what: string;
  readonly answer: () => SimulatedAnswer;
  /** APIs that tell errors in what they answer say this one there, too. */
  readonly isToldInBody?: boolean;
  /** What is counted by the day is not given again for hours. */
  readonly mayLast?: boolean;
}

const troubles: readonly Trouble[] = [
  {
    what: 'A single 429',
    isToldInBody: true,
    mayLast: true,
    answer: () => ({
      ...jsonAnswer({ message: 'Too many requests' }, 429),
      headers: [
        ['content-type', 'application/json'],
        ['retry-after', '1'],
      ],
    }),
  },
  { what: 'A single 503', answer: () => jsonAnswer({ message: 'Service unavailable' }, 503) },
  {
    what: 'A connection that breaks off once',
    answer: () => {
      throw new TransportError('the connection was closed in the middle of the answer', 'ECONNRESET');
    },
  },
];

/** Requests that trouble comes to. Where it came to each of thousands, a budget of calls would run out for good. */
const few = 4;

async function* survives(subject: Subject, { stream, run }: Simulated): AsyncGenerator<CheckEvent> {
  for (const { what, answer, isToldInBody, mayLast } of troubles) {
    const troubled = new Set<string>();
    const tried = await runStream(subject, stream, smallApiFor(subject, stream), {
      async interfere(request, { stream: name }, regular) {
        const key = keyOf(request);
        if (name !== stream.name || troubled.has(key) || troubled.size === few) return regular();
        troubled.add(key);
        return answer();
      },
    });
    yield looked(stream.name);
    if (tried.isComplete && tried.records.length >= run.records.length) continue;
    const [error] = tried.errors;
    const decision = decisionOf(tried);
    const place = decision?.place;
    const isByPredicate = decision?.outcome.by === 'predicate';
    // What is answered here was made up, and may lack what the predicate looks for.
    if (isByPredicate && isToldInBody === true) continue;
    const isMeant = mayLast === true && hasReason(subject.source, place);
    const outcome =
      error === undefined
        ? `${run.records.length - tried.records.length} of ${run.records.length} records are lost without an error`
        : error.message;
    yield violation(
      place === undefined ? givesUpAt(stream, tried) : { place },
      `${what} costs stream "${stream.name}" its records, although the next answer would be good: ${outcome}`,
      // Whoever ignores a status may have a reason, or says it, and so may an API whose every failure says more than that.
      {
        stream: stream.name,
        severity: error === undefined || isByPredicate || isMeant ? 'warning' : 'error',
      },
    );
    return;
  }
  yield* keepsWaits(subject, stream);
}

/** Whether a filter tells people why it gives up, such as that a day is over whose requests are counted. */
function hasReason(source: ComponentAt, place: Place | undefined): boolean {
  if (place === undefined) return false;
  return visit(source).some(
    (at) =>
      at.family === 'ResponseFilter' &&
      placeKey(at.node.place) === placeKey(place) &&
      written(at, 'error_message') !== undefined,
  );
}

/** The filter that decided against trying again. */
function decisionOf({ decisions }: Run) {
  return decisions.find(
    (each): each is DecisionOf<'filter.match'> =>
      each.kind === 'filter.match' &&
      ['FAIL', 'IGNORE', 'SUCCESS'].includes(each.outcome.action) &&
      each.place !== undefined,
  );
}
