/** A bounded queue between any number of producers, who wait for room, and one consumer. */
export interface Channel<T> extends AsyncIterable<T> {
  /** Resolves when there is room again; rejects when the consumer has gone. */
  push(item: T): Promise<void>;
  /** No more items will come. */
  end(): void;
  fail(error: unknown): void;
}

export class ConsumerGoneError extends Error {}

export function createChannel<T>(capacity: number): Channel<T> {
  let items: T[] = [];
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

  async function* consume(): AsyncGenerator<T> {
    try {
      for (;;) {
        if (items.length > 0) {
          const batch = items;
          items = [];
          wakeProducers();
          for (const item of batch) yield item;
        } else if (state === 'failed') {
          throw failure;
        } else if (state === 'ended') {
          return;
        } else {
          await new Promise<void>((resolve) => {
            wakeConsumer = resolve;
          });
        }
      }
    } finally {
      state = 'closed';
      wakeProducers();
    }
  }

  return {
    async push(item) {
      while (items.length >= capacity && state === 'open') {
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
      if (state === 'closed') throw new ConsumerGoneError('The consumer has stopped reading.');
      items.push(item);
      wake();
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
    [Symbol.asyncIterator]: consume,
  };
}
