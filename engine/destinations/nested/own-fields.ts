import { kinds } from '../columns/kinds.ts';
import { eachItem, listsAround, nestedName } from './field-path.ts';

/** Fields of rows that no record has: no path of a field is called like them. */
export const ownFields = {
  /** Of the rows of lists: a part of the key of the record that they come from. */
  key: (index: number) => `~key${index}`,
  /** Where they stand in their list, and where the items around them stand in theirs, from the outermost list on. */
  position: '~position',
  outerPosition: (level: number) => `~position${level}`,
  /** Of records without a key: what takes its place. */
  row: '~row',
} as const;

/** What every row of the list at `path` has, in the order of the columns. `keys` is how many parts the key has. */
export function declaredOfItems(path: string, keys: number): ReadonlyMap<string, number> {
  const outer = Array.from({ length: listsAround(path) }, (_, level) => ownFields.outerPosition(level));
  return new Map([
    ...Array.from({ length: keys }, (_, index) => [ownFields.key(index), kinds.text] as const),
    ...[...outer, ownFields.position].map((field) => [field, kinds.integer] as const),
  ]);
}

/** What the column of a field should be called; those of keys are called `keyNames`. */
export function columnName(field: string, keyNames: readonly string[]): string {
  if (field === eachItem) return 'value';
  if (field === ownFields.row) return '_row_id';
  if (field === ownFields.position) return '_position';
  const [, what, index] = /^~(key|position)(\d+)$/.exec(field) ?? [];
  if (what === 'key') return keyNames[Number(index)] ?? field;
  return what === 'position' ? `_position_${Number(index) + 1}` : nestedName(field);
}
