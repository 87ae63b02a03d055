/** Runs one piece of work at a time, in the order in which they came. */
export type SerialQueue = <T>(turn: () => Promise<T>) => Promise<T>;

export function createSerialQueue(): SerialQueue {
  let last: Promise<unknown> = Promise.resolve();
  return (turn) => {
    const result = last.then(turn, turn);
    last = result.catch(() => {});
    return result;
  };
}
