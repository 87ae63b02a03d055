import { idPattern } from '../../util/text/id-words.ts';
import { singular } from '../../util/text/singular.ts';
import { ancestorOf, type ComponentAt, childIn, textIn, visit, written } from '../../validate/visit.ts';
import { askedPath, hasWordBefore } from '../asked-path.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';
import { streamsIn } from '../streams-in.ts';
import { wordsOf } from '../words.ts';

export const parentStreams = defineCheck({
  id: 'parent-streams',
  group: 'requests',
  level: 'static',
  severity: 'warning',
  doc: 'a stream that has the name of another one in its own is read for each record of that one, not of one with which it has no word in common',
  *run({ source }) {
    const isNew = once();
    const streams = [...streamsIn(source)];
    for (const at of visit(source)) {
      if (at.family !== 'ParentStreamConfig' || at.isHook || !isNew(at.node)) continue;
      yield looked();
      yield* strange(at, streams);
    }
  },
});

/** `survey_responses` of a parent "tooltips" where there is a stream "surveys". */
function* strange(at: ComponentAt, streams: readonly ComponentAt[]): Generator<CheckEvent> {
  const [child, parent] = [ancestorOf(at, 'Stream'), childIn(at, 'stream')];
  const [own, name] = [textIn(child, 'name'), textIn(parent, 'name')];
  const field = textIn(at, 'partition_field') ?? '';
  if (child === undefined || parent === undefined || own === undefined || name === undefined) return;
  const asked = askedPath(childIn(childIn(child, 'retriever'), 'requester'));
  // What stands before its key in a path says better what the parent is.
  if (hasWordBefore(asked, field)) return;
  const called = [own, asked.replace(/\{\{.*?\}\}/gs, ' ')].flatMap(stemsOf);
  const known = [...relatives(parent), textIn(at, 'parent_key') ?? ''].flatMap(stemsOf);
  if ([...called, ...stemsOf(field)].some((word) => known.some((other) => isAlike(word, other)))) return;
  const taken = new Set([own, ...relatives(child)]);
  const meant = streams.find((stream) => {
    const other = textIn(stream, 'name') ?? '';
    const words = stemsOf(other);
    return (
      !taken.has(other) &&
      words.length > 0 &&
      // The last word of a name says what its records are: order items are items.
      words.every((word) => stemsOf(own).slice(0, -1).includes(word)) &&
      !words.every((word) => stemsOf(field).includes(word)) &&
      !relatives(stream).includes(own)
    );
  });
  if (meant === undefined) return;
  yield violation(
    { place: parent.node.place.via ?? parent.node.place },
    `Stream "${own}" is read for each record of "${name}", with which it has no word in common, and there is a stream "${textIn(meant, 'name')}": is that the parent?`,
    { stream: own, also: [written(child, 'name')?.place].filter((place) => place !== undefined) },
  );
}

/** The names of a stream and of its parents, and of what it takes of them. */
function relatives(stream: ComponentAt): readonly string[] {
  return visit(stream).flatMap((at) => {
    const name = at.family === 'Stream' ? textIn(at, 'name') : undefined;
    const field = at.family === 'ParentStreamConfig' ? textIn(at, 'partition_field') : undefined;
    return [name, field].filter((each) => each !== undefined);
  });
}

/** Words that say nothing of what something is. */
const neutral = new RegExp(
  `^(?:(?:${idPattern})s?|key|parent|api|v\\d+|https?|com|get|list|detail|all|the|of|by|for)$`,
);

function stemsOf(name: string): readonly string[] {
  return wordsOf(name)
    .map(singular)
    .filter((word) => !neutral.test(word));
}

/** "org" and "organization" are one word. */
function isAlike(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short === long || (short.length > 2 && long.includes(short));
}
