import type { Diagnostic } from '../../error/diagnostic.ts';
import type { ComponentAt } from '../visit.ts';

const guess = /#\s*guess (\d(?:\.\d+)?): (.*)/g;

/** What `init` has guessed is looked at by somebody, who then removes the comment. */
export function* unreviewedGuesses({ family, node }: ComponentAt): Iterable<Diagnostic> {
  const { source } = node.place;
  if (family !== 'Source' || source.text === undefined) return;
  for (const { index, 0: comment, 1: confidence, 2: why } of source.text.matchAll(guess)) {
    const place = { source, start: index, end: index + comment.length, pointer: '' };
    const message = `A guess (${confidence}) that nobody has reviewed: ${why?.trim()}. Remove the comment when it is right.`;
    yield { severity: 'warning', message, places: [place] };
  }
}
