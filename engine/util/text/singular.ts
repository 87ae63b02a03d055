/** `companies` as `company`, `boxes` as `box`, `statuses` as `status`: near enough to English for the names of streams. */
export function singular(noun: string): string {
  return noun
    .replace(/ies$/i, 'y')
    .replace(/(?<=ss|x|ch|sh|status)es$/i, '')
    .replace(/(?<=.)(?<!s|statu)s$/i, '');
}
