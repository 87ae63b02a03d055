import type { StreamState } from '../../contract/families.ts';
import { isObject, type JsonObject } from '../../util/json/json.ts';
import type { CursorValues } from './cursor-values.ts';
import { malformedState, parseStored } from './stored-value.ts';

/** The stored state of a partitioned stream. */
export interface StoredPartitions {
  readonly useGlobalCursor: boolean;
  /** Seconds that the run before took: changes made meanwhile may have been missed. */
  readonly lookbackWindow: number;
  readonly partitions: readonly { readonly partition: JsonObject; readonly cursor: JsonObject }[];
  /** `{ [cursorField]: value }`, for partitions without a state of their own. */
  readonly global: JsonObject | undefined;
  readonly parentState: JsonObject | undefined;
}

/**
 * `{ states: [{ partition, cursor }], state: { updated_at }, use_global_cursor, lookback_window, parent_state }`. A
 * state that has neither `states` nor `state` is the position of all partitions: `{ updated_at: "…" }`.
 */
export function readStoredPartitions<V, G>(
  stored: StreamState | undefined,
  cursorField: string,
  values: CursorValues<V, G>,
  useGlobalCursor: boolean,
): StoredPartitions {
  const none = {
    useGlobalCursor,
    lookbackWindow: 0,
    partitions: [],
    global: undefined,
    parentState: undefined,
  };
  if (stored === undefined || Object.keys(stored).length === 0) return none;
  const parent = stored.parent_state;
  const parentState = isObject(parent) && Object.keys(parent).length > 0 ? parent : undefined;
  const globalOf = (state: unknown): JsonObject | undefined =>
    isObject(state) && Object.hasOwn(state, cursorField)
      ? { [cursorField]: values.format(parseStored(values, cursorField, state[cursorField])) }
      : undefined;
  if (!Object.hasOwn(stored, 'states') && !Object.hasOwn(stored, 'state')) {
    return { ...none, global: globalOf(stored), parentState };
  }
  const states = listOfStates(stored.states);
  return {
    useGlobalCursor: stored.use_global_cursor === true,
    lookbackWindow: Math.trunc(Number(stored.lookback_window ?? 0)) || 0,
    partitions: states.map(({ partition, cursor }) => ({
      partition: isObject(partition) ? partition : {},
      cursor: isObject(cursor) ? cursor : {},
    })),
    global: globalOf(stored.state),
    parentState,
  };
}

function listOfStates(states: unknown): readonly JsonObject[] {
  if (states === undefined || states === null) return [];
  if (Array.isArray(states) && states.every(isObject)) return states;
  throw malformedState('"states" that are not a list of {"partition": {…}, "cursor": {…}}');
}
