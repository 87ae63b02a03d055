import { isPlainId } from '../util/text/id-words.ts';
import { singular } from '../util/text/singular.ts';
import { type ComponentAt, childIn, textIn, visit, written } from '../validate/visit.ts';
import { textsOf } from './schema-walk.ts';
import { wordsOf } from './words.ts';

export function keysOf(stream: ComponentAt | undefined): readonly string[] {
  return textsOf(written(stream, 'primary_key'));
}

/** Records have the keys of their parents, too, but their own id is theirs: a tag of a board is no board. */
export function mayHave(
  config: ComponentAt,
  parent: ComponentAt,
  words: readonly string[],
  says: (words: readonly string[], name: string) => boolean,
): boolean {
  if (isOwnKey(config, parent)) return calledBy(parent).some((name) => sayThe(words, name));
  return ancestry(parent).some((name) => says(words, name));
}

/** What a record of a stream is: by the last word of its name, as by that of its path. `meetings_tmp` of `users/{id}/meetings` has the ids of meetings. */
function calledBy(stream: ComponentAt): readonly string[] {
  const requester = childIn(childIn(stream, 'retriever'), 'requester');
  const path = textIn(requester, 'path') ?? textIn(requester, 'url') ?? '';
  const [segment = ''] = path
    .replaceAll(/\{[{%].*?[%}]\}/gs, '')
    .split(/[?#]/, 1)
    .flatMap((each) =>
      each
        .split('/')
        .filter((part) => part !== '')
        .slice(-1),
    );
  return [textIn(stream, 'name') ?? '', segment].map((name) => wordsOf(name).at(-1) ?? '');
}

export function isOwnKey(config: ComponentAt, parent: ComponentAt): boolean {
  const key = textIn(config, 'parent_key') ?? '';
  const own = keysOf(parent);
  return (own.length === 0 || own.includes(key)) && isPlainId(key);
}

/** The names of the parents of a stream, whose keys its records may have. */
function ancestry(stream: ComponentAt): readonly string[] {
  return visit(stream).flatMap((at) => {
    const field = at.family === 'ParentStreamConfig' ? textIn(at, 'partition_field') : undefined;
    const name = at.family === 'Stream' ? textIn(at, 'name') : undefined;
    return [field, name].filter((each) => each !== undefined);
  });
}

export function sayThe(words: readonly string[], name: string): boolean {
  const own = wordsOf(name).map(singular);
  return words.some((word) => own.includes(singular(word)));
}

export function sayAll(words: readonly string[], name: string): boolean {
  const own = wordsOf(name).map(singular);
  return words.every((word) => own.includes(singular(word)));
}

export function isOnly(words: readonly string[], name: string): boolean {
  return wordsOf(name).map(singular).join(' ') === words.map(singular).join(' ');
}
