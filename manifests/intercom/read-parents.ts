import {
  type Cursor,
  defineHook,
  type IncrementalSync,
  isObject,
  numberOrTemplate,
  optionalCondition,
  type Retriever,
  type Scope,
  type Slice,
  type StoredState,
  slot,
} from 'manifold-connectors';
import * as z from 'zod';

/** Where the state of a stream keeps the parents that it has read last. */
const field = 'read_parents';
/** Parents that are kept. When more change within the overlap, some are read twice. */
const mostKept = 2000;
/** Seconds. What changed just before the sync began may have changed again in the same second, after it was read. */
const settling = 60;

/** The parents that a stream has read, with the updated_at that they had. */
interface ReadParents {
  /** Those of the last sync. */
  readonly known: ReadonlyMap<string, number>;
  readonly read: Map<string, number>;
  /** What is older than this (UNIX seconds) the search of the last sync has been past. */
  readonly passed: number;
}

interface Holder {
  parents: ReadParents;
}

const holderOf = ({ sync, stream }: Scope): Holder =>
  sync.shared(`intercom: parents read of ${stream?.name}`, () => ({
    parents: { known: new Map(), read: new Map(), passed: 0 },
  }));

function parentOf({ partition, extraFields }: Slice, name: string): readonly [string, number] | undefined {
  const at = extraFields.updated_at;
  return typeof at === 'number' ? [String(partition[name]), at] : undefined;
}

/**
 * The search for parents reads some minutes before its state again, because it may find a change late. What it finds there
 * once more, unchanged, was read in the last sync: the state keeps the parents of those minutes, and they are not asked for
 * again.
 */
export const ReadParentsPosition = defineHook('IncrementalSync', {
  name: 'ReadParentsPosition',
  doc: 'Keeps the position of a stream, and which parents it has read last.',
  fields: () => ({
    incremental_sync: slot('IncrementalSync', 'DatetimeBasedCursor').describe('Keeps the position.'),
    minutes: numberOrTemplate().describe('How far the search for parents reaches back.'),
    partition_field: z.string().describe('The id of the parent in a slice.'),
  }),
  make(fields, scope) {
    const incremental = fields.incremental_sync(scope);
    const holder = holderOf(scope);
    const seconds = Number(fields.minutes(scope)()) * 60;
    const settled = scope.sync.startedAt / 1000 - settling;
    return Object.freeze<IncrementalSync>({
      ...incremental,
      open(options) {
        const { known, rest } = taken(options.state);
        const cursor = incremental.open({ ...options, state: rest });
        const passed = Math.max(0, reachedBy(options.state) - seconds);
        const parents: ReadParents = { known, read: new Map(), passed };
        holder.parents = parents;
        const closeSlice: Cursor['closeSlice'] = (slice) => {
          const parent = parentOf(slice, fields.partition_field);
          if (parent !== undefined && parent[1] <= settled) parents.read.set(...parent);
          cursor.closeSlice(slice);
        };
        const state: Cursor['state'] = () => {
          const kept = latest(parents, seconds);
          return kept.length === 0
            ? cursor.state()
            : Object.freeze({ ...cursor.state(), [field]: Object.fromEntries(kept) });
        };
        return Object.freeze(
          Object.create(cursor, { closeSlice: { value: closeSlice }, state: { value: state } }),
        );
      },
    });
  },
});

/** What stands in the state is what the next search may find once more. */
function latest({ known, read }: ReadParents, seconds: number): (readonly [string, number])[] {
  const all = [...new Map([...known, ...read])];
  const last = all.reduce((latest, [, at]) => Math.max(latest, at), 0);
  return all.filter(([, at]) => at >= last - seconds).slice(-mostKept);
}

/** The position of the parents in a stored state; 0 where there is none. */
function reachedBy(state: StoredState | undefined): number {
  const [parent] = Object.values(state?.parentStates ?? {});
  return isObject(parent) ? Number(parent.updated_at ?? 0) || 0 : 0;
}

function taken(state: StoredState | undefined): {
  readonly known: ReadonlyMap<string, number>;
  readonly rest: StoredState | undefined;
} {
  if (state === undefined) return { known: new Map(), rest: undefined };
  const { [field]: kept, ...json } = state.json;
  const entries = isObject(kept) ? Object.entries(kept).map(([id, at]) => [id, Number(at)] as const) : [];
  return { known: new Map(entries), rest: { ...state, json } };
}

/** Reads the slices of parents that are new or have changed. */
export const UnlessRead = defineHook('Retriever', {
  name: 'UnlessRead',
  doc: 'Sends no request for a parent that the last sync has read as it is.',
  fields: () => ({
    retriever: slot('Retriever', 'SimpleRetriever').describe('Reads the slices of the others.'),
    partition_field: z.string().describe('The id of the parent in a slice.'),
    skips_older: optionalCondition().describe(
      'Parents older than what the last sync has reached are not asked for either: what is new of them is found in another way.',
    ),
  }),
  make(fields, scope) {
    const skipsOlder = fields.skips_older?.(scope)({}) === true;
    const retriever = fields.retriever(scope);
    const holder = holderOf(scope);
    return Object.freeze<Retriever>({
      router: retriever.router,
      async *read(slice, reading) {
        const [id, at] = parentOf(slice, fields.partition_field) ?? [];
        if (id !== undefined && at !== undefined) {
          const { known, passed } = holder.parents;
          if (known.get(id) === at || (skipsOlder && at < passed)) return;
        }
        yield* retriever.read(slice, reading);
      },
    });
  },
});
