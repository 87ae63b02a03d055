import { type ComponentAt, textIn } from '../validate/visit.ts';
import { wordsOf } from './words.ts';

/** Whether the token is read from what is called so: `page[offset]` of `next_offset`. */
export function isReadSo(odd: readonly string[], usual: readonly string[], at: ComponentAt): boolean {
  return areOfOne(odd, usual, textIn(at, 'pagination_strategy', 'cursor_value'));
}

/** The other way round: what is read is called like the option that sends it. */
export function isSentSo(odd: readonly string[], usual: readonly string[], { parent }: ComponentAt): boolean {
  return areOfOne(odd, usual, textIn(parent, 'page_token_option', 'field_name'));
}

/** Whether a word by which what is odd differs stands in its counterpart, too. */
function areOfOne(odd: readonly string[], usual: readonly string[], counterpart = ''): boolean {
  const [there, theirs] = [wordsOf(counterpart), usual.flatMap(wordsOf)];
  return odd
    .flatMap(wordsOf)
    .some((word) => !theirs.includes(word) && word !== 'next' && there.includes(word));
}
