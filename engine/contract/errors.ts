import type { ErrorKind } from '../error/connector-error.ts';
import type { Place } from '../error/place.ts';
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

/** The fields of a response filter that can match an answer. */
export type FilterCriterion = 'http_codes' | 'predicate' | 'error_message_contains';

export interface ErrorResolution {
  readonly action: ResponseAction;
  readonly failureType?: ErrorKind;
  readonly message?: string;
  /** The message says why there is no response. */
  readonly givesReason?: boolean;
  /** The message is the manifest's own: it is what the user reads, and nothing is added to it. */
  readonly isOwnMessage?: boolean;
  /** The filter that decided, and which of its fields matched; absent for the default meaning of a status. */
  readonly matched?: { readonly place: Place; readonly by: FilterCriterion };
}

/** A response, or what the transport threw instead. */
export type Outcome = { readonly response: HttpResponse } | { readonly error: Error };

export interface ErrorHandler {
  resolve(outcome: Outcome): Promise<ErrorResolution> | ErrorResolution;
  /**
   * Seconds to wait before attempt `attempt + 1` (the first attempt is 1); undefined leaves it to the default backoff.
   * `tell` is told which strategy has decided.
   */
  backoff(outcome: Outcome, attempt: number, tell?: TellStrategy): Promise<number | undefined>;
  /** Retries after the first attempt; undefined is the engine's default. */
  readonly maxRetries: number | undefined;
  /** Seconds in total; undefined is the engine's default. */
  readonly maxTime?: number;
}

/** Told where the strategy is written whose answer counts. */
export type TellStrategy = (place: Place) => void;

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
  update(availableCalls: number | undefined, resetsAt: number | undefined, request: OutgoingRequest): void;
}

export interface ApiBudget {
  acquire(request: OutgoingRequest, signal?: AbortSignal): Promise<void>;
  observe(request: OutgoingRequest, response: HttpResponse): void;
}
