import type { Dispatcher } from 'undici';

export interface TransportSettings {
  /** Sends all requests, whatever the other settings say about connections; whoever made it closes it. */
  readonly dispatcher?: Dispatcher | undefined;
  /** Value of `User-Agent` unless the manifest sets one. */
  readonly userAgent?: string;
  /**
   * Milliseconds until a connection is made, until the first byte of the answer, and between two chunks of its body.
   */
  readonly connectTimeout?: number;
  readonly headersTimeout?: number;
  readonly bodyTimeout?: number;
  /** Where `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` (either case) are read from. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}
