import type { StreamState } from '../contract/families.ts';
import type { Log } from '../contract/scope.ts';
import { ConnectorError, type ConnectorErrorOptions } from '../error/connector-error.ts';
import type { JsonObject, JsonSchema } from '../util/json/json.ts';
import type { Identity } from './identity.ts';

/** How the records of a stream meet those that are there: added to them, or in their place once all have come. */
export type WriteMode = 'merge' | 'replace';

export interface StreamToWrite {
  readonly schema: JsonSchema;
  /** Paths of the fields that tell its records apart; undefined when none do. */
  readonly key: readonly (readonly string[])[] | undefined;
  readonly mode: WriteMode;
}

/**
 * Where the records of a sync go, with the states that say how far each stream is read: a folder of files, a database. A
 * state is kept together with the records that it covers, or not at all, whenever the process ends. One sync at a time
 * writes to it, always of the same connection.
 */
export interface Destination {
  /** Where each stream was left. */
  readonly states: ReadonlyMap<string, StreamState>;
  /** Which streams are read from the beginning although there were states, and why: sentences for people. */
  readonly startsOver: readonly string[];
  /** The streams that it has records of. */
  readonly holds: readonly string[];
  /** Before the first record of a stream. */
  open(stream: string, options: StreamToWrite): Promise<void>;
  /** Throws RefusedRecords when these records, and so the rest of their stream, are not taken; other streams are. */
  write(stream: string, records: readonly JsonObject[]): Promise<void>;
  /** The same of records that came as lines of JSON, each with its line feed. Once it has ended, their bytes may be used again. */
  writeLines(stream: string, lines: Uint8Array): Promise<void>;
  /** The records written so far are covered by this state. */
  checkpoint(stream: string, state: StreamState): Promise<void>;
  /** All records of the stream have come. */
  complete(stream: string): Promise<void>;
  /**
   * Keeps what is covered by a state, and lets go of the destination. Says which streams were not taken to their end after
   * all, where that came out too late for `write`.
   */
  close(): Promise<Refusals>;
}

/** Why streams are not taken any further. */
export type Refusals = ReadonlyMap<string, RefusedRecords>;

export const noRefusals: Refusals = new Map();

/** What every kind of destination is told. */
export interface DestinationOptions {
  /** What it is filled from. */
  readonly identity: Identity;
  /** Every stream is read from the beginning. */
  readonly fullRefresh?: boolean | undefined;
  /** Of the streams whose records are added to those that are there, the paths by which they are told apart. */
  readonly mergedBy?: ReadonlyMap<string, StreamToWrite['key']> | undefined;
  readonly log: Log;
  /** Which fields are kept of a stream; all of them without it. */
  readonly keepsField?: ((stream: string, field: string) => boolean) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** It is only asked for its states: nothing is made, and nothing changes. */
  readonly dryRun?: boolean | undefined;
}

/** A stream that the destination does not take any further; others it does. Its message is for people. */
export class RefusedRecords extends ConnectorError {
  constructor(
    message: string,
    { kind = 'config_error', cause }: Pick<ConnectorErrorOptions, 'kind' | 'cause'> = {},
  ) {
    super(message, { kind, cause });
  }
}
