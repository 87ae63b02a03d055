import { dirname, resolve } from 'node:path';
import { createSubject } from '../conformance/create-subject.ts';
import { compareSubjects } from '../conformance/diff/compare-subjects.ts';
import { diffMarkdown, diffText } from '../conformance/diff/report-diff.ts';
import type { Subject } from '../conformance/subject.ts';
import { fileReader } from '../connector/file-reader.ts';
import { loadWithHooks } from '../connector/load-with-hooks.ts';
import { ConnectorError } from '../error/connector-error.ts';
import type { JsonObject } from '../util/json/json.ts';
import type { Environment } from './environment.ts';
import { readConfig, readInputText } from './read-input.ts';
import { earlierFiles } from './test/earlier-files.ts';

export interface DiffOptions {
  readonly config?: string;
  readonly markdown?: boolean;
  readonly json?: boolean;
  readonly hooks?: readonly string[];
}

/**
 * `diff`: what two manifests do differently. Each is a file, or a git reference such as `git:main`, which stands for the
 * other file as it was then. Resolves to 1 when something is breaking.
 */
export async function diff(
  before: string,
  after: string,
  { config: configPath, markdown, json, hooks = [] }: DiffOptions,
  environment: Environment,
): Promise<number> {
  const config = configPath === undefined ? undefined : await readConfig(configPath);
  const file = [before, after].find((each) => !each.startsWith('git:'));
  if (file === undefined)
    throw new ConnectorError(
      'One of the two has to be a file: a git reference stands for that file as it was.',
      {
        kind: 'config_error',
      },
    );
  const load = (given: string) => subjectOf(given, { file, config, hooks, environment });
  const [was, is] = [await load(before), await load(after)];
  const comparison = await compareSubjects(was, is);
  if (json === true) await environment.write(`${JSON.stringify(comparison, undefined, 2)}\n`);
  else await environment.write(markdown === true ? diffMarkdown(comparison) : diffText(comparison));
  return comparison.differences.some(({ kind }) => kind === 'breaking') ? 1 : 0;
}

interface Given {
  readonly file: string;
  readonly config: JsonObject | undefined;
  readonly hooks: readonly string[];
  readonly environment: Environment;
}

async function subjectOf(given: string, { file, config, hooks, environment }: Given): Promise<Subject> {
  const path = given.startsWith('git:') ? file : given;
  const earlier = given.startsWith('git:') ? await earlierFiles(given, dirname(resolve(file))) : undefined;
  const text =
    earlier === undefined ? await readInputText(path, 'manifest') : await earlier.read(resolve(file));
  if (text === undefined)
    throw new ConnectorError(`${file} was not there at ${given}.`, { kind: 'config_error' });
  const known = await environment.loadHooks(hooks);
  const manifest = await loadWithHooks({ name: path, text }, { hooks: known }, environment.bundledHooks);
  const beside = fileReader([dirname(path)], environment.bundledSchema);
  return createSubject({
    file: path,
    manifest,
    config,
    readFile:
      earlier === undefined
        ? beside
        : async (name) => (await earlier.read(resolve(dirname(file), name))) ?? beside(name),
  });
}
