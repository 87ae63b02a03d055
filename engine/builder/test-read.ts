import { type Connector, connect, type Manifest } from '../connector.ts';
import { type ConnectorError, isConnectorError } from '../error/connector-error.ts';
import type { Diagnostic } from '../error/diagnostic.ts';
import { locatedError } from '../error/located-error.ts';
import { printDiagnostic, printError } from '../error/print-location.ts';
import { redactedError } from '../error/redacted-error.ts';
import { createRedactor } from '../http/redact.ts';
import type { OpenStream, StreamDefinition, StreamState } from '../language/families.ts';
import type { Exchange } from '../language/scope.ts';
import { withoutPlatformFields } from '../protocol/platform-fields.ts';
import { hideSecrets } from '../protocol/secrets.ts';
import type { Surroundings } from '../sync-scope.ts';
import type { JsonObject } from '../util/json.ts';
import { validateManifest } from '../validate-manifest.ts';
import { createDatetimeInference } from './infer-datetime-formats.ts';
import { createSchemaInference } from './infer-schema.ts';
import type { BuilderLimits } from './limits.ts';
import type { LogEntry, StreamRead, StreamReadSlice } from './stream-read.ts';
import type { Redact } from './view-exchange.ts';
import { type OpenSlice, viewAll, viewSlice } from './view-slice.ts';

export interface TestReadOptions {
  readonly stream: string;
  readonly states?: ReadonlyMap<string, StreamState>;
  readonly cursorField?: string | undefined;
  readonly limits: Omit<BuilderLimits, 'streams'>;
  readonly surroundings?: Surroundings;
}

/**
 * Reads a little of one stream and shows every request with its answer and its records: slice after slice, page after
 * page, nothing cached, nothing repeated. What goes wrong at the API is a log entry; a manifest or config that cannot
 * be used at all throws.
 */
export async function testRead(
  manifest: Manifest,
  config: JsonObject,
  options: TestReadOptions,
): Promise<StreamRead> {
  const { stream: name, limits, surroundings } = options;
  const redactor = createRedactor();
  const redact: Redact = redactor.text;
  const logs: LogEntry[] = [];
  const auxiliary: Exchange[] = [];
  const slices: OpenSlice[] = [];
  const schema = createSchemaInference();
  const datetimes = createDatetimeInference();
  let changedConfig: JsonObject | undefined;
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
  function fail(thrown: unknown, path: readonly string[] = []): void {
    const error = locatedError(thrown, { path: [`stream "${name}"`, ...path] });
    log('ERROR', printError(error), error);
  }

  const connector = connect(manifest, config, {
    ...surroundings,
    redactor,
    limits: { pagesPerSlice: limits.pagesPerSlice, slices: limits.slices },
    log: (level, message) => {
      if (level !== 'DEBUG' && level !== 'TRACE') log(level, message);
    },
    onConfigChange: (changed) => {
      changedConfig = changed;
    },
    onExchange(exchange) {
      const current = slices.at(-1);
      if (exchange.purpose !== undefined) {
        const isOfSlice = exchange.purpose.type.startsWith('ASYNC_') && current !== undefined;
        (isOfSlice ? current.auxiliary : auxiliary).push(exchange);
      } else if (exchange.stream === name) {
        current?.pages.push({ exchange, records: [] });
      }
    },
  });
  hideSecrets(redactor, connector.spec, config);

  function take(open: OpenSlice, records: readonly JsonObject[]): void {
    for (const record of records) {
      if (recordCount >= limits.records) return;
      if (open.pages.length === 0) open.pages.push({ exchange: undefined, records: [] });
      open.pages.at(-1)?.records.push(record);
      recordCount += 1;
      recordsSinceState += 1;
      schema.add(record);
      datetimes.add(record);
    }
  }

  async function readSlice(opened: OpenStream, open: OpenSlice): Promise<void> {
    for await (const { records } of opened.read(open.slice)) {
      take(open, records);
      if (recordCount >= limits.records) break;
    }
    opened.cursor.closeSlice(open.slice);
    if (opened.cursor.stateInterval === undefined) keepState(opened, open);
  }

  function keepState(opened: OpenStream, open: OpenSlice | undefined): void {
    if (open !== undefined) open.state = stateMessage(name, opened.cursor.state(), recordsSinceState);
    recordsSinceState = 0;
  }

  async function readSlices(definition: StreamDefinition): Promise<void> {
    let failed = false;
    try {
      const opened = definition.open({
        state: options.states?.get(name),
        cursorField: options.cursorField,
        isPreview: true,
        signal: surroundings?.signal,
      });
      for await (const slice of opened.cursor.slices()) {
        const open: OpenSlice = { slice, pages: [], auxiliary: [], state: undefined };
        slices.push(open);
        try {
          await readSlice(opened, open);
        } catch (thrown) {
          failed = true;
          fail(thrown);
        }
        if (recordCount >= limits.records || surroundings?.signal?.aborted) break;
      }
      if (!failed) {
        opened.cursor.finish();
        keepState(opened, slices.at(-1));
      }
    } catch (thrown) {
      fail(thrown);
    }
  }

  try {
    if (isUsable(connector, fail)) {
      const definition = await connector.find(name);
      if (definition === undefined) log('ERROR', `There is no stream "${name}" in the manifest.`);
      else await readSlices(definition);
      for (const diagnostic of warningsFor(name, manifest)) log('WARN', printDiagnostic(diagnostic));
      const inferred = schema.result(
        definition === undefined
          ? []
          : [...(definition.primaryKey ?? []), ...(definition.cursorField ? [[definition.cursorField]] : [])],
      );
      for (const problem of inferred?.problems ?? []) log('ERROR', problem);
      return await finished(inferred?.schema ?? null);
    }
    return await finished(null);
  } catch (error) {
    throw redactedError(error, redact);
  } finally {
    await connector.close();
  }

  async function finished(inferredSchema: JsonObject | null): Promise<StreamRead> {
    const shown = await Promise.all(slices.map((open) => viewSlice(open, redact)));
    return {
      logs,
      slices: shown,
      test_read_limit_reached: isLimitReached(shown, limits),
      auxiliary_requests: await viewAll(auxiliary, redact),
      inferred_schema: inferredSchema,
      inferred_datetime_formats: datetimes.result(),
      latest_config_update: changedConfig === undefined ? null : withoutPlatformFields(changedConfig),
    };
  }
}

/** A config that does not fit is an answer for the author to see. */
function isUsable(connector: Connector, fail: (thrown: unknown) => void): boolean {
  try {
    connector.prepare();
    return true;
  } catch (thrown) {
    if (!isConnectorError(thrown)) throw thrown;
    fail(thrown);
    return false;
  }
}

function warningsFor(name: string, manifest: Manifest): Diagnostic[] {
  return validateManifest(manifest).filter(
    ({ severity, stream }) => severity === 'warning' && (stream === undefined || stream === name),
  );
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

function isLimitReached(slices: readonly StreamReadSlice[], limits: TestReadOptions['limits']): boolean {
  const records = slices.flatMap(({ pages }) => pages).reduce((sum, page) => sum + page.records.length, 0);
  return (
    slices.length >= limits.slices ||
    slices.some(({ pages }) => pages.length >= limits.pagesPerSlice) ||
    records >= limits.records
  );
}
