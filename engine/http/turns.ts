/** Runs one piece of work at a time, in the order in which they came. */
export type Turns = <T>(turn: () => Promise<T>) => Promise<T>;

export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return (turn) => {
    const result = last.then(turn, turn);
    last = result.catch(() => {});
    return result;
  };
}
