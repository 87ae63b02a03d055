import type { Decision } from '../../contract/decision.ts';
import type { OutgoingRequest, StreamState } from '../../contract/families.ts';
import type { Occasion } from '../../contract/scope.ts';
import type { ConnectorError } from '../../error/connector-error.ts';
import type { Interfere, PageAbout } from '../../simulator/simulator.ts';
import type { Clock } from '../../time/clock.ts';
import { virtualClock } from '../../time/virtual-clock.ts';
import type { JsonObject } from '../../util/json/json.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import type { StreamAt, Subject } from '../subject.ts';
import type { SimulatedApi } from './api.ts';

export interface RunOptions {
  readonly state?: StreamState | undefined;
  readonly config?: JsonObject | undefined;
  /** Stands between the connector and the API. */
  readonly interfere?: Interfere | undefined;
  /** Whether to listen to decisions, which costs a little. */
  readonly listens?: boolean;
  /** Milliseconds since the epoch at which it begins; the subject's moment by default. */
  readonly now?: number;
  /** For who looks at it meanwhile; one that begins at `now` by default. */
  readonly clock?: Clock;
  /** What random numbers are; the same for all by default. */
  readonly random?: () => number;
  /** Whether it ends with the first request that the simulator cannot answer. */
  readonly endsUnanswered?: boolean;
  /** Whether it ends with the first error, for who asks no more than whether there is one: each of many slices may have it. */
  readonly endsFailed?: boolean;
}

/** A request for records, and what it was for. */
export interface AskedPage {
  readonly request: OutgoingRequest;
  readonly about: PageAbout;
}

/** A request of any kind, and what it was for; undefined where it logs in. */
export interface SentRequest {
  readonly request: OutgoingRequest;
  readonly occasion: Occasion | undefined;
}

/** What came of reading one stream. */
export interface Run {
  readonly records: readonly JsonObject[];
  readonly states: readonly { readonly state: StreamState; readonly recordsBefore: number }[];
  readonly statuses: readonly string[];
  readonly errors: readonly ConnectorError[];
  readonly logs: readonly { readonly level: string; readonly message: string }[];
  /** All but the ways that templates go. */
  readonly decisions: readonly Decision[];
  /** Of the stream itself and its parents, in order. */
  readonly asked: readonly AskedPage[];
  /** What was asked for and what was asked about jobs and logins, in order. */
  readonly sent: readonly SentRequest[];
  readonly isComplete: boolean;
  /** It was stopped, since it asked for more than any stream of a simulated API needs. */
  readonly isEndless: boolean;
}

/** Reads a stream from a simulated API. What is thrown outside of its sync, such as by a config, counts as its error. */
export async function runStream(
  subject: Subject,
  { name }: Pick<StreamAt, 'name'>,
  api: SimulatedApi,
  {
    state,
    config = api.config,
    interfere,
    listens = true,
    random,
    now = subject.now,
    clock = virtualClock(now),
    endsUnanswered = false,
    endsFailed = false,
  }: RunOptions = {},
): Promise<Run> {
  const records: JsonObject[] = [];
  const states: { state: StreamState; recordsBefore: number }[] = [];
  const statuses: string[] = [];
  const errors: ConnectorError[] = [];
  const logs: { level: string; message: string }[] = [];
  const decisions: Decision[] = [];
  const asked: AskedPage[] = [];
  const sent: SentRequest[] = [];
  const stop = new AbortController();
  let isEndless = false;
  /** No more is to be learnt of it. */
  let isCut = false;
  function cut(): void {
    isCut = true;
    stop.abort();
  }
  api.interfereWith((request, about, answer) => {
    asked.push({ request, about });
    if (asked.length > mostRequests && !isCut) {
      isEndless = true;
      stop.abort();
    }
    return interfere === undefined ? answer() : interfere(request, about, answer);
  });
  api.whenUnanswered(() => {
    if (endsUnanswered) cut();
  });
  const connector = subject.configure(config, {
    clock,
    transport: {
      ...api.transport,
      send(given, options) {
        const request = copyOf(given);
        sent.push({ request, occasion: options?.occasion });
        return api.transport.send(request, options);
      },
    },
    ...(random && { random }),
    log: (level, message) => void logs.push({ level, message }),
    ...(listens && { onDecision: (decision) => void decisions.push(decision), ignoresBranches: true }),
  });
  const given = state === undefined ? undefined : new Map([[name, state]]);
  try {
    for await (const event of connector.read({ streams: [{ name }], states: given, signal: stop.signal })) {
      if (event.kind === 'records') for (const record of event.records) records.push(record);
      if (event.kind === 'state') states.push({ state: event.state, recordsBefore: records.length });
      if (event.kind === 'status') statuses.push(event.status);
      if (event.kind === 'error') {
        errors.push(event.error);
        if (endsFailed) cut();
      }
    }
  } catch (error) {
    if (!isEndless && !isCut) throw error;
  } finally {
    await connector.close();
    api.interfereWith(undefined);
    api.whenUnanswered(undefined);
  }
  return {
    records,
    states,
    statuses,
    errors,
    logs,
    decisions,
    asked,
    sent,
    isComplete: statuses.at(-1) === 'COMPLETE',
    isEndless,
  };
}

/** As it is now: whoever sends it may change it afterwards. */
function copyOf(request: OutgoingRequest): OutgoingRequest {
  return { ...request, url: new URL(request.url.href), headers: { ...request.headers } };
}

/** No stream of a simulated API needs as many. */
export const mostRequests = 3000;

/** What tells a record of the stream apart: its primary key, or all of it. */
export function identityOf({ definition }: StreamAt): (record: JsonObject) => string {
  const key = definition?.primaryKey;
  if (key === undefined || key.length === 0) return (record) => toJsonText(record);
  return (record) => toJsonText(key.map((path) => valueAt(record, path)));
}

export function valueAt(record: unknown, path: readonly string[]): unknown {
  let current: unknown = record;
  for (const name of path)
    current = typeof current === 'object' && current !== null ? (current as JsonObject)[name] : undefined;
  return current;
}
