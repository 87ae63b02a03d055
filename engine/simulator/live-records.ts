import { grouped } from '../util/flow/grouped.ts';
import type { JsonObject } from '../util/json/json.ts';
import type { RawRecord } from './raw-records.ts';
import type { StreamModel } from './stream-model.ts';

/** Something that happens to the records of an API. */
export interface Edit {
  readonly kind: 'created' | 'updated' | 'deleted';
  readonly stream: string;
  readonly raw: JsonObject;
}

/** The records of one partition, in the order of their cursor, as they are just now. */
export interface LiveRecords {
  list(): readonly RawRecord[];
  /** Where a page goes on after this record, wherever it is by now. */
  indexAfter(record: RawRecord): number;
  /** Does one thing to them at a moment; undefined when there is nothing to do it to. */
  edit(kind: Edit['kind'], choice: number, moment: number): Edit | undefined;
}

interface Entry {
  readonly index: number;
  readonly record: RawRecord;
  /** By which they lie in order: the position, or the number of the record. */
  readonly order: number;
}

export interface LiveRecordsOptions {
  readonly partition: JsonObject;
  readonly count: number;
  /** Of the first records; undefined without a cursor. */
  readonly positions: readonly number[] | undefined;
  readonly hasLargeIntegers: boolean;
  /** Whether all of them are wanted for pages, even where some are the rows of one day. */
  readonly isDense?: boolean;
}

export function createLiveRecords(
  model: StreamModel,
  { partition, count, positions, hasLargeIntegers, isDense = false }: LiveRecordsOptions,
): LiveRecords {
  const { cursor } = model;
  const isOneEach = !isDense && isKeyedByCursor(model);
  const isNewestFirst = cursor?.isNewestFirst === true;
  const orders = new WeakMap<RawRecord, number>();
  let next = positions?.length ?? count;
  const made = Array.from({ length: next }, (_, index) => entry(index, positions?.[index]));
  let entries: readonly Entry[] = sorted(isOneEach ? firstOfEach(made) : made);

  function entry(index: number, position: number | undefined): Entry {
    const record = model.records.make(partition, index, position, hasLargeIntegers);
    const order = record.position ?? index;
    orders.set(record, order);
    return { index, record, order };
  }

  function sorted(given: readonly Entry[]): readonly Entry[] {
    if (cursor === undefined) return given;
    return [...given].sort((a, b) =>
      isNewestFirst ? b.order - a.order || b.index - a.index : a.order - b.order,
    );
  }

  /** What changes now has this moment; a count goes on after the last. */
  function positionAt(moment: number): number | undefined {
    if (cursor === undefined) return undefined;
    return cursor.kind === 'datetime' ? moment : 1 + Math.max(0, ...entries.map(({ order }) => order));
  }

  return {
    list: () => entries.map(({ record }) => record),
    indexAfter(record) {
      const order = orders.get(record) ?? 0;
      const same = entries.findIndex((each) => each.record === record);
      if (same !== -1) return same + 1;
      const index = entries.findIndex((each) => (isNewestFirst ? each.order < order : each.order > order));
      return index === -1 ? entries.length : index;
    },
    edit(kind, choice, moment) {
      const chosen = entries[Math.floor(choice * entries.length)];
      if (kind === 'created') {
        const made = entry(next, positionAt(moment));
        next += 1;
        entries = sorted([...entries, made]);
        return { kind, stream: model.name, raw: made.record.raw };
      }
      if (chosen === undefined || (kind === 'updated' && cursor === undefined)) return undefined;
      const others = entries.filter((each) => each !== chosen);
      if (kind === 'deleted') {
        entries = others;
        return { kind, stream: model.name, raw: chosen.record.raw };
      }
      const changed = entry(chosen.index, positionAt(moment));
      entries = sorted([...others, changed]);
      return { kind, stream: model.name, raw: changed.record.raw };
    },
  };
}

/** A report with one row a day, whose key is the day: what else happens on it is in that row. */
function isKeyedByCursor({ definition, cursor }: StreamModel): boolean {
  const [path, ...more] = definition?.primaryKey ?? [];
  return cursor !== undefined && more.length === 0 && path?.join('.') === cursor.field;
}

function firstOfEach(entries: readonly Entry[]): readonly Entry[] {
  return [...grouped(entries, ({ order }) => String(order)).values()].flatMap(([first]) => first ?? []);
}
