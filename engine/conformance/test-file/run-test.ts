import type { Connector } from '../../connector/connector.ts';
import { isConnectorError } from '../../error/connector-error.ts';
import type { Place } from '../../error/place.ts';
import { createRedactor } from '../../http/wire/redact.ts';
import type { MappingNode } from '../../manifest/node.ts';
import { fieldOf } from '../../manifest/node.ts';
import { nodeAt } from '../../manifest/node-at.ts';
import { describeSlice } from '../../sync/read/describe-slice.ts';
import { toJson } from '../../template/python-values.ts';
import { virtualClock } from '../../time/virtual-clock.ts';
import { isObject, type JsonObject } from '../../util/json/json.ts';
import { messageOf } from '../../util/text/message-of.ts';
import type { CoverageCollector } from '../coverage/collector.ts';
import type { Level } from '../level.ts';
import type { Subject } from '../subject.ts';
import { createExchange } from './exchange.ts';
import { exchangeTransport } from './exchange-transport.ts';
import { unmet } from './expectations.ts';
import type { Failure } from './failure.ts';
import type { TestFields, TestFileFields } from './fields.ts';
import type { Outcome } from './outcome.ts';

export interface TestResult {
  readonly name: string;
  readonly stream: string | undefined;
  readonly status: 'passed' | 'failed' | 'skipped';
  /** Why it was not run. */
  readonly reason?: string;
  readonly failures: readonly Failure[];
  /** Of its exchanges: `recorded` when it says on which day the API answered so, else they are made up. */
  readonly level: Level;
  /** The day. */
  readonly recorded?: string | undefined;
  /** Milliseconds. */
  readonly took: number;
  /** Where it stands in the test file. */
  readonly place: Place;
  /** Undefined when it was not run. */
  readonly outcome?: Outcome;
}

export interface RunOptions {
  readonly subject: Subject;
  readonly file: TestFileFields;
  /** The node of the file. */
  readonly node: MappingNode;
  /** Told of the ways that the test takes. */
  readonly coverage?: CoverageCollector | undefined;
}

/** Runs one test of a file against its exchanges. */
export async function runTest(test: TestFields, index: number, options: RunOptions): Promise<TestResult> {
  const { subject, file, coverage } = options;
  const node = nodeAt(fieldOf(options.node, 'tests') ?? options.node, [index]) as MappingNode;
  const base = baseOf(test, node.place);
  if (test.skip !== undefined)
    return { ...base, status: 'skipped', reason: test.skip, failures: [], took: 0 };
  const started = performance.now();
  const exchanges = (test.http ?? []).map((fields, number) =>
    createExchange(fields, nodeAt(node, ['http', number]).place),
  );
  const stop = new AbortController();
  const transport = exchangeTransport(exchanges, (reason) => stop.abort(reason));
  const now = test.now ?? file.now;
  const clock = virtualClock(now === undefined ? subject.now : Date.parse(now));
  const logs: string[] = [];
  const redactor = createRedactor();
  const slices = new Set<string>();
  const strategyWaits = new Set<number>();
  const config = configOfTest(subject, test);
  const seen = emptyOutcome();
  coverage?.begins({ stream: test.stream, hasState: test.state !== undefined, config });

  try {
    const connector = subject.configure(config, {
      transport,
      clock,
      redactor,
      log: (level, message) => void logs.push(`${level} ${message}`),
      ignoresBranches: coverage === undefined,
      onDecision(decision) {
        if (decision.kind === 'page.read' && decision.stream === test.stream && decision.slice !== undefined)
          slices.add(describeSlice(decision.slice).join(' ') || 'all');
        if (decision.kind === 'backoff.wait' && decision.outcome.by === 'strategy')
          strategyWaits.add(decision.outcome.seconds * 1000);
        coverage?.onDecision(decision);
      },
    });
    try {
      if (test.stream === undefined) seen.check = await connector.check();
      else await read(connector, test.stream, test.state, seen, stop.signal);
      if (test.stream !== undefined && test.expect?.schema !== undefined)
        seen.schema = await (await connector.find(test.stream))?.schema();
    } finally {
      await connector.close();
    }
  } catch (error) {
    seen.errors.push({
      message: messageOf(error),
      kind: isConnectorError(error) ? error.kind : 'system_error',
    });
    seen.status = 'INCOMPLETE';
  }
  coverage?.ends(seen.records);
  const outcome: Outcome = {
    ...seen,
    requests: transport.requests,
    logs,
    waits: clock.waits.filter((ms) => ms > 0),
    strategyWaits,
    slices: slices.size,
  };
  const keys = (await subject.streams()).find(({ name }) => name === test.stream)?.definition?.primaryKey;
  const wire = transport.failures();
  // What an unexpected request has led to is not news.
  const expected = wire.some(({ code }) => code === 'REQUEST_UNEXPECTED')
    ? []
    : unmet(test, outcome, keys, node);
  const failures = [...wire, ...expected].map(({ message, details, ...rest }) => ({
    ...rest,
    message: redactor.text(message),
    ...(details && { details: details.map(redactor.text) }),
  }));
  return {
    ...base,
    status: failures.length === 0 ? 'passed' : 'failed',
    failures,
    took: performance.now() - started,
    outcome,
  };
}

type Seen = {
  -readonly [K in 'records' | 'states' | 'status' | 'errors' | 'check' | 'schema']: Outcome[K];
} & {
  records: JsonObject[];
  states: JsonObject[];
  errors: Outcome['errors'][number][];
};

function emptyOutcome(): Seen {
  return { records: [], states: [], status: undefined, errors: [], check: undefined, schema: undefined };
}

async function read(
  connector: Connector,
  name: string,
  state: JsonObject | undefined,
  seen: Seen,
  signal: AbortSignal,
): Promise<void> {
  const states = state && new Map([[name, state]]);
  for await (const event of connector.read({ streams: [{ name }], states, signal })) {
    if (event.kind === 'records') seen.records.push(...event.records.map(plainRecord));
    else if (event.kind === 'state') seen.states.push(event.state);
    else if (event.kind === 'error')
      seen.errors.push({ message: event.error.message, kind: event.error.kind });
    else if (event.status === 'COMPLETE' || event.status === 'INCOMPLETE') seen.status = event.status;
  }
}

/** The result of a test that is known to pass. Milliseconds. */
export function passedTest(test: TestFields, place: Place, took: number): TestResult {
  return { ...baseOf(test, place), status: 'passed', failures: [], took };
}

function baseOf({ name, stream, recorded }: TestFields, place: Place) {
  const level: Level = recorded === undefined ? 'simulated' : 'recorded';
  return { name, stream, level, recorded, place };
}

/** A field of a test's config that is null takes away that of the file. */
export function configOfTest(subject: Subject, { config }: TestFields): JsonObject {
  const all = { ...subject.config, ...config };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
}

/** As it would be written: templates leave values of their own. */
function plainRecord(record: JsonObject): JsonObject {
  const plain = toJson(record);
  return isObject(plain) ? plain : record;
}
