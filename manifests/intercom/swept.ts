import {
  bareStreamScope,
  type Cursor,
  condition,
  defineHook,
  type IncrementalSync,
  isObject,
  type JsonObject,
  numberOrTemplate,
  type Page,
  type Reading,
  type Retriever,
  type Scope,
  type Slice,
  type StoredState,
  slot,
} from 'manifold-connectors';
import * as z from 'zod';
import { createSweep, isComparison, isSweepSlice, type Key, type Sweep } from './sweep.ts';

/** Where the state of a stream keeps its last sweep. */
const field = 'deletions';

/** Suspects that are asked for at once. */
const atOnce = 20;

/** The sweep of a stream: its position opens it, its retriever reads it. */
interface Holder {
  sweep: Sweep | undefined;
}

const holderOf = ({ sync, stream }: Scope): Holder =>
  sync.shared(`intercom: sweep of ${stream?.name}`, () => ({ sweep: undefined }));

/** A parent is read for its children, who have nobody to tell of it. */
const isOwn = ({ stream }: Scope): boolean => stream?.purpose?.type !== 'PARENT_STREAM';

/**
 * The position of a stream, and beside it what the last sweep over all of its records saw. Once the records are read, and
 * when the time for it has come, the slices of the next sweep follow.
 */
export const SweptPosition = defineHook('IncrementalSync', {
  name: 'SweptPosition',
  doc: 'Keeps the position of a stream, and what is needed to find out what was deleted.',
  fields: () => ({
    incremental_sync: slot('IncrementalSync', 'DatetimeBasedCursor').describe('Keeps the position.'),
    when: condition().describe('Deletions are looked for only when true.'),
    hours: numberOrTemplate().describe(
      'The first sync in each period of so many hours sweeps; 0: every sync does.',
    ),
    capacity: numberOrTemplate().describe(
      'How many records may come or go between two sweeps. The state has 38 characters for each, 60 where items are swept.',
    ),
    window_days: z
      .number()
      .optional()
      .describe('The list is read in windows of so many days, side by side; without it in one.'),
    items: z
      .boolean()
      .default(false)
      .describe('Not records are swept but items of them, which are named by two ids.'),
    key: z.array(z.string()).default(['id']).describe('Fields of the records of the stream that name them.'),
  }),
  make(fields, scope) {
    const incremental = fields.incremental_sync(scope);
    if (!isOwn(scope) || !fields.when(scope)({})) return incremental;
    const holder = holderOf(scope);
    const settings = {
      keyLength: fields.key.length,
      capacity: Number(fields.capacity(scope)()),
      interval: Number(fields.hours(scope)()) * 3600,
      startedAt: Math.floor(scope.sync.startedAt / 1000),
      windowDays: fields.window_days,
      collects: fields.items,
    };
    return Object.freeze<IncrementalSync>({
      ...incremental,
      open(options) {
        const { state, rest } = taken(options.state);
        const cursor = incremental.open({ ...options, state: rest });
        if (options.isPreview === true) return cursor;
        const sweep = createSweep(settings, state);
        holder.sweep = sweep;
        return withSweep(cursor, sweep, (record) => ({
          key: fields.key.map((name) => String(record[name])),
          createdAt: fields.items ? undefined : numberIn(record.created_at),
        }));
      },
    });
  },
});

function withSweep(
  cursor: Cursor,
  sweep: Sweep,
  nameOf: (record: JsonObject) => { readonly key: Key; readonly createdAt: number | undefined },
): Cursor {
  const added = (state: JsonObject): JsonObject => {
    const kept = sweep.state();
    return kept === undefined ? state : Object.freeze({ ...state, [field]: kept });
  };
  const { midSliceState, reduceRange, splitWindow } = cursor;
  return Object.freeze<Cursor>({
    async *slices() {
      if (sweep.isFirst()) yield* sweep.slices();
      yield* cursor.slices();
      await sweep.collected();
      if (sweep.isDue()) yield* sweep.slices();
    },
    addTo: (parts, context) => cursor.addTo(parts, context),
    shouldBeSynced: (record, slice) => isSweepSlice(slice) || cursor.shouldBeSynced(record, slice),
    observe(record, slice) {
      // What was deleted says nothing of how far the search has come.
      const { key, createdAt } = nameOf(record);
      if (record._ab_cdc_deleted_at !== undefined) sweep.isGone(key);
      else sweep.emitted(key, createdAt);
      if (isSweepSlice(slice) || record._ab_cdc_deleted_at !== undefined) return;
      cursor.observe(record, slice);
    },
    closeSlice(slice) {
      if (isComparison(slice)) sweep.commit();
      else if (!isSweepSlice(slice)) cursor.closeSlice(slice);
    },
    finish: () => cursor.finish(),
    state: () => added(cursor.state()),
    get stateInterval() {
      return cursor.stateInterval;
    },
    ...(midSliceState && {
      midSliceState(slice: Slice) {
        if (isSweepSlice(slice)) return undefined;
        const state = midSliceState(slice);
        return state && added(state);
      },
    }),
    ...(reduceRange && { reduceRange }),
    ...(splitWindow && { splitWindow }),
  });
}

/** What the last sweep saw, and the state without it. */
function taken(state: StoredState | undefined): {
  readonly state: JsonObject | undefined;
  readonly rest: StoredState | undefined;
} {
  if (state === undefined) return { state: undefined, rest: undefined };
  const { [field]: kept, ...json } = state.json;
  return { state: isObject(kept) ? kept : undefined, rest: { ...state, json } };
}

function numberIn(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/**
 * Reads records, and the slices of a sweep: all there is, then what was there last time and is not in the list any more.
 * Each of these is asked for by itself. What the API does not know is deleted, and becomes a record with
 * `_ab_cdc_deleted_at`; what it does know was only missing in the list. What is in the list for the first time although it
 * is older than the last sweep has come back, and is told of too.
 */
export const Swept = defineHook('Retriever', {
  name: 'Swept',
  doc: 'Reads records, and tells of those that are no longer there.',
  fields: () => ({
    retriever: slot('Retriever', 'SimpleRetriever').describe('Reads the records.'),
    list: slot('Retriever', 'SimpleRetriever').describe(
      'Lists all there is, in a window of their created_at.',
    ),
    one: slot('Retriever', 'SimpleRetriever').describe(
      'Reads one record, or the items of one: none when the API says that it is gone.',
    ),
    partition_field: z.string().default('id').describe('The id of that record in the slice of "one".'),
    type_of_gone: z.string().describe('What is gone, as its record names its type.'),
    key: z.array(z.string()).default(['id']).describe('Fields that name what is gone.'),
    items: z
      .boolean()
      .default(false)
      .describe('Not records are swept but items of them: each listed record is asked for its items.'),
    when: condition().describe('Deletions are looked for only when true.'),
  }),
  reading: { notForPartitions: ['list', 'one'], onlyWhen: { list: 'when', one: 'when' } },
  make(fields, scope) {
    const records = fields.retriever(scope);
    if (!isOwn(scope) || !fields.when(scope)({})) return records;
    const holder = holderOf(scope);
    const { clock, log, signal } = scope.sync;
    const stream = scope.stream?.name ?? '';
    // What is listed is no record of the stream.
    const listed = fields.list({ ...scope, stream: bareStreamScope(stream) });
    const one = fields.one(scope);
    const bare: Reading = { cursor: undefined, isDataFeed: false };

    const keysOf = async (record: JsonObject): Promise<Key[]> => {
      const id = String(record.id);
      return fields.items ? (await ask(id)).map((item) => [id, String(item.id)]) : [[id]];
    };

    /** Of several at once, where they have to be asked for. */
    async function* listedKeys(records: readonly JsonObject[]): AsyncGenerator<readonly [JsonObject, Key]> {
      for (let start = 0; start < records.length; start += atOnce) {
        const some = records.slice(start, start + atOnce);
        const keys = await Promise.all(some.map(keysOf));
        for (const [index, record] of some.entries()) {
          for (const key of keys[index] ?? []) yield [record, key];
        }
        signal.throwIfAborted();
      }
    }

    async function readList(slice: Slice, sweep: Sweep): Promise<void> {
      const createdIn = (record: JsonObject) => (fields.items ? undefined : numberIn(record.created_at));
      // A row may stand on the next page once more, when others before it were added meanwhile.
      let before = new Set<string>();
      for await (const page of listed.read(slice, bare)) {
        const names = new Set<string>();
        for await (const [record, key] of listedKeys(page.records)) {
          const name = key.join(' ');
          if (before.has(name) || names.has(name)) continue;
          names.add(name);
          sweep.see(key, createdIn(record));
        }
        before = names;
      }
    }

    async function ask(id: string): Promise<JsonObject[]> {
      const found: JsonObject[] = [];
      const slice = { partition: { [fields.partition_field]: id }, cursor: {}, extraFields: {} };
      for await (const page of one.read(slice, bare)) found.push(...page.records);
      return found;
    }

    const tombstone = (key: Key): JsonObject => {
      const now = Math.floor(clock.now() / 1000);
      return {
        type: fields.type_of_gone,
        ...Object.fromEntries(fields.key.map((name, index) => [name, key[index]])),
        updated_at: now,
        _ab_cdc_deleted_at: `${new Date(now * 1000).toISOString().slice(0, 19)}Z`,
      };
    };

    async function* compared(sweep: Sweep): AsyncGenerator<Page> {
      const suspects = sweep.compare();
      if (suspects === 'too many') {
        log(
          'WARN',
          `Stream "${stream}": so many records came and went since the last sweep that those that were deleted cannot be told. Raise "deletion_capacity" or lower "deletion_sweep_hours", and reset the stream to be rid of them.`,
        );
      }
      if (suspects === undefined || suspects === 'too many') return;
      // By the record that is asked for: several items may be of one.
      const byRecord = new Map<string, { readonly gone: Key[]; came: boolean }>();
      const of = ([id = '']: Key) => {
        const entry = byRecord.get(id) ?? { gone: [], came: false };
        byRecord.set(id, entry);
        return entry;
      };
      for (const key of suspects.gone) of(key).gone.push(key);
      for (const key of suspects.came) of(key).came = true;
      const entries = [...byRecord];
      for (let start = 0; start < entries.length; start += atOnce) {
        const answers = await Promise.all(
          entries.slice(start, start + atOnce).map(async ([id, { gone, came }]) => {
            const found = await ask(id);
            const alive = new Set(found.map((record) => String(record.id)));
            const lost = gone.filter((key) => !alive.has(key.at(-1) ?? ''));
            for (const key of gone) if (!lost.includes(key)) sweep.isThere(key);
            return [...(came ? found : []), ...lost.map(tombstone)];
          }),
        );
        signal.throwIfAborted();
        yield { records: answers.flat() };
      }
    }

    return Object.freeze<Retriever>({
      router: records.router,
      ...(records.prepare && { prepare: records.prepare }),
      async *read(slice, reading) {
        const { sweep } = holder;
        if (sweep === undefined) {
          yield* records.read(slice, reading);
          return;
        }
        let isRead = false;
        sweep.began();
        try {
          if (!isSweepSlice(slice)) yield* records.read(slice, reading);
          else if (isComparison(slice)) yield* compared(sweep);
          else await readList(slice, sweep);
          isRead = true;
        } finally {
          sweep.ended(slice, isRead);
        }
      },
    });
  },
});
