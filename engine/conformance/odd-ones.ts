import { grouped } from '../util/flow/grouped.ts';

/** One that differs from all others, which agree. */
export interface OddOne<Item> {
  readonly odd: Item;
  /** The first of the others. */
  readonly other: Item;
  readonly others: readonly Item[];
}

/** The one of several that differs from all others by a key. Of two either may be the odd one, so both are. */
export function oddOnes<Item>(items: Iterable<Item>, keyOf: (item: Item) => string): readonly OddOne<Item>[] {
  const [one = [], another = [], ...more] = grouped(items, keyOf).values();
  return more.length > 0 ? [] : [...oddOf(one, another), ...oddOf(another, one)];
}

function oddOf<Item>([odd, second]: readonly Item[], others: readonly Item[]): readonly OddOne<Item>[] {
  const [other] = others;
  return odd === undefined || other === undefined || second !== undefined ? [] : [{ odd, other, others }];
}
