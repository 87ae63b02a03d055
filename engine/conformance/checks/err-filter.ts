import { jsonAnswer } from '../../simulator/answers.ts';
import { type ComponentAt, visit } from '../../validate/visit.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, notRun, violation } from '../events.ts';
import { smallApi } from '../simulated/api.ts';
import { eachHandler } from '../simulated/each-handler.ts';
import type { Simulated } from '../simulated/each-stream.ts';
import { partsOf } from '../simulated/places.ts';
import { runStream } from '../simulated/run.ts';
import type { Subject } from '../subject.ts';

export const errFilter = defineCheck({
  id: 'err-filter',
  group: 'errors',
  level: 'simulated',
  severity: 'warning',
  doc: 'an answer that a response filter describes reaches that filter',
  run: (subject) => eachHandler(subject, (simulated) => filtersOf(subject, simulated)),
});

async function* filtersOf(subject: Subject, { stream }: Simulated): AsyncGenerator<CheckEvent> {
  const { errorHandler } = partsOf(stream);
  if (errorHandler === undefined) return;
  for (const filter of visit(errorHandler)) {
    if (filter.family !== 'ResponseFilter' || filter.isHook) continue;
    yield* reaches(subject, stream.name, filter, stream);
  }
}

async function* reaches(
  subject: Subject,
  name: string,
  filter: ComponentAt,
  stream: Simulated['stream'],
): AsyncGenerator<CheckEvent> {
  const codes = [...((filter.fields.http_codes as Iterable<unknown> | undefined) ?? [])].map(Number);
  const text = filter.fields.error_message_contains;
  if (filter.fields.predicate !== undefined && codes.length === 0) {
    yield notRun('only its predicate says which answers it is for', name);
    return;
  }
  if (codes.length === 0 && typeof text !== 'string') return;
  yield looked(name);
  for (const status of codes.length > 0 ? codes : [400]) {
    const message = typeof text === 'string' ? text : 'Something';
    let isFirst = true;
    const run = await runStream(subject, stream, smallApi(subject), {
      async interfere(_request, about, regular) {
        if (about.stream !== name || !isFirst) return regular();
        isFirst = false;
        return jsonAnswer({ message, error: message, errors: [{ message }] }, status);
      },
    });
    const match = run.decisions.find(
      (each) => each.kind === 'filter.match' && each.outcome.status === status,
    );
    if (isFirst || match === undefined) continue;
    if (match.place !== undefined && match.place.start === filter.node.place.start) continue;
    yield violation(
      filter.node,
      `An answer with status ${status} never reaches this filter: ${match.place === undefined ? 'the default decides' : 'another filter before it decides'}.`,
      { stream: name, also: match.place === undefined ? [] : [match.place] },
    );
    return;
  }
}
