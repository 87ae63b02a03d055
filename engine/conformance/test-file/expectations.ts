import type { MappingNode } from '../../manifest/node.ts';
import { nodeAt } from '../../manifest/node-at.ts';
import type { JsonObject } from '../../util/json/json.ts';
import { isEqual } from '../../util/schema/schema-values.ts';
import { differences, fits, shown } from '../subset.ts';
import { requestLine } from './exchange.ts';
import { differenceLine } from './exchange-transport.ts';
import type { Failure } from './failure.ts';
import type { ExpectationFields, TestFields } from './fields.ts';
import { jsonPath } from './json-path.ts';
import type { Outcome } from './outcome.ts';
import { type PrimaryKey, pairRecords } from './pair-records.ts';
import { milliseconds, waitText } from './wait-text.ts';

interface Unmet {
  readonly message: string;
  readonly details?: readonly string[];
  /** Steps from `expect`. */
  readonly at?: readonly (string | number)[];
}

/** What of a test's expectations was not met, each with its place in the test file. */
export function unmet(
  test: TestFields,
  outcome: Outcome,
  key: PrimaryKey | undefined,
  node: MappingNode,
): readonly Failure[] {
  const { expect = {} } = test;
  const found = [
    ...endings(expect, outcome, test.stream !== undefined),
    ...records(expect, outcome, key),
    ...requests(expect, outcome),
    ...states(expect, outcome),
    ...schemas(expect, outcome),
    ...primaryKeys(expect, key),
    ...others(expect, outcome),
    ...paths(expect, outcome),
  ];
  return found.map(({ message, details, at = [] }) => {
    const { place } = nodeAt(node, ['expect', ...at]);
    return { message, ...(details && { details }), place };
  });
}

function* endings(expect: ExpectationFields, outcome: Outcome, isRead: boolean): Generator<Unmet> {
  const { error, check } = expect;
  if (check !== undefined) {
    const { status, message = '' } = typeof check === 'string' ? { status: check } : check;
    const actual = outcome.check?.succeeded === true ? 'SUCCEEDED' : 'FAILED';
    const said = outcome.check?.message ?? outcome.errors[0]?.message ?? '';
    if (actual !== status)
      yield { message: `The check has ${actual}${said === '' ? '' : `: ${said}`}`, at: ['check'] };
    else if (!said.includes(message))
      yield { message: `The check says ${shown(said, 200)}, without ${shown(message)}.`, at: ['check'] };
  }
  if (!isRead) return;
  const wanted = error === undefined ? undefined : typeof error === 'string' ? { message: error } : error;
  const status = expect.status ?? (wanted === undefined ? 'COMPLETE' : 'INCOMPLETE');
  if (wanted === undefined) {
    if (status === 'COMPLETE')
      for (const { message } of outcome.errors) yield { message: `The stream failed: ${message}` };
  } else {
    const meets = ({ message, kind }: Outcome['errors'][number]) =>
      message.includes(wanted.message ?? '') && (wanted.kind === undefined || wanted.kind === kind);
    if (!outcome.errors.some(meets))
      yield {
        message:
          outcome.errors.length === 0 ? 'The stream did not fail.' : 'The stream failed in another way:',
        details: outcome.errors.map(({ message, kind }) => `${kind}: ${message}`),
        at: ['error'],
      };
  }
  if (outcome.status !== undefined && outcome.status !== status && outcome.errors.length === 0)
    yield { message: `The stream ended ${outcome.status}, not ${status}.`, at: ['status'] };
  else if (outcome.status !== status && expect.status !== undefined)
    yield {
      message: `The stream ended ${outcome.status ?? 'before it began'}, not ${status}.`,
      at: ['status'],
    };
}

function* records(
  expect: ExpectationFields,
  outcome: Outcome,
  key: PrimaryKey | undefined,
): Generator<Unmet> {
  const { records: some, exact, count } = expect;
  const isExact = exact !== undefined && exact !== false;
  const wanted = Array.isArray(exact) ? exact : (some ?? []);
  const field = Array.isArray(exact) ? 'exact' : 'records';
  if (Array.isArray(exact) && some !== undefined)
    yield* mismatches(some, outcome, key, { field: 'records', isExact: false });
  yield* mismatches(wanted, outcome, key, { field, isExact });
  if (count !== undefined && outcome.records.length !== count)
    yield {
      message: `${count} records were expected, and there are ${outcome.records.length}.`,
      at: ['count'],
    };
}

function* mismatches(
  wanted: readonly JsonObject[],
  { records: actual }: Outcome,
  key: PrimaryKey | undefined,
  { field, isExact }: { readonly field: string; readonly isExact: boolean },
): Generator<Unmet> {
  const { pairs, surplus } = pairRecords(wanted, actual, key, isExact);
  for (const [index, { expected, found }] of pairs.entries()) {
    if (found === undefined) {
      yield {
        message: `No record ${shown(expected)} was emitted.`,
        details: emitted(actual),
        at: [field, index],
      };
      continue;
    }
    const wrong = [...differences(expected, found, { exact: isExact })].map(differenceLine);
    if (wrong.length > 0)
      yield {
        message: `Record ${shown(keyed(expected, key) ?? expected)} is another:`,
        details: wrong,
        at: [field, index],
      };
  }
  if (isExact)
    for (const record of surplus)
      yield { message: `A record was not expected: ${shown(record)}`, at: [field] };
}

function keyed(record: JsonObject, key: PrimaryKey | undefined): JsonObject | undefined {
  const names = (key ?? []).flatMap((path) => (path.length === 1 ? path : []));
  const found = names.filter((name) => name in record).map((name) => [name, record[name]] as const);
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

/** What there is instead, as far as it can be taken in. */
function emitted(actual: readonly JsonObject[]): string[] {
  if (actual.length === 0) return ['no record was emitted'];
  const listed = actual.slice(0, 5).map((record) => `emitted: ${shown(record)}`);
  return actual.length > listed.length ? [...listed, `… ${actual.length} in all`] : listed;
}

function* requests({ requests: wanted, slices }: ExpectationFields, outcome: Outcome): Generator<Unmet> {
  const lines = outcome.requests.map(requestLine);
  if (typeof wanted === 'number' && lines.length !== wanted)
    yield {
      message: `${wanted} requests were expected, and there are ${lines.length}:`,
      details: lines,
      at: ['requests'],
    };
  if (Array.isArray(wanted) && !fits(wanted, lines))
    yield {
      message: 'Other requests were sent:',
      details: [...differences(wanted, lines)].map(differenceLine),
      at: ['requests'],
    };
  if (slices !== undefined && outcome.slices !== slices)
    yield { message: `${slices} slices were expected, and ${outcome.slices} were read.`, at: ['slices'] };
}

function* states({ state, states: wanted }: ExpectationFields, outcome: Outcome): Generator<Unmet> {
  if (state !== undefined) {
    const wrong = [...differences(state, outcome.states.at(-1) ?? {})].map(differenceLine);
    if (wrong.length > 0) yield { message: 'The last state is another:', details: wrong, at: ['state'] };
  }
  if (wanted === undefined) return;
  const wrong = [...differences(wanted, outcome.states)].map(differenceLine);
  if (wrong.length > 0) yield { message: 'The states are others:', details: wrong, at: ['states'] };
}

function* schemas({ schema }: ExpectationFields, outcome: Outcome): Generator<Unmet> {
  if (schema === undefined || outcome.schema === undefined) return;
  const wrong = [...differences(schema, outcome.schema)].map(differenceLine);
  if (wrong.length > 0)
    yield { message: 'The schema of the stream is another:', details: wrong, at: ['schema'] };
}

function* primaryKeys({ primary_key: wanted }: ExpectationFields, key: PrimaryKey = []): Generator<Unmet> {
  if (wanted === undefined) return;
  const paths = wanted.map((field) => (typeof field === 'string' ? [field] : field));
  if (!isEqual(paths, key))
    yield {
      message: `The primary key is ${shown(key.map(pathOrName))}, not ${shown(paths.map(pathOrName))}.`,
      at: ['primary_key'],
    };
}

function pathOrName(path: readonly string[]): unknown {
  return path.length === 1 ? path[0] : path;
}

function* others({ log = [], waits }: ExpectationFields, outcome: Outcome): Generator<Unmet> {
  for (const [index, part] of log.entries())
    if (!outcome.logs.some((line) => line.includes(part)))
      yield {
        message: `Nothing that was logged has ${shown(part)} in it.`,
        details: outcome.logs.slice(0, 8),
        at: ['log', index],
      };
  if (waits !== undefined && !areWaits(waits.map(milliseconds), outcome))
    yield {
      message: `It waits ${listed(outcome.waits)}, not ${listed(waits.map(milliseconds))}.`,
      at: ['waits'],
    };
}

/** A wait that the API asked for may be written as it did, without the second that is added. */
function areWaits(expected: readonly number[], { waits, strategyWaits }: Outcome): boolean {
  const isSame = (wanted: number, actual: number) =>
    wanted === actual || (strategyWaits.has(actual) && wanted === actual - 1000);
  return (
    expected.length === waits.length && expected.every((wanted, index) => isSame(wanted, waits[index] ?? 0))
  );
}

function listed(waits: readonly number[]): string {
  return waits.length === 0 ? 'never' : waits.map(waitText).join(', ');
}

function* paths({ jsonpath = {} }: ExpectationFields, outcome: Outcome): Generator<Unmet> {
  for (const [path, wanted] of Object.entries(jsonpath)) {
    const at = ['jsonpath', path];
    const found = jsonPath(path, { ...outcome, state: outcome.states.at(-1) });
    if ('error' in found) yield { message: `The JSONPath ${path} cannot be read: ${found.error}`, at };
    else {
      const actual = Array.isArray(wanted) ? found.values : found.values[0];
      const wrong = [...differences(wanted, actual)].map(differenceLine);
      if (wrong.length > 0) yield { message: `${path} leads to another value:`, details: wrong, at };
    }
  }
}
