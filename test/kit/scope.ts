import * as z from 'zod';
import { createConfigStore } from '../../engine/connector/config-store.ts';
import type { Families, Family, OutgoingRequest } from '../../engine/contract/families.ts';
import type { HttpResponse } from '../../engine/contract/http-response.ts';
import type { LogLevel, Scope, StreamScope, SyncScope, Transport } from '../../engine/contract/scope.ts';
import { ConnectorError } from '../../engine/error/connector-error.ts';
import type { Component } from '../../engine/language/component.ts';
import { fieldProblems } from '../../engine/language/field-problems.ts';
import { plain } from '../../engine/language/plain.ts';
import { rememberFields } from '../../engine/language/written-at.ts';
import { fieldOf, type MappingNode, nodeFromValue, typeOf } from '../../engine/manifest/node.ts';
import { nodeAt } from '../../engine/manifest/node-at.ts';
import type { Clock } from '../../engine/time/clock.ts';
import { createMemo } from '../../engine/util/flow/memo.ts';
import type { JsonObject } from '../../engine/util/json/json.ts';
import { testResponse } from './response.ts';
import { testTemplates } from './templates.ts';

/** What a test's API answers to one request. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Objects and arrays are sent as JSON. */
  readonly body?: unknown;
  /** Thrown by the transport instead of an answer. */
  readonly error?: Error;
}

export type Answers = readonly Answer[] | ((request: OutgoingRequest) => Answer | Promise<Answer>);

export interface TestScopeOptions {
  readonly config?: JsonObject;
  readonly parameters?: JsonObject;
  /** One answer after the other, or a handler. Without any, a request fails the test. */
  readonly answers?: Answers;
  /** Milliseconds since the epoch at which the clock starts. */
  readonly now?: number;
  readonly random?: () => number;
  /** Components that slots may name. */
  readonly components?: readonly Component[];
  readonly stream?: Partial<StreamScope>;
  readonly sync?: Partial<SyncScope>;
  readonly scope?: Partial<Scope>;
}

export interface TestScope extends Scope {
  readonly clock: FakeClock;
  /** Every request that went out, in order. */
  readonly requests: OutgoingRequest[];
  readonly logs: { readonly level: LogLevel; readonly message: string }[];
  readonly secrets: string[];
  /** How often a component kept something in the config. */
  readonly configChanges: () => number;
}

/** A clock that never waits: sleeping moves it on. */
export interface FakeClock extends Clock {
  /** Milliseconds of every sleep so far. */
  readonly sleeps: number[];
  advance(ms: number): void;
}

export function fakeClock(now = Date.UTC(2024, 0, 1)): FakeClock {
  let current = now;
  const sleeps: number[] = [];
  return {
    sleeps,
    now: () => current,
    advance(ms) {
      current += ms;
    },
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      sleeps.push(ms);
      current += Math.max(0, ms);
    },
  };
}

/** A transport in memory; `requests` holds copies of what was sent. With a clock, it says when it sends. */
export function fakeTransport(
  answers: Answers = [],
  clock?: Clock,
): Transport & { readonly requests: OutgoingRequest[] } {
  const requests: OutgoingRequest[] = [];
  const queue = typeof answers === 'function' ? undefined : [...answers];
  return {
    requests,
    async send(request, options): Promise<HttpResponse> {
      if (clock !== undefined) options?.onSent?.(clock.now());
      requests.push({ ...request, headers: { ...request.headers } });
      const answer = typeof answers === 'function' ? await answers(request) : queue?.shift();
      if (answer === undefined) throw new Error(`No answer left for ${request.method} ${request.url}`);
      if (answer.error !== undefined) throw answer.error;
      return testResponse({ url: String(request.url), ...answer });
    },
    async close() {},
  };
}

/** A scope for unit tests: fake clock, transport in memory, everything else the least that works. */
export function testScope(options: TestScopeOptions = {}): TestScope {
  const clock = fakeClock(options.now);
  const node = nodeFromValue({}, { name: '<test>' }) as MappingNode;
  const http = fakeTransport(options.answers, clock);
  const logs: { level: LogLevel; message: string }[] = [];
  const secrets: string[] = [];
  let configChanges = 0;
  const store = createConfigStore(options.config ?? {}, () => void configChanges++);
  const sync: SyncScope = {
    build: (node, family, scope) => buildFrom(options.components ?? [], node, family, scope),
    defaultTypeOf: () => undefined,
    get templates() {
      return testTemplates(clock);
    },
    clock,
    startedAt: clock.now(),
    random: options.random ?? (() => 0.5),
    http,
    held: { whole: 2 ** 28, record: 2 ** 26 },
    cache: { fetch: (_request, send) => send(), once: (_key, send) => send(), async close() {} },
    budget: undefined,
    load: { window() {}, received() {} },
    log: (level, message) => void logs.push({ level, message }),
    whenStreamEnds: () => {},
    updateConfig: store.update,
    addSecret: (value) => void secrets.push(value),
    holdsSecret: (text) => secrets.some((secret) => text.includes(secret)),
    shared: createMemo(),
    readFile: async () => undefined,
    asyncJobLimit: 1,
    isParent: () => false,
    readersOf: () => undefined,
    signal: new AbortController().signal,
    ...options.sync,
  };
  return {
    config: store.current,
    parameters: options.parameters ?? {},
    node,
    place: node.place,
    sync,
    ...(options.stream && {
      stream: {
        name: 'items',
        primaryKey: undefined,
        transformations: [],
        schemaLoader: undefined,
        cursorField: undefined,
        isParent: () => false,
        ...options.stream,
      },
    }),
    ...options.scope,
    clock,
    requests: http.requests,
    logs,
    secrets,
    configChanges: () => configChanges,
  };
}

/** Makes a component from a definition written as a plain object. Throws the first of what is wrong with its fields. */
export function makeComponent<F extends Family>(
  component: Component<F>,
  definition: JsonObject,
  scope: Scope = testScope(),
): Families[F] {
  const node = nodeFromValue(definition, { name: '<test>' }) as MappingNode;
  return makeFromNode(component, node, scope);
}

function makeFromNode<F extends Family>(
  component: Component<F>,
  node: MappingNode,
  scope: Scope,
): Families[F] {
  const read = z.object(component.fields()).safeParse(plain(node));
  if (!read.success) {
    const [problem] = fieldProblems(read.error.issues, node, component.type);
    throw new ConnectorError(problem?.message ?? '', {
      kind: 'config_error',
      nodes: problem?.places ?? [],
    });
  }
  const fields = read.data;
  rememberFields(node, fields);
  const own = fieldOf(node, '$parameters');
  const parameters = { ...scope.parameters, ...(own === undefined ? {} : (plain(own) as JsonObject)) };
  for (const { message, at = [], offset } of component.check?.(fields as never) ?? []) {
    throw new ConnectorError(message, { kind: 'config_error', nodes: [nodeAt(node, at).place], offset });
  }
  return component.make(fields as never, { ...scope, parameters, node, place: node.place });
}

function buildFrom<F extends Family>(
  components: readonly Component[],
  node: MappingNode,
  family: F,
  scope: Scope,
): Families[F] {
  const type = typeOf(node);
  const found = components.find(
    (item) => item.family === family && (item.type === type || item.aliases?.includes(type ?? '')),
  );
  if (found === undefined) throw new Error(`This test knows no ${family} "${type}"`);
  return makeFromNode(found as Component<F>, node, scope);
}
