import type { StreamState } from '../contract/families.ts';
import type { LineFormat } from '../contract/lines.ts';

export interface ReadStreamsOptions {
  /** The streams to read, by name, in this order. */
  readonly streams: readonly {
    readonly name: string;
    readonly cursorField?: string | readonly string[] | undefined;
  }[];
  /** Where each stream was left; one without a state is read from its beginning. */
  readonly states?: ReadonlyMap<string, StreamState> | undefined;
  readonly signal?: AbortSignal | undefined;
  /** How the records of a stream are written as lines, for those who only pass them on: events may then have `lines`. */
  readonly lines?: ((stream: string) => LineFormat) | undefined;
  /** Of records that come as lines, a state is due after so many bytes too, where a slice is long. */
  readonly bytesPerState?: number | undefined;
}

export interface RecordOptions {
  /** Where the stream was left before; without it, it is read from its beginning. */
  readonly state?: StreamState | undefined;
  /** The cursor field, where the stream leaves the choice. */
  readonly cursorField?: string | undefined;
  /** Ends the reading; its reason is thrown. */
  readonly signal?: AbortSignal | undefined;
  /** Called with each state that is reached, after all records that it covers have been taken. */
  readonly onState?: ((state: StreamState) => void) | undefined;
}
