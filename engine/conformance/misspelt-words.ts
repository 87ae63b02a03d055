import { wordsOf } from './words.ts';

/** A word that one name has, and the one that names beside it have in its place. */
export interface MisspeltWord {
  readonly name: string;
  readonly word: string;
  readonly meant: string;
  readonly beside: string;
}

/**
 * Words of the properties of one object with two letters in each other's place, or without a vowel, where another
 * property has the right one behind the same words: `default_acitvity_name` beside `default_activity_sid`.
 */
export function* misspeltWords(
  names: readonly string[],
  counts: ReadonlyMap<string, number>,
): Generator<MisspeltWord> {
  const all = names.map((name) => ({ name, words: wordsOf(name) }));
  for (const { name, words } of all)
    for (const [index, word] of words.entries()) {
      if (word.length < shortest || (counts.get(word) ?? 0) > mostTimes) continue;
      const right = all.find(({ words: others }) => {
        const other = others[index] ?? '';
        const isUsual = (counts.get(other) ?? 0) > (counts.get(word) ?? 0);
        return (
          isUsual && mistypes(word, other) && words.slice(0, index).every((own, at) => own === others[at])
        );
      });
      if (right !== undefined) yield { name, word, meant: right.words[index] ?? '', beside: right.name };
    }
}

/** Shorter words are often a letter from each other, such as "trial" and "trail". */
const shortest = 6;

/** What is written so more often is a word. */
const mostTimes = 2;

function mistypes(word: string, other: string): boolean {
  const at = [...other].findIndex((letter, index) => letter !== word[index]);
  if (at < 1 || word[0] !== other[0] || word.at(-1) !== other.at(-1)) return false;
  if (word.length === other.length)
    return word === `${other.slice(0, at)}${other[at + 1]}${other[at]}${other.slice(at + 2)}`;
  return /[aeiou]/.test(other[at] ?? '') && word === other.slice(0, at) + other.slice(at + 1);
}
