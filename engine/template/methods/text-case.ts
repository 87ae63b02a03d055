import { codePoints } from '../values/text.ts';

/** Letters of two parts have a form of their own for the start of a word. */
const titleForms: Readonly<Record<string, string>> = { Ǆ: 'ǅ', Ǉ: 'ǈ', Ǌ: 'ǋ', Ǳ: 'ǲ' };

/** A letter as it starts a word: `ß` is `Ss` there, not `SS`. */
function titleLetter(letter: string): string {
  const upper = letter.toUpperCase();
  if (upper.length === letter.length) return titleForms[upper] ?? upper;
  return upper.replace(/(?<=\p{Lu})\p{Lu}+/u, (rest) => rest.toLowerCase());
}

/** Letters that upper case makes longer (ß, ŉ, ﬁ) are compared by their parts. */
export function caseFold(text: string): string {
  return codePoints(text)
    .map((letter) => {
      const upper = letter.toUpperCase();
      return (upper.length > letter.length ? upper : letter).toLowerCase();
    })
    .join('')
    .replace(/[ςſẞ]/g, (letter) => ({ ς: 'σ', ſ: 's' })[letter] ?? 'ss');
}

/** A word starts after anything that is not a cased letter. */
export function titleCase(text: string): string {
  let inWord = false;
  let out = '';
  for (const character of text) {
    const isCased = /[\p{Uppercase}\p{Lowercase}\p{Lt}]/u.test(character);
    out += isCased ? (inWord ? character.toLowerCase() : titleLetter(character)) : character;
    inWord = isCased;
  }
  return out;
}

export function capitalize(text: string): string {
  const [first = '', ...rest] = codePoints(text);
  return titleLetter(first) + rest.join('').toLowerCase();
}

export function swapCase(text: string): string {
  return codePoints(text)
    .map((each) => (each === each.toLowerCase() ? each.toUpperCase() : each.toLowerCase()))
    .join('');
}

export function isTitle(text: string): boolean {
  let inWord = false;
  let hasWord = false;
  for (const character of text) {
    const isUpper = /[\p{Uppercase}\p{Lt}]/u.test(character);
    const isLower = /\p{Lowercase}/u.test(character);
    if (isUpper ? inWord : isLower && !inWord) return false;
    inWord = isUpper || isLower;
    hasWord ||= inWord;
  }
  return hasWord;
}

export function isLower(text: string): boolean {
  return /\p{Lowercase}/u.test(text) && !/[\p{Uppercase}\p{Lt}]/u.test(text);
}

export function isUpper(text: string): boolean {
  return /\p{Uppercase}/u.test(text) && !/[\p{Lowercase}\p{Lt}]/u.test(text);
}
