import type { JsonObject } from '../../util/json.ts';
import type { HttpResponse } from '../http-response.ts';
import type { RequestParts } from '../request-parts.ts';
import type { Slice, Token } from '../slice.ts';
import type { RequestContext } from './requests.ts';

// How the next page is found and requested.

/** What a pagination strategy may look at after a page was read. */
export interface PageResult {
  readonly response: HttpResponse;
  /** The decoded first document, or `{}` for streaming decoders. Decoded once. */
  document(): Promise<unknown>;
  /** Records emitted from this page. */
  readonly recordCount: number;
  /** Records extracted from this page, before filters. */
  readonly extractedCount: number;
  readonly lastRecord: JsonObject | undefined;
  readonly slice: Slice | undefined;
}

/**
 * Pure: it is given the current token and returns the next one. The token itself lives in the loop of sync/pages.ts.
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
  next(page: PageResult, token: Token | undefined): Promise<Token | undefined>;
  addTo(parts: RequestParts, context: RequestContext): void;
  /** The path or URL of the next page when the token is one (`RequestPath`). */
  path(token: Token | undefined, slice: Slice | undefined): string | undefined;
}

export interface PaginationReset {
  readonly action: 'SPLIT_USING_CURSOR' | 'RESET';
  readonly recordLimit: number | undefined;
}
