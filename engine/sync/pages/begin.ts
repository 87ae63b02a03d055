/** The beginning of what comes batch by batch. */
export interface Begun<T> {
  readonly batches: readonly T[];
  /** What follows; undefined when the batches are all there is. */
  readonly rest: AsyncIterable<T> | undefined;
}

/** Items that are looked at before any is handed out: a small answer is known to be whole. */
const beginning = 1000;

/** Reads the first thousand items. Throws what goes wrong in them, while their request may still be repeated. */
export async function begin<T>(source: AsyncIterable<T>, countOf: (batch: T) => number): Promise<Begun<T>> {
  const iterator = source[Symbol.asyncIterator]();
  const batches: T[] = [];
  for (let count = 0; count < beginning; ) {
    const next = await iterator.next();
    if (next.done === true) return { batches, rest: undefined };
    batches.push(next.value);
    count += countOf(next.value);
  }
  return { batches, rest: { [Symbol.asyncIterator]: () => iterator } };
}

/** The beginning, and then the rest. */
export function allOf<T>({ batches, rest }: Begun<T>): AsyncIterable<T> {
  return rest === undefined ? asyncOf(batches) : resumed(batches, rest);
}

async function* resumed<T>(batches: readonly T[], rest: AsyncIterable<T>): AsyncGenerator<T> {
  yield* batches;
  yield* rest;
}

/** Batches that are there already. Not a generator, since every page of a sync passes here. */
export function asyncOf<T>(items: readonly T[]): AsyncIterable<T> {
  return {
    [Symbol.asyncIterator]() {
      const source = items[Symbol.iterator]();
      return { next: async () => source.next(), return: async () => ({ done: true, value: undefined }) };
    },
  };
}
