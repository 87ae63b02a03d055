import type { StreamState } from '../contract/families.ts';
import type { Exchange } from '../contract/scope.ts';
import type { Slice } from '../contract/slice.ts';
import type { ConnectorError } from '../error/connector-error.ts';
import { locatedError } from '../error/located-error.ts';
import { printError } from '../error/print-location.ts';
import { withoutPlatformFields } from '../protocol/platform-fields.ts';
import type { JsonObject } from '../util/json/json.ts';
import { createDatetimeInference } from './datetime-inference.ts';
import type { BuilderLimits } from './limits.ts';
import { createSchemaInference } from './schema-inference.ts';
import type { LogEntry, StreamRead, StreamReadSlice } from './stream-read.ts';
import type { Redact } from './view-exchange.ts';
import { type OpenSlice, viewAll, viewSlice } from './view-slice.ts';

/** Collects what a test read shows while it runs. */
export interface ReadRecorder {
  log(level: string, message: string, error?: ConnectorError): void;
  /** What went wrong, as an entry of the log. */
  fail(thrown: unknown): void;
  /** A request that was answered: a page of the current slice, or one of the requests around it. */
  exchange(exchange: Exchange): void;
  configChanged(config: JsonObject): void;
  /** Pages, records and states belong to this slice from now on. */
  beginSlice(slice: Slice): void;
  /** Records of the current slice; those beyond the limit are left out. */
  records(records: readonly JsonObject[]): void;
  /** There is no room for another record. */
  isFull(): boolean;
  state(state: StreamState): void;
  /** `required` are the paths of the fields that every record should have. */
  result(required: readonly (readonly string[])[]): Promise<StreamRead>;
}

export type ReadLimits = Omit<BuilderLimits, 'streams'>;

export function createReadRecorder(stream: string, limits: ReadLimits, redact: Redact): ReadRecorder {
  const logs: LogEntry[] = [];
  const slices: OpenSlice[] = [];
  const auxiliary: Exchange[] = [];
  const schema = createSchemaInference();
  const datetimes = createDatetimeInference();
  let latestConfig: JsonObject | undefined;
  let recordCount = 0;
  let recordsSinceState = 0;

  function log(level: string, message: string, error?: ConnectorError): void {
    const stack = error?.cause instanceof Error ? error.cause.stack : undefined;
    logs.push({
      message: redact(message),
      level,
      internal_message: error === undefined ? null : redact(error.internalMessage ?? error.message),
      stacktrace: stack === undefined ? null : redact(stack),
    });
  }

  const isFull = () => recordCount >= limits.records;

  return {
    log,
    fail(thrown) {
      const error = locatedError(thrown, { path: [`stream "${stream}"`] });
      log('ERROR', printError(error), error);
    },
    exchange(exchange) {
      const current = slices.at(-1);
      if (exchange.purpose !== undefined) {
        const isOfSlice = exchange.purpose.type.startsWith('ASYNC_') && current !== undefined;
        (isOfSlice ? current.auxiliary : auxiliary).push(exchange);
      } else if (exchange.stream === stream) {
        current?.pages.push({ exchange, records: [] });
      }
    },
    configChanged(config) {
      latestConfig = config;
    },
    beginSlice(slice) {
      slices.push({ slice, pages: [], auxiliary: [], state: undefined });
    },
    records(records) {
      const current = slices.at(-1);
      for (const record of records) {
        if (isFull()) return;
        if (current?.pages.length === 0) current.pages.push({ exchange: undefined, records: [] });
        current?.pages.at(-1)?.records.push(record);
        recordCount += 1;
        recordsSinceState += 1;
        schema.add(record);
        datetimes.add(record);
      }
    },
    isFull,
    state(state) {
      const current = slices.at(-1);
      if (current !== undefined) current.state = stateMessage(stream, state, recordsSinceState);
      recordsSinceState = 0;
    },
    async result(required) {
      const inferred = schema.result(required);
      for (const problem of inferred?.problems ?? []) log('ERROR', problem);
      const shown = await Promise.all(slices.map((slice) => viewSlice(slice, redact)));
      return {
        logs,
        slices: shown,
        test_read_limit_reached: isLimitReached(shown, limits),
        auxiliary_requests: await viewAll(auxiliary, redact),
        inferred_schema: inferred?.schema ?? null,
        inferred_datetime_formats: datetimes.result(),
        latest_config_update: latestConfig === undefined ? null : withoutPlatformFields(latestConfig),
      };
    },
  };
}

function stateMessage(name: string, state: StreamState, recordCount: number): JsonObject {
  return {
    type: 'STREAM',
    stream: { stream_descriptor: { name, namespace: null }, stream_state: state },
    global_: null,
    data: null,
    sourceStats: { recordCount },
    destinationStats: null,
  };
}

function isLimitReached(slices: readonly StreamReadSlice[], limits: ReadLimits): boolean {
  const records = slices.flatMap(({ pages }) => pages).reduce((sum, page) => sum + page.records.length, 0);
  return (
    slices.length >= limits.slices ||
    slices.some(({ pages }) => pages.length >= limits.pagesPerSlice) ||
    records >= limits.records
  );
}
