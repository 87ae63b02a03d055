/** `companies` as `company`, `boxes` as `box`, `statuses` as `status`: near enough to English for the names of streams. */
export function singular(noun: string): string {
  const [plural, one] = irregular.find(([each]) => noun.toLowerCase() === each) ?? [];
  // The first letters are the same: it is the capital of those that stays.
  if (plural !== undefined && one !== undefined) return noun.slice(0, 1) + one.slice(1);
  return noun
    .replace(/ies$/i, 'y')
    .replace(/(?<=ss|x|ch|sh|status|campus|bonus|virus|census|alias|bus)es$/i, '')
    .replace(/(?<=.)(?<!s|statu|campu|bonu|viru|censu|alia|bu)s$/i, '');
}

/** Plurals of no rule, and words that are one of many and all of them. */
const irregular: readonly (readonly [string, string])[] = [
  ['people', 'person'],
  ['children', 'child'],
  ['men', 'man'],
  ['women', 'woman'],
  ['indices', 'index'],
  ['matrices', 'matrix'],
  ['vertices', 'vertex'],
  ['appendices', 'appendix'],
  ['analyses', 'analysis'],
  ['criteria', 'criterion'],
  ['quizzes', 'quiz'],
  ['movies', 'movie'],
  ['leaves', 'leaf'],
  ['series', 'series'],
  ['species', 'species'],
];
