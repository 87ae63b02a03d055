import { editDistance } from '../util/text/did-you-mean.ts';
import { areBoundsOfOne } from './bound-words.ts';
import { plainName, wordsOf } from './words.ts';

/** Shorter names are too often one letter from each other. */
const shortest = 4;

/** From this length on, a letter may also be any other one. */
export const longEnoughForAnyLetter = 7;

/**
 * One letter is missing, doubled or has changed places, or is another one in a long name. Numbers, plurals, endings of
 * verbs, ways to join words and the two ends of a range make other names.
 */
export function isSlip(name: string, other: string): boolean {
  const [a, b] = [plainName(name), plainName(other)];
  if (a === b || Math.min(a.length, b.length) < shortest || Math.abs(a.length - b.length) > 1) return false;
  if (editDistance(a, b) !== 1 || areBoundsOfOne(name, other)) return false;
  if (a.length === b.length) {
    const at = [...a].findIndex((letter, index) => letter !== b[index]);
    if (/\d/.test(`${a[at]}${b[at]}`)) return false;
    if (a[at] === b[at + 1]) return true;
    return at > 0 && a.length >= longEnoughForAnyLetter && !differInAbbreviation(name, other);
  }
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  const at = [...long].findIndex((letter, index) => letter !== short[index]);
  const letter = long[at] ?? '';
  // Another word begins or ends with it: "name" and "names", "stats" and "status" do not.
  if (/\d/.test(letter) || at === 0 || at === long.length - 1)
    return letter === long[at - 1] && at > 0 && letter !== 's';
  return long.length > shortest + 1 || letter === long[at - 1];
}

/** `ARAccountRef` and `APAccountRef`: two letters that are no word stand for two, of which each is another thing; so do a URI and a URL. */
function differInAbbreviation(name: string, other: string): boolean {
  const theirs = wordsOf(other);
  const [differing, ...more] = wordsOf(name).flatMap((word, index) =>
    word === theirs[index] ? [] : [[word, theirs[index] ?? '']],
  );
  return (
    differing !== undefined &&
    more.length === 0 &&
    differing.every((word) => addresses.has(word) || (word.length === 2 && !shortWords.has(word)))
  );
}

const addresses: ReadonlySet<string> = new Set(['uri', 'url', 'urn']);

const shortWords: ReadonlySet<string> = new Set(
  'am an as at be by do go he id if in is it me my no of on or so to up us we'.split(' '),
);
