import { wordsOf } from './words.ts';

/** Words by which APIs name where a range starts and where it ends: whole words of names such as `updated_since`, `createdAfter`, `filter[date][lte]`. */
export const starts: ReadonlySet<string> = new Set([
  ...['start', 'since', 'after', 'from', 'begin', 'min', 'gt', 'gte', 'ge', 'starting'],
]);
export const ends: ReadonlySet<string> = new Set([
  ...['end', 'until', 'before', 'to', 'max', 'lt', 'lte', 'le', 'till', 'ending'],
]);

export type Bound = 'start' | 'end';

/** What a name says by one of these words; undefined when it has none, or some of both. */
export function boundOf(name: string): Bound | undefined {
  const parts = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
  const isStart = parts.some((part) => starts.has(part));
  if (isStart === parts.some((part) => ends.has(part))) return undefined;
  return isStart ? 'start' : 'end';
}

/** Whether two names differ in nothing but these words: `created_at[gte]` and `created_at[lte]` are the ends of one range. */
export function areBoundsOfOne(name: string, other: string): boolean {
  const [own, theirs] = [wordsOf(name), wordsOf(other)];
  const differing = own.flatMap((word, index) =>
    word === theirs[index] ? [] : [[word, theirs[index] ?? '']],
  );
  return (
    own.length === theirs.length &&
    differing.length > 0 &&
    differing.flat().every((word) => starts.has(word) || ends.has(word))
  );
}

/** What an operator of comparison asks for, by its sign or its name: `>=`, `gteq`, `LESS_THAN`, `greater-or-equal`. */
export function boundOfOperator(operator: string): Bound | undefined {
  const text = operator.trim().toLowerCase();
  if (/^>=?$/.test(text)) return 'start';
  if (/^<=?$/.test(text)) return 'end';
  const [first = ''] = text.replace(/^[^a-z]+/, '').split(/[^a-z]+/);
  if (/^(?:gte?q?|ge|greater(?:than)?(?:or)?(?:equals?)?|(?:is_?)?after|since|onorafter)$/.test(first))
    return 'start';
  return /^(?:lte?q?|le|less(?:er)?(?:than)?(?:or)?(?:equals?)?|(?:is_?)?before|until|onorbefore)$/.test(
    first,
  )
    ? 'end'
    : undefined;
}
