import type { SeenByStream } from '../../conformance/coverage/collector.ts';
import type { TestResult } from '../../conformance/test-file/run-test.ts';
import type { NotedInput } from './inputs.ts';
import type { SentReport } from './sent-report.ts';
import type { SharedWork } from './shared-work.ts';
import type { TestCommandOptions } from './test-run.ts';
import type { Testable } from './testables.ts';

/** Threads that take pieces of the work beside this one. */
export interface Helpers {
  readonly work: SharedWork;
  /** What they have done, once nothing is left to be taken. Throws what one of them has thrown. */
  results(): Promise<readonly HelperResult[]>;
  /** Ends them. */
  close(): Promise<void>;
}

/** Threads for those tests of a manifest that are left to be run; none where that is not worth it. */
export type FindHelpers = (left: readonly number[]) => Promise<Helpers | undefined>;

/** What a thread is given to do. */
export interface HelperTask {
  /** Several: each is a piece of the work. One: its tests are. */
  readonly testables: readonly Testable[];
  /** Of its tests those that are left to be run, by their numbers; absent when all are. */
  readonly left?: readonly number[] | undefined;
  readonly options: TestCommandOptions;
  readonly memory: SharedArrayBuffer;
  readonly pieces: number;
  /** The number of this thread. */
  readonly thread: number;
}

/** What it has done, by the numbers of the pieces. */
export interface HelperResult {
  readonly reports: ReadonlyMap<number, HelpedReport>;
  readonly tests: ReadonlyMap<number, TestResult>;
  readonly seen: SeenByStream | undefined;
  /** What was read for the tests. */
  readonly inputs: readonly NotedInput[] | undefined;
}

export interface HelpedReport {
  readonly report: SentReport;
  /** What was read for it. */
  readonly inputs: readonly NotedInput[] | undefined;
}
