import type { ToldWindow } from '../../../contract/rate-limit-store.ts';

export interface LocalNow {
  /** The part of each window that is this process's. */
  readonly share: number;
  readonly underWay: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What a process knows by itself of a limit that it shares with others, for times without them. */
export interface LocalShare {
  /** Milliseconds until it is worth asking again; undefined when a call may be made. */
  wait(now: LocalNow): number | undefined;
  sent(): void;
  answered(window: ToldWindow | undefined, now: number): void;
}

/** Milliseconds in which the next answer is likely to come. */
const soon = 50;

export function createLocalShare(): LocalShare {
  let window: ToldWindow | undefined;
  let hasAnswered = false;
  /** Calls of this process since the window began. */
  let used = 0;
  return {
    wait({ share, underWay, now }) {
      if (window === undefined) return hasAnswered || underWay === 0 ? undefined : soon;
      // The first call after a window goes alone.
      if (now > window.endsAt) return underWay === 0 ? undefined : soon;
      const whole = window.limit ?? window.remaining + used;
      if (used >= Math.max(1, Math.floor(whole * share)) || window.remaining <= 0)
        return window.endsAt - now + 1;
      return window.remaining - underWay > 0 ? undefined : soon;
    },
    sent() {
      used += 1;
    },
    answered(told, now) {
      hasAnswered = true;
      if (told === undefined || (window !== undefined && told.id < window.id)) return;
      if (told.id !== window?.id) {
        window = told;
        used = 1;
        return;
      }
      const remaining = Math.min(window.remaining, told.remaining);
      // By the API's clock the window goes on.
      const endsAt = window.endsAt <= now && remaining === 0 ? now + 1000 : window.endsAt;
      window = { ...window, remaining, endsAt };
    },
  };
}
