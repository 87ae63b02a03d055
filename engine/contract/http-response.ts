/** One HTTP response. The body is read at most once from the wire and kept only when someone asks for all of it. */
export interface HttpResponse {
  readonly url: string;
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** The error handler said IGNORE: the body may still contain records. */
  readonly ignored: boolean;
  /** A response filter has named it a success: its body is what the manifest expects, whatever it says. */
  readonly isMeant?: boolean;
  /** Whole body; repeated calls share the bytes. */
  bytes(): Promise<Uint8Array>;
  /** The same in the pieces in which it came, for those who go through it once. */
  parts(): Promise<readonly Uint8Array[]>;
  text(): Promise<string>;
  /** Parsed body, integers beyond 2^53 as bigint; throws SyntaxError when it is not JSON. Parsed once. */
  json(): Promise<unknown>;
  /** The body in chunks: straight from the wire, or from the buffered bytes when they have been asked for. */
  stream(): AsyncIterable<Uint8Array>;
  /** Frees the connection of a body that is not wanted. */
  discard(): Promise<void>;
}

/** A response with what a decoder finds in it. */
export interface DecodedResponse {
  readonly response: HttpResponse;
  /** Batches of documents, for whoever looks for the records. A body that is read as it arrives gives them once. */
  documents(): AsyncIterable<readonly unknown[]>;
  /** `{}` when there is none, or when the body is read as it arrives. Costs nothing once the documents were read. */
  firstDocument(): Promise<unknown>;
}

export interface ResponseHeaders {
  /** Case-insensitive. Several values are joined with ", ". */
  get(name: string): string | undefined;
  entries(): Iterable<readonly [name: string, value: string]>;
}
