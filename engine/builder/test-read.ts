import type { Manifest } from '../connector/load-manifest.ts';
import type { Surroundings } from '../connector/sync-scope.ts';
import { withConnector } from '../connector/with-connector.ts';
import type { OpenStream, StreamDefinition, StreamState } from '../contract/families.ts';
import type { Slice } from '../contract/slice.ts';
import type { Diagnostic } from '../error/diagnostic.ts';
import { printDiagnostic } from '../error/print-location.ts';
import { createRedactor } from '../http/wire/redact.ts';
import type { JsonObject } from '../util/json/json.ts';
import { validateManifest } from '../validate/validate-manifest.ts';
import { deprecations } from './deprecations.ts';
import { createReadRecorder, type ReadLimits, type ReadRecorder } from './read-recorder.ts';
import type { StreamRead } from './stream-read.ts';

export interface TestReadOptions {
  readonly stream: string;
  readonly states?: ReadonlyMap<string, StreamState> | undefined;
  readonly cursorField?: string | readonly string[] | undefined;
  readonly limits: ReadLimits;
  readonly surroundings?: Surroundings;
  /** Sees the read as it goes on. What it is given is not redacted. */
  readonly watch?: ReadWatcher;
}

/** One who looks on while a stream is read: slice after slice, page after page. */
export interface ReadWatcher {
  slice?(slice: Slice): void;
  records?(records: readonly JsonObject[]): void;
  state?(state: StreamState): void;
  failed?(thrown: unknown): void;
  /** Asked after every slice: no other one is read. */
  isEnough?(): boolean;
  /** All has been read; requests may still be sent. */
  end?(stream: StreamDefinition): Promise<void>;
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
  const { stream: name, limits, surroundings, watch = {} } = options;
  const redactor = surroundings?.redactor ?? createRedactor();
  const recorder = createReadRecorder(name, limits, redactor.text);
  const reading: Surroundings = {
    ...surroundings,
    redactor,
    limits: {
      pagesPerSlice: limits.pagesPerSlice,
      slices: limits.slices,
      ...(limits.isAsInSync === true && { isAsInSync: true, parentSlices: limits.slices }),
    },
    log: (level, message) => {
      surroundings?.log?.(level, message);
      if (level !== 'DEBUG' && level !== 'TRACE') recorder.log(level, message);
    },
    onConfigChange: recorder.configChanged,
    onExchange(exchange) {
      recorder.exchange(exchange);
      surroundings?.onExchange?.(exchange);
    },
  };
  return withConnector(manifest, config, reading, {
    async work(connector) {
      const definition = await connector.find(name);
      if (definition === undefined) recorder.log('ERROR', `There is no stream "${name}" in the manifest.`);
      else {
        await readSlices(definition, recorder, options);
        await watch.end?.(definition);
      }
      for (const diagnostic of warningsFor(name, manifest)) recorder.log('WARN', printDiagnostic(diagnostic));
      for (const deprecation of deprecations(manifest)) recorder.log('WARN', deprecation);
      return recorder.result(definition === undefined ? [] : requiredFields(definition));
    },
    // A config that does not fit is an answer for the author to see.
    async refused(error) {
      recorder.fail(error);
      watch.failed?.(error);
      return recorder.result([]);
    },
  });
}

/** A slice that fails is not the end of the others. */
async function readSlices(
  definition: StreamDefinition,
  recorder: ReadRecorder,
  { stream, states, cursorField, surroundings, watch = {} }: TestReadOptions,
): Promise<void> {
  const signal = surroundings?.signal;
  let failed = false;
  let hasState = false;
  try {
    const opened = definition.open({ state: states?.get(stream), cursorField, isPreview: true, signal });
    for await (const slice of opened.slices()) {
      recorder.beginSlice(slice);
      watch.slice?.(slice);
      try {
        await readSlice(opened, slice, recorder, watch);
        // A state that is due only now and then is due at once, and then at the end.
        const { stateInterval } = opened.cursor;
        if (stateInterval === undefined || (!hasState && stateInterval !== Number.POSITIVE_INFINITY)) {
          hasState = true;
          recorder.state(opened.cursor.state());
        }
      } catch (thrown) {
        failed = true;
        recorder.fail(thrown);
        watch.failed?.(thrown);
      }
      if (recorder.isFull() || signal?.aborted || watch.isEnough?.() === true) break;
    }
    if (!failed) opened.cursor.finish();
    recorder.state(opened.cursor.state());
    watch.state?.(opened.cursor.state());
  } catch (thrown) {
    recorder.fail(thrown);
    watch.failed?.(thrown);
  }
}

async function readSlice(
  opened: OpenStream,
  slice: Slice,
  recorder: ReadRecorder,
  watch: ReadWatcher,
): Promise<void> {
  for await (const { records } of opened.read(slice)) {
    recorder.records(records);
    watch.records?.(records);
    if (recorder.isFull()) break;
  }
  opened.cursor.closeSlice(slice);
}

function requiredFields({ primaryKey = [], cursorField }: StreamDefinition): readonly (readonly string[])[] {
  return cursorField ? [...primaryKey, [cursorField]] : primaryKey;
}

function warningsFor(name: string, manifest: Manifest): Diagnostic[] {
  return validateManifest(manifest).filter(
    ({ severity, stream }) => severity === 'warning' && (stream === undefined || stream === name),
  );
}
