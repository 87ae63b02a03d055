import type { Connector } from '../../connector/connector.ts';
import type { StreamDefinition, StreamState } from '../../contract/families.ts';
import type { LineFormat } from '../../contract/lines.ts';
import { type Destination, RefusedRecords } from '../../destinations/destination.ts';
import type { SyncEvent } from '../../sync/read/sync-event.ts';
import { createReusedMemory } from '../../util/bytes/reused-memory.ts';
import { tryTo } from '../../util/flow/try-to.ts';
import { isTooDeep, tellDeepRecord } from '../../util/json/deep-record.ts';
import { addProblem, type Problems } from './problems.ts';
import type { StreamProgress } from './progress.ts';
import type { ProgressView } from './progress-view.ts';
import { reachedText } from './reached.ts';

function notePosition(stream: StreamProgress, time: number | undefined): void {
  if (time === undefined) return;
  stream.position = { time, at: Date.now() };
  stream.firstPosition ??= stream.position;
}

export interface Reading {
  readonly connector: Connector;
  readonly streams: readonly StreamDefinition[];
  /** Where they begin. */
  readonly states: ReadonlyMap<string, StreamState>;
  readonly progress: ReadonlyMap<string, StreamProgress>;
  readonly requests: ReadonlyMap<string, number>;
  readonly problems: Problems;
  readonly view: ProgressView;
  readonly signal: AbortSignal | undefined;
}

/** What a state covers can be loaded: little enough for that to go on while more is read. */
const bytesPerState = 4 * 1024 * 1024;

/** Writes what comes into the destination and into the progress. */
export async function readInto(destination: Destination, reading: Reading): Promise<void> {
  const { connector, progress, requests, problems, view, signal, states } = reading;
  const definitions = new Map(reading.streams.map((definition) => [definition.name, definition]));
  const streams = reading.streams.map(({ name }) => ({ name }));
  const refused = new Set<string>();
  const memory = createReusedMemory();
  /** Records that nobody has looked into need not become objects. */
  const asTheyAre: LineFormat = { head: '', tail: () => '\n', withoutNulls: false, room: memory.room };
  const lines = () => asTheyAre;
  for await (const event of connector.read({ streams, states, signal, lines, bytesPerState })) {
    const stream = progress.get(event.stream) as StreamProgress;
    const definition = definitions.get(event.stream) as StreamDefinition;
    stream.requests = requests.get(event.stream) ?? 0;
    if (!refused.has(event.stream)) {
      try {
        await take(event, stream, definition);
      } catch (error) {
        const isDeep = event.kind === 'records' && isTooDeep(error);
        const refusal = isDeep ? new RefusedRecords(tellDeepRecord(event.records, stream.records)) : error;
        if (!(refusal instanceof RefusedRecords)) throw refusal;
        refused.add(event.stream);
        addProblem(problems, event.stream, refusal);
        stream.status = 'failed';
        stream.endedAt = Date.now();
      }
    }
    view.changed(stream);
  }

  async function take(event: SyncEvent, stream: StreamProgress, definition: StreamDefinition): Promise<void> {
    switch (event.kind) {
      case 'records':
        if (event.lines === undefined) await destination.write(event.stream, event.records);
        else {
          await destination.writeLines(event.stream, event.lines);
          memory.giveBack(event.lines);
        }
        stream.records += event.records.length;
        break;
      case 'state':
        stream.reached = reachedText(event.state, definition);
        notePosition(
          stream,
          tryTo(() => definition.timeOf?.(event.state)),
        );
        await destination.checkpoint(event.stream, event.state);
        break;
      case 'error':
        addProblem(problems, event.stream, event.error);
        break;
      case 'status':
        if (event.status === 'STARTED') {
          stream.status = 'reading';
          stream.startedAt = Date.now();
          stream.until = tryTo(() => definition.untilTime?.());
          await destination.open(event.stream, {
            schema: await definition.schema(),
            key: definition.primaryKey,
            mode: definition.cursorField === undefined ? 'replace' : 'merge',
          });
        } else if (event.status !== 'RUNNING') {
          stream.status = event.status === 'COMPLETE' ? 'done' : signal?.aborted ? 'stopped' : 'failed';
          stream.endedAt = Date.now();
          if (stream.status === 'done') await destination.complete(event.stream);
        }
    }
  }
}
