import type { Slice } from '../contract/slice.ts';
import type { Clock } from '../time/clock.ts';
import { remembered } from '../util/flow/remembered.ts';
import type { JsonObject } from '../util/json/json.ts';
import { toJsonText } from '../util/json/to-json-text.ts';
import { positionsIn } from './data-set.ts';
import { createLiveRecords, type Edit, type LiveRecords } from './live-records.ts';
import type { RawRecord } from './raw-records.ts';
import type { StreamModel } from './stream-model.ts';
import type { Volume } from './volume.ts';

/** The records of the API: each partition's are made when it is first asked for. */
export interface StoredRecords {
  /** Those of a partition; `size` is that of a page. */
  partition(model: StreamModel, slice: Slice, size: number | undefined): Promise<LiveRecords>;
  /** The records that were offered of a stream, over all partitions that were asked for. */
  offered(stream: string): readonly RawRecord[];
  /** Those that there are now. */
  current(stream: string): readonly RawRecord[];
  /** Creates, updates or deletes one of them; undefined when there is none. */
  edit(random: () => number): Edit | undefined;
  /** How often anything was to be changed. */
  readonly edits: number;
}

export interface StoredRecordsOptions {
  readonly clock: Clock;
  readonly volume: Volume;
  /** All records lie in the first window of this stream, where there are pages to be had. */
  readonly isDense?: ((stream: string) => boolean) | undefined;
  /** Integers beyond 2^53. */
  readonly hasLargeIntegers?: boolean | undefined;
}

export function createStoredRecords({
  clock,
  volume,
  isDense,
  hasLargeIntegers = false,
}: StoredRecordsOptions): StoredRecords {
  const partitions = new Map<string, Promise<LiveRecords>>();
  const offered = new Map<string, readonly RawRecord[]>();
  const live = new Map<string, readonly LiveRecords[]>();
  let edits = 0;

  async function makePartition(
    model: StreamModel,
    { partition }: Slice,
    size: number | undefined,
  ): Promise<LiveRecords> {
    const { cursor, name } = model;
    const isPartition = Object.keys(partition).length > 0;
    const isOne = isDetail(model, partition) || (model.placing.isSingle && model.strategy === undefined);
    const count = Math.min(volume(name, isPartition, size), isOne ? 1 : Number.POSITIVE_INFINITY);
    const dense = isDense?.(name) === true;
    const positions = cursor && (await positionsIn(cursor, count, dense));
    const records = createLiveRecords(model, {
      partition,
      count,
      positions,
      hasLargeIntegers,
      isDense: dense,
    });
    offered.set(name, [...(offered.get(name) ?? []), ...records.list()]);
    // What is one record of a partition has no others.
    if (!isOne) live.set(name, [...(live.get(name) ?? []), records]);
    return records;
  }

  return {
    partition: (model, slice, size) =>
      remembered(partitions, toJsonText([model.name, slice.partition]), () =>
        makePartition(model, slice, size),
      ),
    offered: (stream) => offered.get(stream) ?? [],
    current: (stream) => (live.get(stream) ?? []).flatMap((records) => records.list()),
    edit(random) {
      const all = [...live.values()].flat();
      const records = all[Math.floor(random() * all.length)];
      const kind = (['updated', 'created', 'deleted'] as const)[Math.floor(random() * 3)] ?? 'updated';
      edits += 1;
      return records?.edit(kind, random(), clock.now() + edits * 1000);
    },
    get edits() {
      return edits;
    },
  };
}

/** What is asked for by its parent's key, and has no list of its own, is one record. */
function isDetail({ placing, strategy, parts }: StreamModel, partition: JsonObject): boolean {
  return (
    Object.keys(partition).length > 0 && placing.path.length === 0 && strategy === undefined && !parts.isJob
  );
}
