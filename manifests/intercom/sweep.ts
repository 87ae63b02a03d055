import { isObject, type JsonObject, type Slice, type StreamState } from 'manifold-connectors';
import {
  createDifferenceTable,
  type DifferenceTable,
  readDifferenceTable,
  type TableShape,
} from './difference-table.ts';
import { pack, unpack, wordsOf } from './packed-ids.ts';

/** Seconds. A list may be behind by minutes; what is younger than an hour when a sweep begins counts as new. */
const overlap = 3600;
/** Ids that are kept as they are: what is new since the last sweep, and what the last sweeps found gone. */
const mostIds = 10_000;
const mostGone = 1000;

/** Ids that together name a thing: `[contact]`, or `[company, segment]`. */
export type Key = readonly string[];

export interface SweepSettings {
  /** Ids in a key. */
  readonly keyLength: number;
  /** How many things may come or go between two sweeps and still be told apart. */
  readonly capacity: number;
  /** Seconds: the first sync in each period of them sweeps. 0: every sync does. */
  readonly interval: number;
  /** When the sync began, in UNIX seconds. */
  readonly startedAt: number;
  /** The first sync asks for everything anyway: what it emits is the first sweep. */
  readonly collects: boolean;
  /** Of the windows that the list is read in, in days; undefined: in one. */
  readonly windowDays: number | undefined;
}

/** What was there at the last sweep is no longer, or the other way round: each to be asked for. */
export interface Suspects {
  readonly gone: readonly Key[];
  readonly came: readonly Key[];
}

/**
 * Finds what was deleted by going over all there is, and comparing with the last time. What is kept from one sweep to the
 * next is small: a table from which the difference of two sweeps can be read, the ids of what is newer than the last sweep,
 * and of what it found gone (a list that was behind may have shown these once more). A sweep counts only when it was read
 * to its end.
 */
export interface Sweep {
  /** Nothing is known of what there is: the sweep comes before the records, so that it has seen all of them. */
  isFirst(): boolean;
  /** Enough time has passed: the sweep comes after the records. */
  isDue(): boolean;
  /** A record of the stream is emitted; `createdAt` in UNIX seconds, undefined when it has no such time. */
  emitted(key: Key, createdAt: number | undefined): void;
  /** The slices of the list, and after them one that compares. */
  slices(): AsyncGenerator<Slice>;
  /** Ends the first sweep of those that are collected: it counts when every slice of the stream was read. */
  collected(): Promise<void>;
  /** Something listed. */
  see(key: Key, createdAt: number | undefined): void;
  /** After the whole list: what is to be asked for. Undefined when there is nothing to compare with. */
  compare(): Suspects | 'too many' | undefined;
  /** It was asked for, and is there all the same. */
  isThere(key: Key): void;
  /** It was told of. */
  isGone(key: Key): void;
  /** Every slice of the stream that begins ends once, read to its end or not. */
  began(): void;
  ended(slice: Slice, isRead: boolean): void;
  /** The comparison was read to its end: from now on the next sweep compares with this one. */
  commit(): void;
  /** Part of the stream's state; undefined before the first sweep. */
  state(): JsonObject | undefined;
}

interface Kept {
  /** What is older than this is in the table. */
  readonly at: number;
  readonly table: DifferenceTable;
  readonly text: string;
  readonly young: Set<string>;
  /** More are new than are kept: it is time for the next sweep. */
  isFull: boolean;
  /** Told of, and not seen since. The latest stand last. */
  readonly gone: Set<string>;
}

const list = 'list';
const compare = 'compare';

export const isSweepSlice = ({ cursor }: Slice): boolean => cursor.sweep !== undefined;
export const isComparison = ({ cursor }: Slice): boolean => cursor.sweep === compare;

export function createSweep(settings: SweepSettings, stored: StreamState | undefined): Sweep {
  const { keyLength, capacity, interval, startedAt } = settings;
  const shape: TableShape = { capacity, keyWords: wordsOf(keyLength) };
  let kept = readKept(shape, stored);
  const at = startedAt - overlap;
  /** What there was at the last sweep, of what is there now. */
  const comparison = createDifferenceTable(shape);
  const next = createDifferenceTable(shape);
  const nextYoung = new Set<string>();
  const unseen = new Set(kept?.young);
  const listedFirst = new Set<string>();
  let isTried = false;
  let isBroken = false;
  let hasFailed = false;
  let open = 0;
  let whenIdle: (() => void) | undefined;

  const periodOf = (time: number): number => (interval === 0 ? time : Math.floor(time / interval));
  const nameOf = (key: Key): string => key.join(' ');
  const keep = (table: DifferenceTable, key: Key): void => {
    const packed = pack(key);
    if (packed !== undefined) table.add(packed);
  };
  const idle = async (): Promise<void> => {
    if (open > 0)
      await new Promise<void>((resolve) => {
        whenIdle = resolve;
      });
  };

  const commit = (): void => {
    const gone = kept?.gone ?? new Set<string>();
    kept = { at, table: next, text: next.text(), young: nextYoung, isFull: nextYoung.size > mostIds, gone };
  };

  return {
    isFirst: () => kept === undefined && !settings.collects,
    isDue: () =>
      !isTried && kept !== undefined && (kept.isFull || periodOf(startedAt) !== periodOf(kept.at + overlap)),
    emitted(key, createdAt) {
      const name = nameOf(key);
      if (kept === undefined) {
        if (!settings.collects || listedFirst.has(name)) return;
        listedFirst.add(name);
        keep(next, key);
        return;
      }
      if (listedFirst.has(name)) return;
      const wasGone = kept.gone.delete(name);
      if (createdAt !== undefined && createdAt <= kept.at && !wasGone) return;
      if (kept.young.size >= mostIds) kept.isFull = true;
      else kept.young.add(name);
    },
    async *slices() {
      isTried = true;
      await idle();
      for (const name of kept?.young ?? []) unseen.add(name);
      for (const window of windowsOf(settings)) yield slice({ sweep: list, ...window });
      await idle();
      if (!isBroken) yield slice({ sweep: compare });
    },
    async collected() {
      if (!settings.collects || kept !== undefined) return;
      isTried = true;
      await idle();
      if (!hasFailed) commit();
    },
    see(key, createdAt) {
      const name = nameOf(key);
      unseen.delete(name);
      if (createdAt === undefined || createdAt <= (kept?.at ?? 0)) keep(comparison, key);
      if (createdAt === undefined || createdAt <= at) keep(next, key);
      else nextYoung.add(name);
    },
    compare() {
      if (kept === undefined) return undefined;
      const difference = comparison.difference(kept.table);
      if (difference === undefined) return 'too many';
      const gone = new Set(unseen);
      for (const key of difference.removed) gone.add(nameOf(unpack(key)));
      for (const name of kept.gone) gone.delete(name);
      return { gone: [...gone].map((name) => name.split(' ')), came: difference.added.map(unpack) };
    },
    isThere: (key) => keep(next, key),
    isGone: (key) => void kept?.gone.add(nameOf(key)),
    began() {
      open += 1;
    },
    ended(slice, isRead) {
      open -= 1;
      if (!isRead && isSweepSlice(slice)) isBroken = true;
      if (!isRead) hasFailed = true;
      if (open > 0) return;
      whenIdle?.();
      whenIdle = undefined;
    },
    commit,
    state() {
      if (kept === undefined) return undefined;
      return {
        at: kept.at,
        table: kept.text,
        size: kept.table.size,
        young: [...kept.young].slice(0, mostIds),
        gone: [...kept.gone].slice(-mostGone),
        ...(kept.isFull && { full: true }),
      };
    },
  };
}

function slice(cursor: JsonObject): Slice {
  return Object.freeze({ partition: {}, cursor: Object.freeze(cursor), extraFields: {} });
}

function readKept(shape: TableShape, stored: StreamState | undefined): Kept | undefined {
  if (!isObject(stored)) return undefined;
  const table = readDifferenceTable(shape, stored.table, stored.size);
  if (table === undefined || typeof stored.at !== 'number') return undefined;
  return {
    at: stored.at,
    table,
    text: String(stored.table),
    young: new Set(textsOf(stored.young)),
    isFull: stored.full === true,
    gone: new Set(textsOf(stored.gone)),
  };
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** Five years in windows that are read side by side, and what is older in one. */
const years = 5;
const daySeconds = 86_400;

function windowsOf({ windowDays, startedAt }: SweepSettings): JsonObject[] {
  if (windowDays === undefined) return [{ start_time: '0', end_time: String(startedAt) }];
  const windows: JsonObject[] = [];
  let start = 0;
  for (let end = startedAt - years * 365 * daySeconds; start <= startedAt; end += windowDays * daySeconds) {
    windows.push({ start_time: String(start), end_time: String(Math.min(end, startedAt)) });
    start = end + 1;
  }
  return windows;
}
