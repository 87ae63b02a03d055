import type { ErrorKind } from '../error/connector-error.ts';
import type { OutgoingRequest } from './authentication.ts';
import type { HttpResponse } from './http-response.ts';

// What to do about a response that is not a success, and how often the API may be called.

/** The request must not be repeated as it is: whoever reads the pages asks in another way. */
export type PageAction = 'RESET_PAGINATION' | 'REDUCE_PAGE_SIZE' | 'SPLIT_REQUEST_WINDOW';

export type ResponseAction =
  | 'SUCCESS'
  | 'RETRY'
  | 'FAIL'
  | 'IGNORE'
  | PageAction
  | 'RATE_LIMITED'
  | 'REFRESH_TOKEN_THEN_RETRY';

export interface ErrorResolution {
  readonly action: ResponseAction;
  readonly failureType?: ErrorKind;
  readonly message?: string;
  /** The message says why there is no response. */
  readonly givesReason?: boolean;
}

/** A response, or what the transport threw instead. */
export type Outcome = { readonly response: HttpResponse } | { readonly error: Error };

export interface ErrorHandler {
  resolve(outcome: Outcome): Promise<ErrorResolution>;
  /** Seconds to wait before attempt `attempt + 1` (the first attempt is 1); undefined leaves it to the default backoff. */
  backoff(outcome: Outcome, attempt: number): Promise<number | undefined>;
  /** Retries after the first attempt; undefined is the engine's default. */
  readonly maxRetries: number | undefined;
  /** Seconds in total; undefined is the engine's default. */
  readonly maxTime?: number;
}

export interface ResponseFilter {
  /** Undefined when the filter does not match. */
  match(outcome: Outcome): Promise<ErrorResolution | undefined>;
}

export interface BackoffStrategy {
  /** Seconds, or undefined when this strategy has no answer (a header is absent). */
  backoff(outcome: Outcome, attempt: number): Promise<number | undefined> | number | undefined;
}

export interface RequestMatcher {
  matches(request: OutgoingRequest): boolean;
  /** How many calls this request counts for. */
  weight(request: OutgoingRequest): number;
}

export interface CallRatePolicy {
  matches(request: OutgoingRequest): boolean;
  /** Resolves when the call may be made. */
  acquire(request: OutgoingRequest, signal?: AbortSignal): Promise<void>;
  /** Learns from the API: calls left in the window, and when it resets (ms since epoch). */
  update(availableCalls: number | undefined, resetsAt: number | undefined): void;
}

export interface ApiBudget {
  acquire(request: OutgoingRequest, signal?: AbortSignal): Promise<void>;
  observe(request: OutgoingRequest, response: HttpResponse): void;
}
