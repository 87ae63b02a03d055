import type { HttpResponse } from './http-response.ts';
import type { RequestParts } from './request-parts.ts';

// How a request gets its credentials.

/** A request about to be sent; authenticators change it in place. `body` is already serialised. */
export interface OutgoingRequest {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body?: string | Uint8Array;
  /** What the URLs of its API begin with, for authenticators that log in there. */
  readonly baseUrl?: (() => string) | undefined;
}

export interface Authenticator {
  /** Adds credentials. May fetch or refresh a token first. */
  authenticate(request: OutgoingRequest): Promise<void> | void;
  /**
   * Adds credentials that belong in the request before it is serialised (`inject_into: body_json` keys and the like).
   */
  addTo?(parts: RequestParts): Promise<void> | void;
  /**
   * Replaces the token, or drops it so that the next `authenticate` fetches a new one. Keeps it when `rejected` was
   * sent with an older one. Absent where nothing can be refreshed.
   */
  refresh?(rejected?: OutgoingRequest): Promise<void> | void;
  /** Lets an authenticator learn from every response (quota headers, rotated tokens). */
  observe?(response: HttpResponse, request: OutgoingRequest): Promise<void> | void;
  /** True when a rate-limited request need not wait, because its credential is spent and another one is not. */
  hasAlternative?(rejected: OutgoingRequest): boolean;
  /** The bare credential, for flows that send it elsewhere (the assertion of an OAuth profile). */
  token?(): Promise<string> | string;
}

export interface SessionTokenAuthentication {
  authenticator(token: () => Promise<string>): Authenticator;
}

export interface QuotaStatusSource {
  /** The quotas of the token in these headers; undefined when the API says that it has none. */
  fetch(credentials: Readonly<Record<string, string>>): Promise<unknown>;
}

/** One pool of calls that every token has. Paths lead into the quota status, header names are those of any response. */
export interface TokenQuota {
  readonly name: string;
  /** A pool without matchers takes every request that no other pool takes. */
  readonly isDefault: boolean;
  matches(request: OutgoingRequest): boolean;
  readonly remainingPath: readonly string[];
  readonly resetPath: readonly string[];
  readonly limitPath: readonly string[] | undefined;
  readonly remainingHeader: string | undefined;
  readonly resetHeader: string | undefined;
  readonly limitHeader: string | undefined;
  readonly exhaustionStatusCodes: readonly number[];
}
