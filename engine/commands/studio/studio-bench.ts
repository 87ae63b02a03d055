import { dirname, resolve } from 'node:path';
import { fileReader } from '../../connector/file-reader.ts';
import type { Manifest } from '../../connector/load-manifest.ts';
import { loadWithHooks } from '../../connector/load-with-hooks.ts';
import { ConnectorError, hasCode } from '../../error/connector-error.ts';
import { createRedactor } from '../../http/wire/redact.ts';
import { testTooLarge } from '../../preview/make-test.ts';
import { secretsOf } from '../../protocol/secrets.ts';
import { specificationIn } from '../../protocol/specification.ts';
import type { Bench, FinishedRead, OpenedManifest } from '../../studio/bench.ts';
import type { JsonObject } from '../../util/json/json.ts';
import type { Environment } from '../environment.ts';
import { acceptSchema } from '../preview/accept-schema.ts';
import type { OpenedForPreview } from '../preview/open-preview.ts';
import { saveTest } from '../preview/save-test.ts';
import { readConfig } from '../read-input.ts';
import { replaceFile } from '../replace-file.ts';
import { runTests } from './run-tests.ts';
import { createSimulation } from './simulation.ts';

export interface BenchOptions {
  readonly file: string;
  readonly config: string | undefined;
  readonly isSimulated: boolean;
  readonly hooks: readonly string[];
}

/** The tools of the command line, for the studio. Hooks are those of the command line: the page loads none. */
export async function createBench(options: BenchOptions, environment: Environment): Promise<Bench> {
  const file = resolve(options.file);
  const hooks = await environment.loadHooks(options.hooks);
  const simulation = options.isSimulated ? createSimulation(environment) : undefined;
  let entered: JsonObject | undefined;
  const files = fileReader([dirname(file)], environment.bundledSchema);

  async function load(text: string): Promise<Manifest> {
    return loadWithHooks({ name: file, text }, { hooks }, environment.bundledHooks);
  }

  /** Read anew each time, so that a token that was mended works at once. */
  async function configFor(manifest: Manifest): Promise<JsonObject> {
    if (options.config !== undefined) return readConfig(options.config);
    return simulation?.configOf(manifest) ?? entered ?? {};
  }

  async function open(text: string): Promise<OpenedManifest> {
    const manifest = await load(text);
    const config = await configFor(manifest);
    const schema = specificationIn(manifest.root)?.connectionSpecification ?? {};
    // What a simulated API is shown is no secret, unless somebody has chosen it.
    const redactor = createRedactor(
      options.isSimulated && options.config === undefined ? [] : secretsOf(schema, config),
    );
    const transport = simulation?.transportOf(manifest, config, files);
    return {
      manifest,
      config,
      redactor,
      readFile: files,
      surroundings: { ...environment, redactor, readFile: files, ...(transport && { transport }) },
    };
  }

  /** As the commands know it, with what they say to people. */
  async function telling(
    { opened, state, preview }: FinishedRead,
    act: (opened: OpenedForPreview, environment: Environment) => Promise<void>,
  ): Promise<string> {
    const said: string[] = [];
    const states = state === undefined ? undefined : new Map([[preview.stream, state]]);
    await act({ ...opened, states }, { ...environment, writeError: (text) => void said.push(text) });
    return said.join('').trim();
  }

  return {
    file,
    testFile: file.replace(/(?:\.ya?ml|\.json)?$/, '.test.yaml'),
    config: options.config,
    isSimulated: options.isSimulated,
    enteredConfig: () => entered,
    enterConfig(config) {
      const elsewhere =
        options.config !== undefined
          ? `The config is in ${options.config}. Change it there.`
          : simulation && 'The simulated API has a config of its own.';
      if (elsewhere !== undefined) throw new ConnectorError(elsewhere, { kind: 'config_error' });
      entered = config;
    },
    language: {
      hooks,
      bundledHooks: environment.bundledHooks,
      hasBundledSchema: environment.hasBundledSchema,
    },
    open,
    replace: replaceFile,
    saveTest: (read, test) =>
      telling(read, (opened, own) =>
        saveTest(read.preview, opened, { ...test, file, now: read.now, fake: [], keep: [] }, own),
      ).catch((thrown: unknown) => {
        if (!hasCode(thrown, testTooLarge)) throw thrown;
        throw new ConnectorError(
          `This read is too long for a test, which somebody is to read. Read only the last records of it: in the tab State copy the state after the read into the one before it, set its dates back to just before those records, read, and save that.`,
          { kind: 'config_error', cause: thrown },
        );
      }),
    acceptSchema: (read) => telling(read, (opened, own) => acceptSchema(read.preview, opened, file, own)),
    test: ({ checks, signal }) =>
      runTests({ program: environment.program ?? '', file, checks, hooks: options.hooks, signal }),
  };
}
