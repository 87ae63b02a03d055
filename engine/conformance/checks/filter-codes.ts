import { type ComponentAt, visit, written } from '../../validate/visit.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { partsOf } from '../simulated/places.ts';

export const filterCodes = defineCheck({
  id: 'filter-codes',
  group: 'errors',
  level: 'static',
  severity: 'warning',
  doc: 'a response filter is for the status that its message names: what calls itself a rate limit is for 429',
  async *run(subject) {
    const seen = new Set<number>();
    for (const stream of await subject.streams()) {
      const { errorHandler } = partsOf(stream);
      if (errorHandler === undefined) continue;
      for (const filter of visit(errorHandler)) {
        if (filter.family !== 'ResponseFilter' || filter.isHook) continue;
        yield looked(stream.name);
        if (seen.has(filter.node.place.start)) continue;
        seen.add(filter.node.place.start);
        yield* whatIsMissing(filter, stream.name);
      }
    }
  },
});

/** Messages of people, with a word for the status that they have in mind. */
const words: readonly (readonly [RegExp, readonly number[]])[] = [
  [/rate.?limit|too many requests|throttl|quota/i, [429, 403, 503, 420]],
  [/unauthori[sz]ed|invalid (?:api.?)?(?:key|token)/i, [401, 403, 400]],
  [/\bforbidden\b/i, [403, 401]],
  [/\bnot found\b/i, [404, 410, 400, 422]],
];

function* whatIsMissing(filter: ComponentAt, stream: string): Generator<CheckEvent> {
  const { http_codes: listed, error_message_contains: text, predicate } = filter.fields;
  const codes = [...((listed as Iterable<unknown> | undefined) ?? [])].map(Number);
  if (codes.length === 0 || text !== undefined || predicate !== undefined) return;
  const node = written(filter, 'error_message');
  const message = node?.kind === 'scalar' ? String(node.value) : '';
  const shown = codes.join(', ');
  const named = [...message.matchAll(/(?<![\d.])[45]\d\d(?![\d.])/g)].map(([code]) => Number(code));
  const at = written(filter, 'http_codes') ?? filter.node;
  const missing = named.find((code) => !codes.includes(code));
  if (missing !== undefined) {
    yield violation(at, `The message of this filter is about status ${missing}, and it is for ${shown}.`, {
      stream,
    });
    return;
  }
  for (const [word, expected] of words)
    if (word.test(message) && !codes.some((code) => expected.includes(code))) {
      yield violation(
        at,
        `The message of this filter speaks of "${word.exec(message)?.[0]}", which APIs tell with ${expected[0]}, and it is for ${shown}.`,
        { stream },
      );
      return;
    }
}
