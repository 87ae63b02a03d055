import { createSubject } from '../conformance/create-subject.ts';
import type { Outcome } from '../conformance/test-file/outcome.ts';
import { readTestFile } from '../conformance/test-file/read-test-file.ts';
import { runTest, type TestResult } from '../conformance/test-file/run-test.ts';
import { waitText } from '../conformance/test-file/wait-text.ts';
import type { Manifest } from '../connector/load-manifest.ts';
import type { StreamState } from '../contract/families.ts';
import type { Exchange } from '../contract/scope.ts';
import { ConnectorError } from '../error/connector-error.ts';
import { printDiagnostic } from '../error/print-location.ts';
import { fieldOf } from '../manifest/node.ts';
import { parseManifest } from '../manifest/parse.ts';
import { refuseSecrets } from '../scrub/refuse-secrets.ts';
import type { Scrubber } from '../scrub/scrubber.ts';
import type { JsonObject } from '../util/json/json.ts';
import { toJsonText } from '../util/json/to-json-text.ts';
import { compileGet } from '../util/path/dpath.ts';
import { exchangeYaml, json, scalar, scrubbedExchange } from './exchange-yaml.ts';

export interface TestToMake {
  readonly name: string;
  readonly manifest: Manifest;
  readonly readFile: (path: string) => Promise<string | undefined>;
  readonly stream: string;
  readonly primaryKey: readonly (readonly string[])[] | undefined;
  readonly cursorField: string | undefined;
  readonly config: JsonObject;
  readonly state: StreamState | undefined;
  /** Where the clock stood, in milliseconds since the epoch. */
  readonly now: number;
  readonly exchanges: readonly Exchange[];
  readonly scrubber: Scrubber;
  /** JSONPaths of values that are no secrets. */
  readonly keep: readonly string[];
  /** All records are expected with all their fields; by default the first ones by their key and cursor. */
  readonly isExact?: boolean | undefined;
}

/** Code of the error that says so. */
export const testTooLarge = 'TEST_TOO_LARGE';

/** Larger tests are read by nobody. */
const mostBytes = 256 * 1024;

/**
 * The test of what was seen, as an item of `tests`: exchanges without secrets and people, and what comes of them. It is
 * run before it is handed out. Throws ConnectorError when it would not pass, or when a part of it looks like a secret.
 */
export async function makeTest(test: TestToMake): Promise<string> {
  const { scrubber, keep, exchanges, config, state, stream, name, now } = test;
  const scrubbed = await Promise.all(exchanges.map((exchange) => scrubbedExchange(exchange, scrubber)));
  refuseSecrets(
    [
      { name: 'the config', value: scrubber.value(config) },
      ...(state === undefined ? [] : [{ name: 'the state', value: scrubber.value(state) }]),
      ...scrubbed.flatMap(({ on, with: wanted, reply }, index) => [
        { name: `the body of answer ${index + 1} (${on})`, value: reply.json ?? reply.text },
        { name: `request ${index + 1} (${on})`, value: wanted ?? null },
      ]),
    ],
    keep,
  );
  const lines = [
    `  - name: ${scalar(name)}`,
    `    stream: ${scalar(stream)}`,
    `    recorded: ${new Date(now).toISOString().slice(0, 10)}`,
    `    now: ${new Date(now).toISOString()}`,
    `    config: ${json(scrubber.value(config), '    ')}`,
    ...(state === undefined ? [] : [`    state: ${json(scrubber.value(state), '    ')}`]),
    '    http:',
  ];
  const text = `${lines.join('\n')}\n${scrubbed.map((exchange) => exchangeYaml(exchange, '      ')).join('')}`;
  if (text.length > mostBytes) {
    throw new ConnectorError(
      `The test "${name}" would have ${Math.ceil(text.length / 1024)} kB, and at most ${mostBytes / 1024} are written. Read less: begin with a later --state, or with a later start date in the config.`,
      { kind: 'config_error', code: testTooLarge },
    );
  }
  const first = await run(text, test);
  const unmet = first.failures.map(({ message }) => message);
  if (unmet.length > 0 && first.outcome?.status !== 'INCOMPLETE') throw notReplayed(name, unmet);
  if (first.outcome === undefined) throw notReplayed(name, unmet);
  const whole = text + expectation(first.outcome, test);
  const second = await run(whole, test);
  if (second.failures.length > 0)
    throw notReplayed(
      name,
      second.failures.map(({ message }) => message),
    );
  return whole;
}

async function run(text: string, { manifest, readFile, config, now }: TestToMake): Promise<TestResult> {
  const source = { name: 'the test', text: `tests:\n${text}` };
  const { fields, node, diagnostics } = readTestFile(source);
  const [test] = fields?.tests ?? [];
  if (fields === undefined || node === undefined || test === undefined) {
    const [problem] = diagnostics;
    throw new Error(`A test was written that cannot be read: ${problem && printDiagnostic(problem)}`);
  }
  const subject = createSubject({ file: manifest.root.place.source.name, manifest, readFile, config, now });
  return runTest(test, 0, { subject, file: fields, node });
}

function notReplayed(name: string, reasons: readonly string[]): ConnectorError {
  return new ConnectorError(
    `The test "${name}" was not written, since its exchanges do not give what was read: ${reasons.join(' ')}`,
    { kind: 'config_error' },
  );
}

const mostRecords = 20;

/** The first records by their key and cursor, or all of them as they are; how many there are, the state and the waits. */
function expectation(
  { records, states, status, errors, waits }: Outcome,
  { primaryKey = [], cursorField, isExact = false }: TestToMake,
): string {
  const paths = [...primaryKey, ...(cursorField === undefined ? [] : [[cursorField]])];
  const shown = isExact
    ? records
    : records
        .slice(0, mostRecords)
        .map((record) => pick(record, paths))
        .filter(hasFields);
  const state = states.at(-1);
  const [error] = errors;
  const lines = ['    expect:'];
  if (status === 'INCOMPLETE') lines.push('      status: INCOMPLETE');
  if (error !== undefined) lines.push(`      error: { kind: ${error.kind} }`);
  lines.push(`      count: ${records.length}`);
  if (shown.length > 0)
    lines.push('      records:', ...shown.map((record) => `        - ${toJsonText(record)}`));
  if (isExact && shown.length > 0) lines.push('      exact: true');
  if (isExact && primaryKey.length > 0)
    lines.push(
      `      primary_key: ${toJsonText(primaryKey.map((path) => (path.length === 1 ? path[0] : path)))}`,
    );
  if (state !== undefined) lines.push(`      state: ${json(state, '      ')}`);
  if (waits.length > 0) lines.push(`      waits: [${waits.map(waitText).join(', ')}]`);
  return `${lines.join('\n')}\n`;
}

function pick(record: JsonObject, paths: readonly (readonly string[])[]): JsonObject {
  const picked: JsonObject = {};
  for (const path of paths) {
    const value: unknown = compileGet(path, undefined)(record);
    if (value === undefined || value === null) continue;
    let at = picked;
    for (const step of path.slice(0, -1)) {
      const inner = at[step];
      at[step] = typeof inner === 'object' && inner !== null ? inner : {};
      at = at[step] as JsonObject;
    }
    at[path.at(-1) as string] = value;
  }
  return picked;
}

function hasFields(record: JsonObject): boolean {
  return Object.keys(record).length > 0;
}

/** The text of a test file with one more test. Throws ConnectorError when it has one of that name. */
export function withTest(
  file: { readonly name: string; readonly text: string } | undefined,
  item: string,
  test: { readonly name: string; readonly manifest: string },
): string {
  if (file === undefined) return `manifest: ${scalar(test.manifest)}\n\ntests:\n${item}`;
  const { fields, diagnostics } = readTestFile(file);
  if (fields === undefined) {
    const [problem] = diagnostics;
    throw new ConnectorError(`${file.name} cannot be added to: ${problem && printDiagnostic(problem)}`, {
      kind: 'config_error',
    });
  }
  if (fields.tests?.some(({ name }) => name === test.name) === true)
    throw new ConnectorError(`${file.name} has a test named "${test.name}". Choose another name.`, {
      kind: 'config_error',
    });
  const { node } = parseManifest(file);
  const tests = node && fieldOf(node, 'tests');
  const text = file.text.endsWith('\n') ? file.text : `${file.text}\n`;
  if (tests?.kind !== 'sequence' || tests.items.length === 0) return `${text}\ntests:\n${item}`;
  const isLast = [...(node?.entries.values() ?? [])].at(-1)?.value === tests;
  const start = tests.items[0]?.place.start ?? 0;
  const column = start - (file.text.lastIndexOf('\n', start - 1) + 1) - 2;
  const indented = item.replace(/^(?=.)/gm, ' '.repeat(Math.max(0, column))).replace(/^ {2}/gm, '');
  if (isLast) return text + indented;
  const end = tests.place.end;
  const line = file.text.indexOf('\n', file.text.slice(0, end).trimEnd().length);
  return `${file.text.slice(0, line + 1)}${indented}${file.text.slice(line + 1)}`;
}
