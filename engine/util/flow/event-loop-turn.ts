import { setImmediate } from 'node:timers/promises';

/** Milliseconds. Whoever sends a signal or waits for an answer should not notice. */
const longestTurn = 100;

/**
 * Work that could go on for long in one piece is cut into turns, between which the process hears signals and answers.
 * By the machine's own time, which decides nothing but when others get their turn.
 */
export interface Turn {
  isOver(): boolean;
  /** Lets others work, and begins the next turn. */
  rest(): Promise<void>;
}

export function startTurn(): Turn {
  let began = performance.now();
  return {
    isOver: () => performance.now() - began > longestTurn,
    async rest() {
      await setImmediate();
      began = performance.now();
    },
  };
}
