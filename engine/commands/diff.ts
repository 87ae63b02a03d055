import { createSubject } from '../conformance/create-subject.ts';
import { compareSubjects } from '../conformance/diff/compare-subjects.ts';
import type { Comparison } from '../conformance/diff/difference.ts';
import { diffMarkdown, diffText } from '../conformance/diff/report-diff.ts';
import { firstSpecFile, specFiles } from '../conformance/spec-file.ts';
import type { Subject } from '../conformance/subject.ts';
import { loadWithHooks } from '../connector/load-with-hooks.ts';
import { createRedactor } from '../http/wire/redact.ts';
import { secretsOf } from '../protocol/secrets.ts';
import type { JsonObject } from '../util/json/json.ts';
import type { Environment } from './environment.ts';
import { type GivenManifest, manifestPathOf, readGiven } from './given-manifest.ts';
import { readConfig } from './read-input.ts';

export interface DiffOptions {
  readonly config?: string;
  readonly markdown?: boolean;
  readonly json?: boolean;
  readonly hooks?: readonly string[];
}

/**
 * `diff`: what two manifests do differently. Each is a file, or a git reference such as `git:main`, which stands for the
 * other file as it was then, or `git:main:shop.yaml`. Resolves to 1 when something is breaking.
 */
export async function diff(
  before: string,
  after: string,
  { config: configPath, markdown, json, hooks = [] }: DiffOptions,
  environment: Environment,
): Promise<number> {
  const config = configPath === undefined ? undefined : await readConfig(configPath);
  const path = await manifestPathOf([before, after]);
  // A file that is not there was never there.
  const given = new Map<string, GivenManifest>();
  for (const each of [before, after].sort((a, b) => Number(isGit(a)) - Number(isGit(b))))
    given.set(each, await readGiven(each, path, environment));
  const load = (each: string) => subjectOf(given.get(each) as GivenManifest, { config, hooks, environment });
  const [was, is] = [await load(before), await load(after)];
  const comparison = withoutSecrets(await compareSubjects(was, is), [was, is]);
  if (json === true) await environment.write(`${JSON.stringify(comparison, undefined, 2)}\n`);
  else await environment.write(markdown === true ? diffMarkdown(comparison) : diffText(comparison));
  return comparison.differences.some(({ kind }) => kind === 'breaking') ? 1 : 0;
}

function isGit(given: string): boolean {
  return given.startsWith('git:');
}

/** Requests, errors and records may hold what the config says. */
function withoutSecrets(comparison: Comparison, subjects: readonly Subject[]): Comparison {
  const redactor = createRedactor(
    subjects.flatMap(({ asks, config }) => (asks === undefined ? [] : secretsOf(asks, config))),
  );
  return {
    ...comparison,
    differences: comparison.differences.map((each) => ({ ...each, message: redactor.text(each.message) })),
    unread: comparison.unread.map((each) => ({ ...each, reason: redactor.text(each.reason) })),
  };
}

interface Settings {
  readonly config: JsonObject | undefined;
  readonly hooks: readonly string[];
  readonly environment: Environment;
}

async function subjectOf(
  { name, text, readFile }: GivenManifest,
  { config, hooks, environment }: Settings,
): Promise<Subject> {
  const known = await environment.loadHooks(hooks);
  const manifest = await loadWithHooks({ name, text }, { hooks: known }, environment.bundledHooks);
  const specFile = await firstSpecFile(specFiles, readFile);
  return createSubject({ file: name, manifest, config, readFile, specFile });
}
