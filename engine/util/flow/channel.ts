/** A bounded queue between any number of producers, who wait for room, and one consumer. */
export interface Channel<T> extends AsyncIterable<T> {
  /** Resolves when there is room again; rejects when the consumer has gone. */
  push(item: T): Promise<void>;
  /** No more items will come. */
  end(): void;
  fail(error: unknown): void;
}

export class ConsumerGoneError extends Error {}

const done = Promise.resolve();

/** `onClose` is called when the consumer has had the last item, or wants no more. */
export function createChannel<T>(capacity: number, onClose?: () => void): Channel<T> {
  let items: T[] = [];
  /** What the consumer has taken, and how many of them it has seen. */
  let taken: T[] = [];
  let seen = 0;
  let state: 'open' | 'ended' | 'failed' | 'closed' = 'open';
  let failure: unknown;
  let wakeConsumer: (() => void) | undefined;
  let waiting: (() => void)[] = [];

  function wakeProducers(): void {
    const producers = waiting;
    waiting = [];
    for (const wake of producers) wake();
  }

  function wake(): void {
    wakeConsumer?.();
    wakeConsumer = undefined;
  }

  function close(): void {
    if (state === 'closed') return;
    state = 'closed';
    taken = items = [];
    seen = 0;
    wakeProducers();
    onClose?.();
  }

  async function next(): Promise<IteratorResult<T>> {
    while (seen === taken.length) {
      if (items.length > 0) {
        taken = items;
        seen = 0;
        items = [];
        wakeProducers();
      } else if (state === 'open') {
        await new Promise<void>((resolve) => {
          wakeConsumer = resolve;
        });
      } else {
        const error = state === 'failed' ? { failure } : undefined;
        close();
        if (error !== undefined) throw error.failure;
        return { done: true, value: undefined };
      }
    }
    return { done: false, value: taken[seen++] as T };
  }

  async function pushWhenFree(item: T): Promise<void> {
    while (items.length >= capacity && state === 'open') {
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    if (state === 'closed') throw new ConsumerGoneError('The consumer has stopped reading.');
    items.push(item);
    wake();
  }

  return {
    push(item) {
      if (state !== 'open' || items.length >= capacity) return pushWhenFree(item);
      items.push(item);
      wake();
      return done;
    },
    end() {
      if (state === 'open') state = 'ended';
      wake();
    },
    fail(error) {
      if (state === 'open') {
        state = 'failed';
        failure = error;
      }
      wake();
    },
    // Not a generator, since every page of a sync passes here.
    [Symbol.asyncIterator]: () => ({
      next,
      async return() {
        close();
        return { done: true, value: undefined };
      },
    }),
  };
}
