import type { ReadLimits } from '../builder/read-recorder.ts';
import type { StreamRead } from '../builder/stream-read.ts';
import { testRead } from '../builder/test-read.ts';
import { noSchemaFile } from '../components/schema-loaders/json-file-schema-loader.ts';
import { defaultTransport } from '../connector/default-transport.ts';
import type { Manifest } from '../connector/load-manifest.ts';
import type { Surroundings } from '../connector/sync-scope.ts';
import type { Decision } from '../contract/decision.ts';
import type { StreamDefinition, StreamState } from '../contract/families.ts';
import type { Evaluation, Exchange } from '../contract/scope.ts';
import { ConnectorError, hasCode } from '../error/connector-error.ts';
import { createRedactor, type Redactor } from '../http/wire/redact.ts';
import { type Clock, systemClock } from '../time/clock.ts';
import type { JsonObject, JsonSchema } from '../util/json/json.ts';
import { createCollector, type PreviewSlice } from './collect.ts';
import { countSlices } from './count-slices.ts';
import { timedTransport } from './timed-transport.ts';
import { createTimeline, type TimelineEvent } from './timeline.ts';

export interface PreviewOptions {
  readonly stream: string;
  readonly states?: ReadonlyMap<string, StreamState> | undefined;
  readonly limits: Omit<ReadLimits, 'isAsInSync'>;
  readonly surroundings?: Surroundings;
  /** Takes the times of requests; by default the clock of the surroundings. */
  readonly stopwatch?: Clock;
  /** Told of every decision as it is made, and of every template. */
  readonly onDecision?: (decision: Decision) => void;
  readonly onEvaluation?: (evaluation: Evaluation) => void;
  /** Told that something was added to what is seen so far, which is the same object each time. */
  readonly onProgress?: (seen: PreviewProgress) => void;
}

/** What is known of a preview while it is read. */
export type PreviewProgress = Pick<Preview, 'slices' | 'exchanges' | 'timeline'>;

/** A little of a stream, and everything that was decided on the way. */
export interface Preview {
  readonly stream: string;
  readonly slices: readonly PreviewSlice[];
  /** All that there are to read, where that is known without reading. */
  readonly sliceCount: number | undefined;
  readonly state: StreamState | undefined;
  readonly records: readonly JsonObject[];
  readonly cursorField: string | undefined;
  readonly primaryKey: readonly (readonly string[])[] | undefined;
  /** Declared for the records; undefined when it cannot be had. */
  readonly schema: JsonSchema | undefined;
  /** The file that the schema came from, as the manifest names it. */
  readonly schemaFile: string | undefined;
  /** The file that the schema should be in, when the stream looks for one and there is none. */
  readonly missingSchemaFile: string | undefined;
  /** All requests with their answers in order, those for parents and tokens among them. */
  readonly exchanges: readonly Exchange[];
  /** When they were sent, and when somebody waited. */
  readonly timeline: readonly TimelineEvent[];
  readonly errors: readonly unknown[];
  /** What was logged: waits are told with their pages. */
  readonly warnings: readonly string[];
  readonly decisions: readonly Decision[];
  /** The answer of the connector builder's test read, without secrets. */
  readonly read: StreamRead;
  readonly redactor: Redactor;
}

/** Slices without records say little: as many of them are read besides those that were asked for. */
const emptySlices = 60;

/**
 * Reads a little of one stream as a sync would, with retries and waits, and keeps why each page was the last one and
 * each record was left out. Throws ConnectorError when the manifest cannot be used at all; what fails while it is read is
 * part of the result.
 */
export async function preview(
  manifest: Manifest,
  config: JsonObject,
  options: PreviewOptions,
): Promise<Preview> {
  const { stream, states, limits, surroundings = {}, onDecision, onEvaluation, onProgress } = options;
  const redactor = surroundings.redactor ?? createRedactor();
  const { stopwatch = surroundings.clock ?? systemClock } = options;
  const transport = timedTransport(surroundings.transport ?? defaultTransport(surroundings), stopwatch);
  const collector = createCollector(stream, transport.millisecondsOf);
  const warnings: string[] = [];
  const decisions: Decision[] = [];
  let definition: StreamDefinition | undefined;
  let schema: JsonSchema | undefined;
  let sliceCount: number | undefined;
  let schemaFile: string | undefined;
  let soughtInVain: string | undefined;
  let missingSchemaFile: string | undefined;
  const exchanges: Exchange[] = [];
  const timeline = createTimeline(stopwatch, transport.millisecondsOf);
  const seen: PreviewProgress = { slices: collector.slices, exchanges, timeline: timeline.events };

  const read = await testRead(manifest, config, {
    stream,
    limits: { ...limits, slices: limits.slices + emptySlices, isAsInSync: true },
    ...(states !== undefined && { states }),
    surroundings: {
      ...surroundings,
      redactor,
      transport,
      log(level, message) {
        if (level === 'WARN') warnings.push(message);
      },
      onExchange(exchange) {
        exchanges.push(exchange);
        timeline.exchange(exchange);
        collector.exchange(exchange);
        onProgress?.(seen);
      },
      async readFile(path) {
        const text = await surroundings.readFile?.(path);
        if (path.endsWith('.json')) {
          if (text === undefined) soughtInVain ??= path;
          else [schemaFile, soughtInVain] = [path, undefined];
        }
        return text;
      },
      onDecision(decision) {
        decisions.push(decision);
        timeline.decision(decision);
        collector.decision(decision);
        onDecision?.(decision);
        onProgress?.(seen);
      },
      onEvaluation(evaluation) {
        collector.evaluation(evaluation);
        onEvaluation?.(evaluation);
      },
    },
    watch: {
      slice: collector.slice,
      records(records) {
        collector.records(records);
        onProgress?.(seen);
      },
      state: collector.state,
      failed: collector.failed,
      isEnough: () => collector.slices.filter(isTelling).length >= limits.slices,
      async end(made) {
        definition = made;
        schema = await made.schema().catch((thrown: unknown) => {
          if (hasCode(thrown, noSchemaFile)) missingSchemaFile = soughtInVain;
          else collector.failed(thrown);
          return undefined;
        });
        // A stream that names no schema may have a file by its own name.
        if (schema !== undefined && Object.keys(schema).length === 0) missingSchemaFile = soughtInVain;
        sliceCount = await countSlices(manifest, made, states?.get(stream), collector.slices.length);
      },
    },
  });
  if (definition === undefined && collector.errors.length === 0)
    throw new ConnectorError(`There is no stream "${stream}" in the manifest.`, { kind: 'config_error' });
  return {
    stream,
    slices: collector.slices,
    sliceCount,
    state: collector.lastState(),
    records: collector.slices.flatMap(({ records }) => records),
    primaryKey: definition?.primaryKey,
    cursorField: definition?.cursorField,
    schemaFile,
    missingSchemaFile,
    exchanges,
    timeline: timeline.events,
    schema,
    errors: collector.errors,
    warnings: [...new Set(warnings)],
    decisions,
    read,
    redactor,
  };
}

function isTelling({ pages, error }: PreviewSlice): boolean {
  return error !== undefined || pages.some(({ counts }) => counts !== undefined && counts.found > 0);
}
