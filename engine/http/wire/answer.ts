import type { ResponseHeaders } from '../../contract/http-response.ts';
import type { Parts } from '../../util/bytes/parts.ts';

/** What came before the body, and how that is read. */
export interface Answer {
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** The lines of `Set-Cookie`, which must not be joined. */
  readonly cookies: readonly string[];
  readonly body: AnswerBody;
}

export interface AnswerBody {
  whole(): Promise<Parts>;
  chunks(): AsyncIterable<Uint8Array>;
  /** Frees the connection. */
  discard(): Promise<void>;
  /** Ends the connection. */
  destroy(): void;
}
