import { loadManifest } from '../../connector/load-manifest.ts';
import { isConnectorError } from '../../error/connector-error.ts';
import type { ManifestNode } from '../../manifest/node.ts';
import type { Check } from '../check.ts';
import { type CheckResult, runCheck } from '../run-checks.ts';
import type { Skips } from '../skips.ts';
import type { Subject } from '../subject.ts';
import type { ReadTestFile } from '../test-file/read-test-file.ts';
import { runTest } from '../test-file/run-test.ts';
import { createExcuses, type Excuse, type ExcuseTable } from './excuses.ts';
import { findMutants, type Mutant } from './find-mutants.ts';

/** What came of one mutant. */
export interface MutantResult {
  readonly mutant: Mutant;
  /** `noticed`: something failed. `excused`: nothing did, and the test file says why. `not-run`: time was over. */
  readonly verdict: 'noticed' | 'survived' | 'excused' | 'not-run';
  /** The test, the check or the mistake by which it was noticed. */
  readonly noticedBy?: string;
  readonly reason?: string;
}

export interface MutantsReport {
  /** The score that is asked for, in percent. */
  readonly minScore: number;
  readonly results: readonly MutantResult[];
  /** Excuses of mutants that something notices, or that are none. Empty when not all were tried. */
  readonly idle: readonly Excuse[];
  /** Milliseconds. */
  readonly took: number;
}

export interface MutantOptions {
  readonly subject: Subject;
  /** The manifest as it is written, before references are followed. */
  readonly tree: ManifestNode;
  readonly testFile: ReadTestFile | undefined;
  readonly checks: readonly Check[];
  /** Those of the spec, which only mutants of it are shown to. */
  readonly specChecks?: readonly Check[];
  /** What came of the checks without any mutant: what is wrong anyway shows nothing. */
  readonly results: readonly CheckResult[];
  readonly skips: Skips;
  readonly excuses: ExcuseTable;
  /** Only mutants of these streams; of all without it. */
  readonly streams?: readonly string[];
  /** Only those of one part of several: 1 of 4 are the first, fifth, ninth …. */
  readonly shard?: { readonly index: number; readonly of: number };
  /** The score that is asked for, in percent: all of them by default. */
  readonly minScore?: number;
  /** Milliseconds after which no other mutant is begun. */
  readonly budget?: number;
  /** Told of each, as it is known. */
  readonly onResult?: (result: MutantResult, done: number, all: number) => void;
}

/**
 * Runs the tests and checks of a manifest against its mutants: those of the streams that a mutant concerns, tests first, up
 * to the first that fails. A mutant that nothing notices is a decision that no test holds on to.
 */
export async function runMutants(options: MutantOptions): Promise<MutantsReport> {
  const { subject, tree, budget = Number.POSITIVE_INFINITY, onResult } = options;
  const started = performance.now();
  const excuses = createExcuses(options.excuses);
  const all = findMutants(tree, subject.source).filter((mutant) => canBeSeen(mutant, options));
  const chosen = choose(all, options);
  const known = knownViolations(options);
  const results: MutantResult[] = [];
  const used = new Set<Excuse>();
  for (const mutant of chosen) {
    const result =
      performance.now() - started > budget
        ? ({ mutant, verdict: 'not-run' } as const)
        : await judge(mutant, options, known, excuses.for(mutant), used);
    results.push(result);
    onResult?.(result, results.length, chosen.length);
  }
  const isWhole =
    options.streams === undefined &&
    options.shard === undefined &&
    results.every(({ verdict }) => verdict !== 'not-run');
  const idle = isWhole ? excuses.all.filter((excuse) => !used.has(excuse)) : [];
  return { minScore: options.minScore ?? 100, results, idle, took: performance.now() - started };
}

/** A spec is looked at by its checks, and a check by tests without a stream: where there are none, nobody has said anything of it. */
function canBeSeen(mutant: Mutant, options: MutantOptions): boolean {
  if (mutant.part === 'spec') return checksFor(mutant, options).length > 0;
  const tests = options.testFile?.fields?.tests ?? [];
  return mutant.part === undefined || tests.some(({ stream }) => stream === undefined);
}

function choose(
  all: readonly Mutant[],
  { streams, shard }: Pick<MutantOptions, 'streams' | 'shard'>,
): readonly Mutant[] {
  const wanted =
    streams === undefined
      ? all
      : all.flatMap((mutant) => {
          const concerned = new Set(streams.filter((name) => mutant.streams.has(name)));
          return concerned.size === 0 ? [] : [{ ...mutant, streams: concerned }];
        });
  return shard === undefined ? wanted : wanted.filter((_, index) => index % shard.of === shard.index - 1);
}

async function judge(
  mutant: Mutant,
  options: MutantOptions,
  known: ReadonlySet<string>,
  excuse: Excuse | undefined,
  used: Set<Excuse>,
): Promise<MutantResult> {
  const noticedBy = await whatNotices(mutant, options, known);
  if (noticedBy !== undefined) return { mutant, verdict: 'noticed', noticedBy };
  if (excuse === undefined) return { mutant, verdict: 'survived' };
  used.add(excuse);
  return { mutant, verdict: 'excused', reason: excuse.reason };
}

async function whatNotices(
  mutant: Mutant,
  options: MutantOptions,
  known: ReadonlySet<string>,
): Promise<string | undefined> {
  const { subject, testFile, skips } = options;
  let altered: Subject;
  try {
    const manifest = loadManifest(subject.manifest.root.place.source, { tree: mutant.tree() });
    const mistake = manifest.diagnostics.find(({ severity }) => severity === 'error');
    if (mistake !== undefined) return `validate: ${mistake.message}`;
    altered = subject.altered(
      { ...manifest, registry: subject.manifest.registry },
      mutant.part === undefined ? mutant.streams : undefined,
    );
  } catch (error) {
    if (!isConnectorError(error)) throw error;
    return `validate: ${error.message}`;
  }
  const { fields, node } = testFile ?? {};
  if (fields !== undefined && node !== undefined)
    for (const [index, test] of (fields.tests ?? []).entries()) {
      if (test.stream !== undefined && !mutant.streams.has(test.stream)) continue;
      const { status } = await runTest(test, index, { subject: altered, file: fields, node });
      if (status === 'failed')
        return `test: ${test.stream === undefined ? '' : `${test.stream}: `}${test.name}`;
    }
  for (const check of checksFor(mutant, options)) {
    const { violations } = await runCheck(altered, check, skips);
    for (const { severity = check.severity, stream } of violations)
      if (severity === 'error' && !known.has(violationKey(check, stream)))
        return `check: ${check.id}${stream === undefined ? '' : ` of ${stream}`}`;
  }
  return undefined;
}

function checksFor(mutant: Mutant, { checks, specChecks = [] }: MutantOptions): readonly Check[] {
  const all = mutant.part === 'spec' ? specChecks : checks;
  return mutant.checks === undefined ? all : all.filter(({ id }) => mutant.checks?.includes(id) === true);
}

/** What is wrong without any mutant. */
function knownViolations({ results }: MutantOptions): ReadonlySet<string> {
  return new Set(
    results.flatMap(({ check, violations }) => violations.map(({ stream }) => violationKey(check, stream))),
  );
}

function violationKey({ id }: Check, stream = ''): string {
  return `${id} ${stream}`;
}
