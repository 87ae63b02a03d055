import type { Quiet } from './quiet.ts';

/** What a look at a stream shows, or why it cannot be looked at. */
export type Glimpsed =
  | string
  | {
      readonly paging: string | undefined;
      readonly isEndless: boolean;
      readonly isComplete: boolean;
      /** How many. */
      readonly records: number;
      readonly errors: number;
    };

/** What an earlier run has found out about streams that are still what they were. */
export interface StreamMemory {
  glimpsed(stream: string): Glimpsed | undefined;
  keepGlimpsed(stream: string, glimpsed: Glimpsed): void;
  quiet(check: string, stream: string): readonly Quiet[] | undefined;
  keepQuiet(check: string, stream: string, events: readonly Quiet[]): void;
}
