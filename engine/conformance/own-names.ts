import { ancestorOf, type ComponentAt, textIn } from '../validate/visit.ts';
import { askedPath, requesterOf } from './asked-path.ts';
import { streamsIn } from './streams-in.ts';
import { plainName } from './words.ts';

/** What an API calls by the name of a stream or of its path: `users` of `/users` and `teams` of `/teams` are written alike. */
export const itsName = '(its own name)';
export const itsSibling = '(the name of another stream)';

/** The steps of a path, where those that name its stream or another one are the same for all streams. */
export function withoutOwnName(
  path: readonly string[],
  retriever: ComponentAt | undefined,
): readonly string[] {
  const stream = retriever && ancestorOf(retriever, 'Stream');
  const [own, others] = [new Set(namesOf(stream).map(plain)), siblingNames(stream)];
  return path.map((step) => {
    if (own.has(plain(step))) return itsName;
    return others.has(plain(step)) ? itsSibling : step;
  });
}

/** What the other streams are called. */
function siblingNames(stream: ComponentAt | undefined): ReadonlySet<string> {
  let top = stream;
  while (top?.parent !== undefined) top = top.parent;
  if (top === undefined) return new Set();
  const known =
    siblings.get(top) ?? new Set([...streamsIn(top)].map((at) => plain(textIn(at, 'name') ?? '')));
  siblings.set(top, known);
  return known;
}

const siblings = new WeakMap<ComponentAt, ReadonlySet<string>>();

/** What a stream is called, by its own name and by its path. */
function namesOf(stream: ComponentAt | undefined): readonly string[] {
  const requester = requesterOf(stream);
  const asked = askedPath(requester);
  return [textIn(stream, 'name') ?? '', asked].flatMap((text) => [text, ...text.split('/')]);
}

function plain(text: string): string {
  return plainName(text).replace(/s$/, '');
}
