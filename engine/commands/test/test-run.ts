import type { Check } from '../../conformance/check.ts';
import type { Hook } from '../../language/hook.ts';
import type { Environment } from '../environment.ts';
import type { Inputs } from './inputs.ts';
import type { KeptStreamsFile } from './kept/kept-streams.ts';
import type { RunMemory } from './run-memory.ts';
import type { ReportOptions } from './write-reports.ts';

export interface TestCommandOptions extends ReportOptions {
  readonly hooks?: readonly string[];
  /** Only these checks, by id. */
  readonly checks?: readonly string[] | false;
  /** Only tests whose stream and name this matches. */
  readonly grep?: string;
  /** Warnings fail. */
  readonly strict?: boolean;
  /** `git:REF`: compare with the manifest as it was there. */
  readonly against?: string;
  /** Runs the tests of a stream again whenever it changes. */
  readonly watch?: boolean;
  /** Rewrites what failing tests expect. */
  readonly update?: boolean;
  /** Changes one decision of the manifest after the other, and reports those that nothing notices. */
  readonly mutate?: boolean;
  /** Only mutants of these streams. */
  readonly stream?: readonly string[];
  /** `2/4`: the second of four parts of the mutants. */
  readonly shard?: string;
  /** Seconds after which no other mutant is begun. */
  readonly budget?: string;
  /** Percent of the mutants that have to be noticed. */
  readonly minScore?: string;
  /** How many threads test, this one among them; as many as there are cores by default, where there is enough to do. */
  readonly workers?: string;
  /** A description of the API. */
  readonly openapi?: string;
  /** False: everything is run, and nothing is kept for the next time. */
  readonly cache?: boolean;
}

/** What is kept of streams, where anything is. */
export interface KeptOfStreams {
  readonly earlier: KeptStreamsFile | undefined;
  keep(streams: KeptStreamsFile): Promise<void>;
}

/** One run of the command. */
export interface TestRun {
  readonly options: TestCommandOptions;
  readonly checks: readonly Check[];
  readonly hooks: readonly Hook[];
  readonly environment: Environment;
  /** How it reads files, where somebody asks later what was read. */
  readonly inputs?: Inputs | undefined;
  /** What an earlier run has found out about the streams of the manifest, and what this one adds. */
  readonly kept?: KeptOfStreams | undefined;
  /** Whether nothing is wrong in the manifest, where another thread has looked. */
  readonly isSound?: (() => boolean) | undefined;
  /** Other threads read the tests: this one reads those that it comes to run. */
  readonly leavesTests?: boolean | undefined;
  /** Of the runs before, where one follows the other. */
  readonly memory?: RunMemory | undefined;
}
