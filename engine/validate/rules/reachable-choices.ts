import type { Diagnostic } from '../../error/diagnostic.ts';
import { warningAt } from '../../manifest/node-diagnostic.ts';
import { type ComponentAt, written } from '../visit.ts';

/** Of several, the first one that takes a case decides, so nothing after one that takes all of them is asked. */
export function* reachableChoices({ children }: ComponentAt): Iterable<Diagnostic> {
  const policies = children.filter(({ family }) => family === 'CallRatePolicy');
  yield* behind(
    policies,
    ({ traits }) => traits.takesAll === true,
    'policy',
    'it has no matchers and takes every request',
  );
  const strategies = children.filter(({ family }) => family === 'BackoffStrategy');
  yield* behind(
    strategies,
    ({ traits }) => traits.alwaysWaits === true,
    'backoff strategy',
    'it always has an answer',
  );
  yield* takenStatuses(children.filter(({ family }) => family === 'ResponseFilter'));
}

/** A status that a filter lists is that filter's, whatever else it looks at. */
function* takenStatuses(filters: readonly ComponentAt[]): Iterable<Diagnostic> {
  const taken = new Set<unknown>();
  for (const filter of filters) {
    if (written(filter, 'action') === undefined) continue;
    const codes = written(filter, 'http_codes');
    const listed = codes?.kind === 'sequence' ? codes.items : [];
    const looksFurther = ['predicate', 'error_message_contains'].some((field) => written(filter, field));
    const isTaken = listed.map((code) => code.kind === 'scalar' && taken.has(code.value));
    if (listed.length > 0 && !looksFurther && isTaken.every(Boolean)) {
      const message = 'This response filter is never asked: those before it take its statuses.';
      yield warningAt(filter.node, message);
    }
    for (const code of listed) if (code.kind === 'scalar') taken.add(code.value);
  }
}

function* behind(
  choices: readonly ComponentAt[],
  isLast: (choice: ComponentAt) => boolean,
  what: string,
  why: string,
): Iterable<Diagnostic> {
  const last = choices.findIndex(isLast);
  if (last === -1) return;
  for (const { node } of choices.slice(last + 1))
    yield warningAt(node, `This ${what} is never asked: the one before it decides, since ${why}.`);
}
