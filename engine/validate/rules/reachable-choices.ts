import type { Diagnostic } from '../../error/diagnostic.ts';
import { warningAt } from '../../manifest/node-diagnostic.ts';
import type { ComponentAt } from '../visit.ts';

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
