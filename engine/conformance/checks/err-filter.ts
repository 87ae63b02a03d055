import { jsonAnswer } from '../../simulator/answers.ts';
import { type ComponentAt, textIn, visit } from '../../validate/visit.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, notRun, violation } from '../events.ts';
import { smallApiFor } from '../simulated/api.ts';
import { eachHandler } from '../simulated/each-handler.ts';
import type { Simulated } from '../simulated/each-stream.ts';
import { effectProblem, madeUp, retries } from '../simulated/filter-effect.ts';
import { givesUpAt } from '../simulated/gives-up.ts';
import { partsOf } from '../simulated/places.ts';
import { runStream } from '../simulated/run.ts';
import type { Subject } from '../subject.ts';

export const errFilter = defineCheck({
  id: 'err-filter',
  group: 'errors',
  level: 'simulated',
  severity: 'warning',
  doc: 'an answer that a response filter describes reaches that filter, and its action comes about: FAIL ends the stream with its message, IGNORE goes on without a record of the answer, RETRY and what is like it ask again, SUCCESS keeps the records',
  run: (subject) => eachHandler(subject, (simulated) => filtersOf(subject, simulated)),
});

async function* filtersOf(subject: Subject, simulated: Simulated): AsyncGenerator<CheckEvent> {
  const { errorHandler } = partsOf(simulated.stream);
  if (errorHandler === undefined) return;
  for (const filter of visit(errorHandler)) {
    if (filter.family !== 'ResponseFilter' || filter.isHook) continue;
    yield* follows(subject, filter, simulated);
  }
}

async function* follows(
  subject: Subject,
  filter: ComponentAt,
  { stream, run: usual }: Simulated,
): AsyncGenerator<CheckEvent> {
  const { name } = stream;
  const codes = [...((filter.fields.http_codes as Iterable<unknown> | undefined) ?? [])].map(Number);
  const text = filter.fields.error_message_contains;
  if (filter.fields.predicate !== undefined && codes.length === 0) {
    yield notRun('only its predicate says which answers it is for', name);
    return;
  }
  if (codes.length === 0 && typeof text !== 'string') return;
  yield looked(name);
  const message = typeof text === 'string' ? `${text}: ${madeUp}` : madeUp;
  const means = textIn(filter, 'action');
  for (const status of codes.length > 0 ? codes : [400]) {
    let isFirst = true;
    const tried = await runStream(subject, stream, smallApiFor(subject, stream), {
      async interfere(_request, about, regular) {
        if (about.stream !== name || !isFirst) return regular();
        isFirst = false;
        // A status that is no failure comes with what a good answer has.
        if (means === 'SUCCESS' && codes.length > 0) return { ...(await regular()), status };
        return jsonAnswer({ message, error: message, errors: [{ message }] }, status);
      },
    });
    const match = tried.decisions.find(
      (each) => each.kind === 'filter.match' && each.outcome.status === status,
    );
    if (isFirst || match === undefined) continue;
    if (match.place === undefined || match.place.start !== filter.node.place.start) {
      yield violation(
        filter.node,
        `An answer with status ${status} never reaches this filter: ${match.place === undefined ? 'the default decides' : 'another filter before it decides'}.`,
        { stream: name, also: match.place === undefined ? [] : [match.place] },
      );
      return;
    }
    // Only a text says what is meant, and no good answer has it.
    if (means === 'SUCCESS' && (codes.length === 0 || hasNoBody(status))) continue;
    const problem = effectProblem(filter, { stream: name, tried, usual });
    if (problem === undefined) continue;
    yield violation(
      (retries.includes(means) ? givesUpAt(stream, tried) : undefined) ?? filter.node,
      `An answer with status ${status} reaches a filter whose action is ${means}, and yet ${problem}`,
      { stream: name, also: [filter.node.place] },
    );
    return;
  }
}

function hasNoBody(status: number): boolean {
  return status < 200 || status === 204 || status === 205 || (status >= 300 && status < 400);
}
