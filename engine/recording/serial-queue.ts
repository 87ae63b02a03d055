import { setImmediate as nextRound } from 'node:timers/promises';

/** Rounds of the event loop in which everything that one event sets off has come to its next wait. */
const rounds = 4;

/** Lets things happen one at a time: the next only when all that the last one has set off waits again. */
export interface SerialQueue {
  /** Resolves when it is the turn of this one: the lowest number first, among those that are waiting. */
  take(number: number): Promise<void>;
}

/** `settled` is awaited before each turn: what is still being written, for example. */
export function createSerialQueue(settled: () => Promise<void> = async () => {}): SerialQueue {
  const waiting = new Map<number, () => void>();
  let isRunning = false;

  async function run(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    while (waiting.size > 0) {
      for (let round = 0; round < rounds; round++) await nextRound();
      await settled();
      const first = Math.min(...waiting.keys());
      const go = waiting.get(first);
      waiting.delete(first);
      go?.();
    }
    isRunning = false;
  }

  return Object.freeze({
    take: (number: number) =>
      new Promise<void>((resolve) => {
        waiting.set(number, resolve);
        void run();
      }),
  });
}
