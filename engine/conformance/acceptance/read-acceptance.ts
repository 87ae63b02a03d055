import type { Place, Source } from '../../error/place.ts';
import { fieldOf, type ManifestNode, type MappingNode, toValue } from '../../manifest/node.ts';
import { nodeAt } from '../../manifest/node-at.ts';
import { parseManifest, parseValue } from '../../manifest/parse.ts';
import { tryTo } from '../../util/flow/try-to.ts';
import { isObject, type JsonObject } from '../../util/json/json.ts';
import { parseJson } from '../../util/json/parse-json.ts';
import { listOf } from '../schema-walk.ts';
import { firstSpecFile, specFiles } from '../spec-file.ts';
import type { NamedConfig } from '../subject.ts';
import type { Acceptance, ExpectedRecord, NamedCatalog, NamedState } from './acceptance.ts';
import { isPrivate, namedFiles } from './named-files.ts';

/** Reads a file of the folder; undefined when there is none. */
export type ReadFolder = (path: string) => Promise<string | undefined>;

export interface ReadAcceptance {
  readonly acceptance: Acceptance;
  readonly configs: readonly NamedConfig[];
  readonly specFile: MappingNode | undefined;
  /** What was found, and what became of it. */
  readonly remarks: readonly string[];
}

/** The tests of one kind, in the form of today (`acceptance_tests.connection.tests`) and that of before (`tests.connection`). */
function testsOf(root: ManifestNode, kind: string): readonly ManifestNode[] {
  const today = fieldOf(fieldOf(root, 'acceptance_tests') ?? root, kind);
  const before = fieldOf(fieldOf(root, 'tests') ?? root, kind);
  return [
    ...listOf(today && fieldOf(today, 'tests')),
    ...listOf(before?.kind === 'sequence' ? before : undefined),
  ];
}

const kinds = ['spec', 'connection', 'discovery', 'basic_read', 'full_refresh', 'incremental'] as const;

/** The acceptance tests of a folder as this engine runs them: without a network, and without the secrets that it lacks. */
export async function readAcceptance(
  source: Source & { readonly text: string },
  read: ReadFolder,
): Promise<ReadAcceptance> {
  const { node, diagnostics } = parseManifest(source);
  const remarks: string[] = [];
  if (node === undefined)
    remarks.push(
      `${source.name} cannot be read, so the folder's own tests are left out: ${diagnostics[0]?.message}`,
    );
  else if (fieldOf(node, 'acceptance_tests') === undefined && fieldOf(node, 'tests') === undefined)
    remarks.push(
      `${source.name} has neither "acceptance_tests" nor "tests", so the folder has no tests of its own.`,
    );
  const root =
    node ??
    ({ kind: 'mapping', entries: new Map(), place: { source, start: 0, end: 0, pointer: '' } } as const);
  const all = kinds.flatMap((kind) => testsOf(root, kind));
  const configs = await readConfigs(root, read, remarks);
  const emptyStreams = new Map<string, Place>();
  const ignoredFields = new Map<string, readonly string[]>();
  const expectedRecords: ExpectedRecord[] = [];
  const futureStates: NamedState[] = [];
  const catalogs: NamedCatalog[] = [];
  let isExactOrder = false;

  for (const test of all) {
    for (const empty of listOf(fieldOf(test, 'empty_streams')))
      emptyStreams.set(text(fieldOf(empty, 'name') ?? empty) ?? '', empty.place);
    const ignored = fieldOf(test, 'ignored_fields');
    if (ignored?.kind === 'mapping')
      for (const [stream, { value }] of ignored.entries)
        ignoredFields.set(
          stream,
          listOf(value).flatMap((field) => text(fieldOf(field, 'name') ?? field) ?? []),
        );
    const records = text(nodeAt(test, ['expect_records', 'path']));
    if (records !== undefined && fieldOf(fieldOf(test, 'expect_records') ?? test, 'path') !== undefined) {
      isExactOrder ||= toValue(nodeAt(test, ['expect_records', 'exact_order'])) === true;
      const found = await read(records);
      const expected = found === undefined ? [] : recordsIn(records, found);
      expectedRecords.push(...expected);
      const lines = (found ?? '').split('\n').filter((line) => line.trim() !== '').length;
      if (found !== undefined && expected.length < Math.max(lines, 1))
        remarks.push(
          lines === 0
            ? `${records} is empty: no record is expected.`
            : `${records} has ${lines - expected.length} of ${lines} lines that are no {"stream": …, "data": {…}}: they are left out.`,
        );
    }
    const future = text(fieldOf(fieldOf(test, 'future_state') ?? test, 'future_state_path'));
    const state = future === undefined ? undefined : await read(future);
    if (future !== undefined && state !== undefined) {
      const states = statesIn(future, state);
      futureStates.push(...states);
      if (states.length === 0) remarks.push(`${future} has no state of a stream.`);
    }
    const catalog = text(fieldOf(test, 'configured_catalog_path'));
    const written = catalog === undefined ? undefined : await read(catalog);
    if (catalog !== undefined && written !== undefined && !catalogs.some(({ file }) => file === catalog))
      catalogs.push({ file: catalog, streams: streamsIn(catalog, written) });
  }
  for (const path of all.flatMap(
    (test) => text(nodeAt(test, ['backward_compatibility_tests_config', 'previous_connector_version'])) ?? [],
  ))
    if (/^\d/.test(path))
      remarks.push(`To compare with version ${path}, name its commit or tag: --against git:REF.`);
  for (const kind of kinds) {
    const reason = text(
      fieldOf(fieldOf(fieldOf(root, 'acceptance_tests') ?? root, kind) ?? root, 'bypass_reason'),
    );
    if (reason !== undefined) remarks.push(`${kind} is left out by the folder's own tests: "${reason}".`);
  }
  return {
    acceptance: {
      emptyStreams,
      ignoredFields,
      expectedRecords,
      isExactOrder,
      futureStates: distinct(futureStates),
      catalogs,
      namedFiles: await namedFiles(all, async (path) => (await read(path)) !== undefined),
    },
    configs,
    specFile: await readSpec(root, read),
    remarks: [...new Set(remarks)],
  };
}

async function readConfigs(
  root: ManifestNode,
  read: ReadFolder,
  remarks: string[],
): Promise<readonly NamedConfig[]> {
  const found = new Map<string, NamedConfig>();
  for (const kind of kinds)
    for (const test of testsOf(root, kind)) {
      const path = text(fieldOf(test, 'config_path'));
      if (path === undefined || found.has(path)) continue;
      const status = text(fieldOf(test, 'status'));
      const written = await read(path);
      const value = written === undefined ? undefined : tryTo(() => parseJson(written));
      if (isObject(value))
        found.set(path, { name: path, value, isValid: status === undefined || status === 'succeed' });
      else if (written !== undefined) remarks.push(`${path} is not a JSON object, so it is no config.`);
      else if (isPrivate(path) && (status === undefined || status === 'succeed'))
        remarks.push(`${path} is not here: a config is made out of the spec instead.`);
    }
  return [...found.values()];
}

/** A spec of its own beside the manifest. */
async function readSpec(root: ManifestNode, read: ReadFolder): Promise<MappingNode | undefined> {
  const named = testsOf(root, 'spec').flatMap((test) => text(fieldOf(test, 'spec_path')) ?? []);
  const isManifest = (path: string) => /manifest\.ya?ml$/.test(path);
  return firstSpecFile([...named.filter((path) => !isManifest(path)), ...specFiles], read);
}

/** One `{ stream, data }` a line. */
function recordsIn(name: string, content: string): readonly ExpectedRecord[] {
  const source = { name, text: content };
  const found: ExpectedRecord[] = [];
  let start = 0;
  for (const line of content.split('\n')) {
    const end = start + line.length;
    const value = line.trim() === '' ? undefined : tryTo(() => parseJson(line));
    if (isObject(value) && typeof value.stream === 'string' && isObject(value.data))
      found.push({ stream: value.stream, data: value.data, place: { source, start, end, pointer: '' } });
    start = end + 1;
  }
  return found;
}

/** A list of STATE messages, or the older mapping of streams to states. */
function statesIn(name: string, content: string): readonly NamedState[] {
  const node = parseValue({ name, text: content });
  if (node?.kind === 'mapping')
    return [...node.entries].flatMap(([stream, { value }]) => stateOf(stream, value));
  return listOf(node).flatMap((message) => {
    const stream = fieldOf(message, 'stream') ?? fieldOf(fieldOf(message, 'state') ?? message, 'stream');
    const state = stream && fieldOf(stream, 'stream_state');
    return state === undefined
      ? []
      : stateOf(text(nodeAt(stream ?? message, ['stream_descriptor', 'name'])) ?? '', state);
  });
}

function stateOf(stream: string, node: ManifestNode): readonly NamedState[] {
  const state = toValue(node);
  return isObject(state) ? [{ stream, state: state satisfies JsonObject, place: node.place }] : [];
}

function streamsIn(name: string, content: string): NamedCatalog['streams'] {
  const node = parseValue({ name, text: content });
  return listOf(node && fieldOf(node, 'streams')).flatMap((entry) => {
    const stream = fieldOf(fieldOf(entry, 'stream') ?? entry, 'name');
    const named = text(stream);
    return named === undefined || stream === undefined ? [] : [{ name: named, place: stream.place }];
  });
}

function distinct(states: readonly NamedState[]): readonly NamedState[] {
  const byKey = new Map(
    states.map((each) => [`${each.stream}:${each.place.source.name}:${each.place.start}`, each]),
  );
  return [...byKey.values()];
}

function text(node: ManifestNode | undefined): string | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}
