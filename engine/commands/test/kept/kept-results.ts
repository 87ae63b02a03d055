import type { SubjectReport } from '../../../conformance/report.ts';
import { tryTo } from '../../../util/flow/try-to.ts';
import type { Environment } from '../../environment.ts';
import { askedAgain, digestOf, type NotedInput, openInputs } from '../inputs.ts';
import type { TestCommandOptions } from '../test-run.ts';
import type { Testable } from '../testables.ts';
import { keptFiles } from './kept-files.ts';
import type { KeptStreamsFile } from './kept-streams.ts';
import { surroundingsOf } from './surroundings.ts';
import { inputsOf, readReport, writtenReport } from './written-report.ts';

/**
 * Results of earlier runs. A test has a clock of its own, no network and no chance in it: with the same program and the same
 * files it comes out the same, whether it passes or fails.
 */
export interface KeptResults {
  /** The report of the last run of the same; undefined when there was none, or when anything of it is another now. */
  find(testable: Testable): Promise<SubjectReport | undefined>;
  /** Keeps a report, if it depends on nothing but `inputs`. */
  keep(testable: Testable, report: SubjectReport, inputs: readonly NotedInput[] | undefined): Promise<void>;
  /** What is kept of the streams of a manifest; undefined when nothing is, or when a file besides the manifest has changed. */
  earlierStreams(testable: Testable): Promise<KeptStreamsFile | undefined>;
  keepStreams(testable: Testable, streams: KeptStreamsFile): Promise<void>;
  /** Removes old ones. */
  tidy(): Promise<void>;
}

/** What a system says where it is short of something: next time there may be enough of it. */
const machineFailed = /\bE(?:ACCES|AGAIN|DQUOT|IO|MFILE|NFILE|NOMEM|NOSPC|PERM|ROFS)\b/;

/** Undefined where results are not to be kept. */
export function openKeptResults(
  options: TestCommandOptions,
  environment: Environment,
): KeptResults | undefined {
  const { cache, update, mutate, watch, against, hooks = [] } = options;
  const { keeps } = environment;
  const asksForMore = update === true || mutate === true || watch === true || against !== undefined;
  // A hook of somebody's own may look at the time, or at anything else.
  if (keeps === undefined || cache === false || asksForMore || hooks.length > 0) return undefined;
  const program = keeps.program();
  if (program === undefined) return undefined;
  const files = keptFiles(keeps.folder, () => Date.now());
  const nameOf = (testable: Testable) => digestOf(surroundingsOf(testable, options, program));
  // Whatever checks and tests are chosen, of each stream the same comes out.
  const streamsNameOf = (testable: Testable) => `${digestOf(surroundingsOf(testable, {}, program))}.streams`;

  return Object.freeze<KeptResults>({
    async find(testable) {
      const written = await files.read(nameOf(testable));
      if (written === undefined) return undefined;
      const inputs = tryTo(() => inputsOf(written));
      const texts = inputs && (await askedAgain(inputs, openInputs(environment)).catch(() => undefined));
      return texts && tryTo(() => ({ ...readReport(written, texts), isKept: true }));
    },
    async keep(testable, report, inputs) {
      const written = inputs && writtenReport(report, inputs);
      if (written !== undefined && !machineFailed.test(written)) await files.write(nameOf(testable), written);
    },
    async earlierStreams(testable) {
      const written = await files.read(streamsNameOf(testable));
      const read = written && tryTo((): KeptStreamsFile => JSON.parse(written));
      if (!read) return undefined;
      const texts = await askedAgain(read.inputs, openInputs(environment)).catch(() => undefined);
      return texts && read;
    },
    async keepStreams(testable, streams) {
      const written = JSON.stringify(streams);
      if (!machineFailed.test(written)) await files.write(streamsNameOf(testable), written);
    },
    tidy: files.tidy,
  });
}
