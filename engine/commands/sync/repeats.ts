/** Milliseconds until a message that comes again is told again. */
const pause = 10_000;

interface Told {
  at: number;
  /** How often it came, and how often that was when it was told last. */
  times: number;
  toldTimes: number;
}

/**
 * What is logged, for people: at once what is new; what comes again and again every ten seconds, with how often it came.
 * Who waits wants to know for what, and whether it goes on.
 */
export interface Repeats {
  tell(text: string): void;
  /** Tells how often the rest came. */
  end(): void;
}

export function createRepeats(say: (text: string) => void, now: () => number): Repeats {
  const known = new Map<string, Told>();
  function again(text: string, told: Told): void {
    Object.assign(told, { at: now(), toldTimes: told.times });
    say(`${text} (${told.times} times so far)\n`);
  }
  return {
    tell(text) {
      const told = known.get(text);
      if (told === undefined) {
        known.set(text, { at: now(), times: 1, toldTimes: 1 });
        say(`${text}\n`);
        return;
      }
      told.times += 1;
      if (now() - told.at >= pause) again(text, told);
    },
    end() {
      for (const [text, told] of known) if (told.times > told.toldTimes) again(text, told);
    },
  };
}
