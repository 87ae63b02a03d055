import { setMaxListeners } from 'node:events';
import type { Dispatcher } from 'undici';
import type { OnDecision } from '../contract/decision.ts';
import type { RateLimitStore } from '../contract/rate-limit-store.ts';
import type {
  Evaluation,
  Exchange,
  Log,
  LogLevel,
  SyncScope,
  Transport,
  TryLimits,
} from '../contract/scope.ts';
import { createLoad, type MeasuredLoad } from '../http/budget/load.ts';
import { createCache } from '../http/cache/cache.ts';
import { bodyLimits } from '../http/wire/body.ts';
import { createRedactor, type Redactor } from '../http/wire/redact.ts';
import type { Build } from '../language/compile.ts';
import type { DefaultTypeOf } from '../manifest/parameters.ts';
import { createTemplates } from '../template/template.ts';
import { type Clock, systemClock } from '../time/clock.ts';
import { createMemo } from '../util/flow/memo.ts';
import type { JsonObject, JsonSchema } from '../util/json/json.ts';
import { defaultTransport } from './default-transport.ts';

/** What changed the config: the migrations of the spec, or a token that was refreshed. */
export type ConfigChange = 'migration' | 'token';

/** What a connector takes from outside. Tests can replace all of it. */
export interface Surroundings {
  readonly clock?: Clock | undefined;
  /** In [0, 1), for jitter. */
  readonly random?: (() => number) | undefined;
  readonly transport?: Transport | undefined;
  /** undici's own, for proxies, certificates or pools of your own. It stays open when the connector is closed. */
  readonly dispatcher?: Dispatcher | undefined;
  /** Where proxies, certificates and limits of connections are read from; by default what the process has. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  readonly log?: Log | undefined;
  /** Called with the whole config after it changed. */
  readonly onConfigChange?: ((config: JsonObject, reason: ConfigChange) => void) | undefined;
  /** Reads a file the manifest refers to (JSON schemas); undefined when there is none. */
  readonly readFile?: ((path: string) => Promise<string | undefined>) | undefined;
  /** Called for every request that was answered. */
  readonly onExchange?: ((exchange: Exchange) => void) | undefined;
  /** Told of every decision, and where the manifest makes it. Costs nothing when it is absent. */
  readonly onDecision?: OnDecision | undefined;
  /** Leaves out which ways templates go: most decisions are of these, and few who listen want to know. */
  readonly ignoresBranches?: boolean | undefined;
  /** Told of every template that was evaluated. Costs nothing when it is absent. */
  readonly onEvaluation?: ((evaluation: Evaluation) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Bytes of responses kept in memory for parents and children; more of them go to a temporary file. */
  readonly cacheMemory?: number | undefined;
  /** Where those files are made; by default in the system's folder for temporary files. */
  readonly cacheFolder?: string | undefined;
  readonly redactor?: Redactor | undefined;
  /** Shared with other processes that use the same API with the same credentials. It stays open. */
  readonly rateLimitStore?: RateLimitStore | undefined;
  /** The JSON schema a stream has in the configured catalog. */
  readonly catalogSchema?: ((stream: string) => JsonSchema | undefined) | undefined;
  /** Set when a manifest is only tried out. */
  readonly limits?: TryLimits | undefined;
}

/** Surroundings of which these are not left out. */
export type Given<Names extends keyof Surroundings> = {
  readonly [Name in Names]: NonNullable<Surroundings[Name]>;
};

interface Options extends Surroundings {
  readonly build: Build;
  readonly defaultTypeOf: DefaultTypeOf;
}

const defaultAsyncJobLimit = 1;

/**
 * The part of every scope that is shared by all streams of a connector. What the manifest has to say about it (budget,
 * jobs, parents), and where the config is kept, is added once it is known.
 */
export function createSyncScope(options: Options): SyncScope & { readonly load: MeasuredLoad } {
  const { clock = systemClock, readFile, cacheMemory, cacheFolder } = options;
  const redactor = options.redactor ?? createRedactor();
  const log: Log = (level: LogLevel, message: string) => options.log?.(level, redactor.text(message));
  const random = options.random ?? Math.random;
  const signal = options.signal ?? new AbortController().signal;
  const load = createLoad(clock);
  // Every request listens to it, and there may be many at once.
  setMaxListeners(0, signal);
  return {
    build: options.build,
    defaultTypeOf: options.defaultTypeOf,
    templates: createTemplates({
      clock,
      random,
      onWarning: ({ text, message }) => log('WARN', `Template ${JSON.stringify(text)}: ${message}`),
    }),
    clock,
    startedAt: clock.now(),
    random,
    held: bodyLimits(options.env === undefined ? {} : { env: options.env }),
    http: load.measured(options.transport ?? defaultTransport(options)),
    cache: createCache({
      ...(cacheMemory !== undefined && { memoryLimit: cacheMemory }),
      ...(cacheFolder !== undefined && { folder: cacheFolder }),
      warn: (message) => log('WARN', message),
    }),
    budget: undefined,
    load,
    rateLimitStore: options.rateLimitStore,
    log,
    onExchange: options.onExchange,
    onDecision: options.onDecision,
    onBranch: options.ignoresBranches === true ? undefined : options.onDecision,
    onEvaluation: options.onEvaluation,
    limits: options.limits,
    catalogSchema: options.catalogSchema,
    whenStreamEnds: () => {},
    updateConfig: () => {},
    addSecret: (value) => redactor.add(value),
    holdsSecret: (text) => redactor.text(text) !== text,
    shared: createMemo(),
    readFile: readFile ?? (async () => undefined),
    asyncJobLimit: defaultAsyncJobLimit,
    isParent: () => false,
    readersOf: () => undefined,
    signal,
    rateLimits: {},
  };
}
