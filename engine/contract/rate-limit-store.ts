import type { OutgoingRequest } from './families.ts';

/** Where processes that use one API with the same credentials keep what they must agree on. */
export interface RateLimitStore {
  /**
   * Whose limit a request counts against: the same text for the same host and credentials in every process, and one from
   * which nobody learns the credentials.
   */
  keyOf(request: OutgoingRequest): string;
  /** A limit of which the API's answers tell how much is left, and until when. */
  toldLimit(key: string): ToldLimit;
  /** A limit that a manifest declares; `key` is the same wherever it counts together. */
  declaredLimit(key: string, declared: DeclaredRates): DeclaredLimit;
  /** One process at a time holds a lock of this name. Resolves to what gives it back. */
  lock(name: string, options?: LockOptions): Promise<() => Promise<void>>;
  /** Lets go of everything. */
  close(): Promise<void>;
}

/** So many calls in an interval of so many milliseconds. */
export interface CallRate {
  readonly limit: number;
  readonly interval: number;
}

/** In any interval of each of these lengths, or in windows one after the other, whose ends the API may tell. */
export type DeclaredRates =
  | { readonly kind: 'moving'; readonly rates: readonly CallRate[] }
  | { readonly kind: 'fixed'; readonly rate: CallRate };

export interface DeclaredLimit {
  /** Resolves when `weight` calls may be made, with all that other processes make. Rejects when the signal aborts. */
  acquire(weight: number, signal?: AbortSignal): Promise<void>;
  /** What an answer says: how many calls are left, and when all of them are back (ms since the epoch). */
  update(availableCalls: number | undefined, resetsAt: number | undefined): void;
}

export interface LockOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called once when another process has it. */
  readonly onWait?: () => void;
}

export interface ToldLimit {
  /** Resolves when one more call may be made; in the order in which it is called. Rejects when the signal aborts. */
  acquire(signal?: AbortSignal): Promise<SharedCall>;
}

/** A call that is under way. It counts against the limit until it is told how it ended. */
export interface SharedCall {
  /** The answer has come, with what it says of its window. Resolves to this process's part of what is left. */
  answered(window: ToldWindow | undefined): Promise<number | undefined>;
  /** There will be no answer. */
  failed(): Promise<void>;
}

/** What an answer says of the window that its call was counted in. */
export interface ToldWindow {
  /** Tells windows apart: the later one has the greater number. */
  readonly id: number;
  readonly remaining: number;
  /** Calls in a whole window, where it says so. */
  readonly limit?: number | undefined;
  /** Milliseconds since the epoch, by this process's clock. */
  readonly endsAt: number;
}
