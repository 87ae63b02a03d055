import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { type ReadAcceptance, readAcceptance } from '../../conformance/acceptance/read-acceptance.ts';
import { createSubject } from '../../conformance/create-subject.ts';
import type { SkipTable } from '../../conformance/skips.ts';
import { firstSpecFile, specFiles } from '../../conformance/spec-file.ts';
import { specifiedChecks } from '../../conformance/specified-checks.ts';
import type { NamedConfig, Subject } from '../../conformance/subject.ts';
import { glanceAtTests, leaveTests } from '../../conformance/test-file/read-partly.ts';
import { type ReadTestFile, readTestFile } from '../../conformance/test-file/read-test-file.ts';
import type { Manifest } from '../../connector/load-manifest.ts';
import { loadWithHooks } from '../../connector/load-with-hooks.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import type { Diagnostic } from '../../error/diagnostic.ts';
import { createFindingsMemory, type FindingsMemory } from '../../language-server/findings-memory.ts';
import { fieldOf, type MappingNode } from '../../manifest/node.ts';
import { nodeAt } from '../../manifest/node-at.ts';
import { errorAt } from '../../manifest/node-diagnostic.ts';
import { parseManifest } from '../../manifest/parse.ts';
import { didYouMean } from '../../util/text/did-you-mean.ts';
import { staticStreams } from '../../validate/source-streams.ts';
import { textIn } from '../../validate/visit.ts';
import { earlierFiles } from './earlier-files.ts';
import { digestOf, type Inputs, openInputs } from './inputs.ts';
import type { KeptStreamsFile } from './kept/kept-streams.ts';
import type { TestRun } from './test-run.ts';
import type { Testable } from './testables.ts';

export interface LoadedSubject {
  readonly subject: Subject;
  readonly testFile: ReadTestFile | undefined;
  readonly skips: SkipTable;
  readonly problems: readonly Diagnostic[];
  readonly remarks: readonly string[];
  /** What is known of its findings for the next run. */
  readonly findings: FindingsMemory | undefined;
}

/** Reads a manifest and everything beside it. Throws ConnectorError when there is nothing to work with. */
export async function loadSubject(testable: Testable, run: TestRun): Promise<LoadedSubject> {
  const { options, inputs = openInputs(run.environment) } = run;
  const testFile =
    testable.testFile === undefined ? undefined : await readTests(testable.testFile, inputs, run);
  const path = testable.manifest ?? manifestOf(testable.testFile ?? '', testFile);
  const manifest = await readManifest(path, await inputs.text(path, 'manifest'), run);
  const folder = testable.folder ?? dirname(path);
  const acceptance = await readFolder(folder, inputs);
  const fields = testFile?.fields;
  const remarks = [...(acceptance?.remarks ?? []), ...untried(manifest)];
  const configs = configsOf(testFile, acceptance);
  const now = fields?.now === undefined ? undefined : Date.parse(fields.now);
  const config = fields?.config ?? configs.find(({ isValid }) => isValid)?.value;
  const beside = inputs.beside([...new Set([dirname(path), folder])]);
  const openapi = options.openapi === undefined ? undefined : await described(options.openapi, inputs);
  const findings = run.memory?.findings ?? (run.kept && keptFindings(run.kept.earlier));
  const subject = createSubject({
    file: path,
    manifest,
    now,
    config,
    configs,
    readFile: beside.read,
    hasFile: beside.has,
    metadata: await optionalDocument(join(folder, 'metadata.yaml'), inputs),
    specFile: acceptance?.specFile ?? (await besideSpec(dirname(path), inputs)),
    acceptance: acceptance?.acceptance,
    memory: findings,
    isSound: run.isSound,
    openapi,
    earlier:
      options.against === undefined
        ? undefined
        : await earlierSubject(path, options.against, { ...run, memory: undefined, isSound: undefined }),
  });
  const unknown = testFile === undefined ? [] : unknownNames(testFile, subject);
  const problems = [...(testFile?.diagnostics ?? []), ...unknown];
  return { subject, testFile, skips: fields?.skip ?? {}, problems, remarks, findings };
}

/** What is made at run time has no name and no answer before, and a count of what has passed does not show that. */
function untried({ root }: Manifest): readonly string[] {
  const dynamic = fieldOf(root, 'dynamic_streams');
  const count = dynamic?.kind === 'sequence' ? dynamic.items.length : 0;
  if (count === 0) return [];
  const templates = count === 1 ? 'a template' : `${count} templates`;
  return [
    `The streams of ${templates} in "dynamic_streams" are made when a sync runs: what is written there was looked at, and they were not read.`,
  ];
}

function keptFindings(earlier: KeptStreamsFile | undefined): FindingsMemory {
  const sound = new Map(Object.entries(earlier?.sound ?? {}));
  return createFindingsMemory((by) => (sound.size === 0 ? undefined : sound.get(digestOf(by))));
}

async function readTests(
  path: string,
  inputs: Inputs,
  { memory, kept, leavesTests = false }: TestRun,
): Promise<ReadTestFile> {
  const source = { name: path, text: await inputs.text(path, 'test file') };
  const known = new Set(kept?.earlier?.tests);
  const glanced = leavesTests
    ? leaveTests(source)
    : known.size > 0
      ? glanceAtTests(source, (text) => known.has(digestOf(text)))
      : undefined;
  return glanced ?? memory?.readTests(source) ?? readTestFile(source);
}

function manifestOf(testFile: string, read: ReadTestFile | undefined): string {
  const named = read?.fields?.manifest;
  if (named !== undefined) return isAbsolute(named) ? named : join(dirname(testFile), named);
  return testFile.replace(/\.test(\.ya?ml)$/, '$1');
}

async function readManifest(
  name: string,
  text: string,
  { hooks, environment, memory }: TestRun,
): Promise<Manifest> {
  const options = { hooks, ...(memory && { readDocument: memory.readDocument }) };
  return loadWithHooks({ name, text }, options, environment.bundledHooks);
}

async function readFolder(folder: string, inputs: Inputs): Promise<ReadAcceptance | undefined> {
  const name = join(folder, 'acceptance-test-config.yml');
  const text = await inputs.optional(name);
  return text === undefined ? undefined : readAcceptance({ name, text }, inputs.beside([folder]).read);
}

function configsOf(
  testFile: ReadTestFile | undefined,
  acceptance: ReadAcceptance | undefined,
): readonly NamedConfig[] {
  const own = testFile?.fields?.config;
  const named = own === undefined ? [] : [{ name: testFile?.source.name ?? '', value: own, isValid: true }];
  return [...named, ...(acceptance?.configs ?? [])];
}

async function optionalDocument(path: string, inputs: Inputs): Promise<MappingNode | undefined> {
  const text = await inputs.optional(path);
  return text === undefined ? undefined : parseManifest({ name: path, text }).node;
}

function besideSpec(folder: string, inputs: Inputs): Promise<MappingNode | undefined> {
  return firstSpecFile(
    specFiles.map((name) => join(folder, name)),
    (path) => inputs.optional(path),
  );
}

async function described(path: string, inputs: Inputs): Promise<MappingNode> {
  const node = await document(path, 'OpenAPI document', inputs);
  if (fieldOf(node, 'openapi') === undefined && fieldOf(node, 'swagger') === undefined)
    throw new ConnectorError(
      `${path} is not a description by OpenAPI: it has no version under "openapi" or "swagger".`,
      { kind: 'config_error' },
    );
  return node;
}

async function document(path: string, what: string, inputs: Inputs): Promise<MappingNode> {
  const { node, diagnostics } = parseManifest({ name: path, text: await inputs.text(path, what) });
  if (node !== undefined) return node;
  throw new ConnectorError(
    `The ${what} ${path} cannot be read: ${diagnostics[0]?.message ?? 'it is empty.'}`,
    {
      kind: 'config_error',
      nodes: diagnostics[0]?.places ?? [],
    },
  );
}

/** The same connector as it was at a commit, with the files that it had then. */
async function earlierSubject(path: string, against: string, run: TestRun): Promise<Subject> {
  const { ref, read } = await earlierFiles(against, dirname(resolve(path)));
  const name = `${ref}:${relative(process.cwd(), resolve(path))}`;
  const text = await read(resolve(path));
  if (text === undefined)
    throw new ConnectorError(`There is no ${path} at ${ref}, so there is nothing to compare with.`, {
      kind: 'config_error',
    });
  const manifest = await readManifest(name, text, run);
  const folder = dirname(resolve(path));
  return createSubject({
    file: name,
    manifest,
    async readFile(file) {
      const inside = resolve(folder, file);
      if (relative(folder, inside).startsWith('..')) return undefined;
      return (await read(inside)) ?? run.environment.bundledSchema?.(file);
    },
  });
}

/** Names in the test file that nothing has. */
function unknownNames({ fields, node }: ReadTestFile, subject: Subject): readonly Diagnostic[] {
  if (fields === undefined || node === undefined) return [];
  const found: Diagnostic[] = [];
  const ids = specifiedChecks.map(({ id }) => id);
  const streams = staticStreams(subject.source).map((at) => textIn(at, 'name') ?? '');
  const isOpen = subject.source.children.some(({ family }) => family === 'DynamicStream');
  const skip = fieldOf(node, 'skip');
  if (skip?.kind === 'mapping')
    for (const [id, { key, value }] of skip.entries) {
      if (!ids.includes(id)) found.push(errorAt(key, `There is no check "${id}".${didYouMean(id, ids)}`));
      if (value.kind !== 'mapping') continue;
      for (const [name, entry] of value.entries)
        if (!isOpen && !streams.includes(name)) found.push(errorAt(entry.key, noStream(name, streams)));
    }
  for (const [index, { stream }] of (fields.tests ?? []).entries())
    if (stream !== undefined && !isOpen && !streams.includes(stream))
      found.push(errorAt(nodeAt(node, ['tests', index, 'stream']), noStream(stream, streams)));
  return found;
}

function noStream(name: string, streams: readonly string[]): string {
  return `The manifest has no stream "${name}".${didYouMean(name, streams)}`;
}
