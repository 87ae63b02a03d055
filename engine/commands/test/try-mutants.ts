import { runMutants } from '../../conformance/mutants/run-mutants.ts';
import type { SubjectReport } from '../../conformance/report.ts';
import { createSkips } from '../../conformance/skips.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { parseManifest } from '../../manifest/parse.ts';
import { didYouMean } from '../../util/text/did-you-mean.ts';
import type { Environment } from '../environment.ts';
import type { LoadedSubject } from './load-subject.ts';
import type { TestCommandOptions } from './test-run.ts';

/** What a spec says stays as it is when a stream asks differently. */
const otherGroups: ReadonlySet<string> = new Set(['spec']);
const ofSpec: ReadonlySet<string> = new Set(['spec-used']);

interface Tried extends Pick<LoadedSubject, 'subject' | 'testFile' | 'skips'> {
  /** What came of the manifest as it is. */
  readonly report: Pick<SubjectReport, 'checks' | 'tests' | 'remarks' | 'problems'>;
}

/** Tries the mutants of a manifest, once its own tests pass. Throws ConnectorError for options that mean nothing. */
export async function tryMutants(
  { subject, testFile, skips, report }: Tried,
  options: TestCommandOptions,
  environment: Environment,
): Promise<Pick<SubjectReport, 'mutants' | 'remarks'>> {
  const { remarks, tests, checks } = report;
  const { source } = subject.manifest.root.place;
  const tree = source.text === undefined ? undefined : parseManifest({ ...source, text: source.text }).node;
  if (tree === undefined) return { mutants: undefined, remarks };
  if (tests.some(({ status }) => status === 'failed'))
    return {
      mutants: undefined,
      remarks: [...remarks, 'Mutants are tried once the tests of the manifest pass.'],
    };
  const { shard, budget, minScore, stream } = options;
  if (stream !== undefined) await refuseUnknown(stream, subject);
  const { terminal, writeError } = environment;
  const mutants = await runMutants({
    subject,
    tree,
    testFile,
    skips: createSkips(skips),
    checks: checks
      .map(({ check }) => check)
      .filter(({ group, id }) => !otherGroups.has(group) || ofSpec.has(id)),
    specChecks: checks.map(({ check }) => check).filter(({ group }) => group === 'spec'),
    results: checks,
    excuses: testFile?.fields?.mutants ?? {},
    ...(stream && { streams: stream }),
    ...(shard !== undefined && { shard: shardOf(shard) }),
    ...(budget !== undefined && { budget: numberOf('budget', budget) * 1000 }),
    ...(minScore !== undefined && { minScore: numberOf('min-score', minScore, 100) }),
    onResult(_, done, all) {
      if (terminal !== undefined) writeError(done === all ? '\r\u001b[K' : `\rmutant ${done} of ${all}`);
    },
  });
  return { mutants, remarks };
}

async function refuseUnknown(names: readonly string[], subject: LoadedSubject['subject']): Promise<void> {
  const known = (await subject.streams()).map(({ name }) => name);
  for (const name of names)
    if (!known.includes(name))
      throw new ConnectorError(`The manifest has no stream "${name}".${didYouMean(name, known)}`, {
        kind: 'config_error',
      });
}

function shardOf(text: string): { readonly index: number; readonly of: number } {
  const [, index = '', of = ''] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  if (Number(index) >= 1 && Number(index) <= Number(of)) return { index: Number(index), of: Number(of) };
  throw new ConnectorError(`--shard is a part of several, such as 2/4, not "${text}".`, {
    kind: 'config_error',
  });
}

function numberOf(name: string, text: string, most = Number.MAX_SAFE_INTEGER): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= most) return value;
  throw new ConnectorError(`--${name} is a number${most === 100 ? ' from 0 to 100' : ''}, not "${text}".`, {
    kind: 'config_error',
  });
}
