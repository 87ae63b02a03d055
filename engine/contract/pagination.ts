import type { Place } from '../error/place.ts';
import type { PyTimedelta } from '../time/timedelta.ts';
import type { JsonObject } from '../util/json/json.ts';
import type { PageStopReason } from './decision.ts';
import type { HttpResponse } from './http-response.ts';
import type { RequestParts } from './request-parts.ts';
import type { RequestContext } from './requests.ts';
import type { Slice, Token } from './slice.ts';

// How the next page is found and requested.

/** What a pagination strategy may look at after a page was read. */
export interface PageResult {
  readonly response: HttpResponse;
  /** The first document, or `{}` for streaming decoders. It was decoded with the records. */
  document(): Promise<unknown>;
  /** Records emitted from this page, which filters may have made fewer. Paging looks at `extractedCount`. */
  readonly recordCount: number;
  /** Records extracted from this page, before filters. */
  readonly extractedCount: number;
  /** The last one that was extracted, in its final form, whether or not a filter left it out. */
  readonly lastRecord: JsonObject | undefined;
  readonly slice: Slice | undefined;
  /** The page size that was requested, when it is not the strategy's own. */
  readonly pageSize?: number | undefined;
  /** Whoever returns no token may say why, and where the manifest says so. Absent when nobody listens. */
  readonly stopped?: ((reason: PageStopReason, place: Place) => void) | undefined;
}

/** What a paginator puts into a request. */
export interface PageContext extends RequestContext {
  /** The page size to request instead of the strategy's own. */
  readonly pageSize?: number | undefined;
}

/**
 * Pure: it is given the current token and returns the next one. The token itself lives in the loop of `sync/pages/pages.ts`.
 */
export interface PaginationStrategy {
  /** The token of the first request, when the first request carries one. */
  readonly firstToken: unknown;
  nextToken(page: PageResult, token: unknown): Promise<unknown> | unknown;
  readonly pageSize: number | undefined;
}

export interface Paginator {
  first(): Token | undefined;
  /** Undefined ends the slice. */
  next(page: PageResult, token: Token | undefined): Promise<Token | undefined> | Token | undefined;
  addTo(parts: RequestParts, context: PageContext): void;
  /** The path or URL of the next page when the token is one (`RequestPath`). */
  path(token: Token | undefined, slice: Slice | undefined): string | undefined;
  /** The size of its pages, when it has one. */
  readonly pageSize?: number | undefined;
  /** It asks for more than one page where there are more; false where it never does. */
  readonly paginates?: boolean | undefined;
}

export interface PaginationReset {
  readonly action: 'SPLIT_USING_CURSOR' | 'RESET';
  readonly recordLimit: number | undefined;
}

/** How pages get smaller when the API asks for that. */
export interface PageSizeReduction {
  /** The page size is divided by this. */
  readonly factor: number;
  readonly minimum: number;
  /** Reductions without a page in between. */
  readonly maxAttempts: number;
  /** Grows with every attempt. */
  readonly backoffSeconds: number;
  /** How often a page of the least size is requested again. */
  readonly retriesAtMinimum: number;
  readonly failureMessage: string | undefined;
  /** The paginator's own size is used again after every page that could be read. */
  readonly isRestoredAfterPage: boolean;
}

/** How windows are split when the API asks for that. */
export interface RequestWindowSplitting {
  /** A window of this length is not split. */
  readonly minimum: PyTimedelta | undefined;
  readonly failureMessage: string | undefined;
}
