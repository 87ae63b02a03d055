import type {
  PartitionPositions,
  Position,
  StoredRange,
  StoredState,
  StreamState,
} from '../../contract/state.ts';
import { pyTruth } from '../../template/python-values.ts';
import { isObject, type JsonObject } from '../../util/json/json.ts';
import { malformedState } from './malformed-state.ts';

/**
 * The forms in which states are written; they are those of the Python CDK, whose states must be readable:
 *
 * - plain: `{ updated_at: "…" }`, or the ranges of concurrent reads, which may have gaps:
 *   `{ state_type: "date-range", slices: [{ start, end, most_recent_cursor_value }] }`
 * - per partition: `{ use_global_cursor: false, states: [{ partition, cursor }], state, lookback_window, parent_state }`
 * - global: `{ use_global_cursor: true, state: { updated_at: "…" }, lookback_window, parent_state }`
 * - final: `{ __ab_no_cursor_state_message: true }`
 */
const marker = '__ab_no_cursor_state_message';

/** Reads a stored state; undefined when there is none. */
export function readState(json: StreamState | undefined): StoredState | undefined {
  if (json === undefined || Object.keys(json).length === 0) return undefined;
  const parentStates = nonEmpty(json.parent_state);
  const partitions = readPartitions(json.states);
  const hasPositions = Object.hasOwn(json, 'states') || Object.hasOwn(json, 'state');
  if (hasPositions && partitions !== undefined) {
    const positions = {
      json,
      partitions,
      all: isObject(json.state) ? json.state : undefined,
      lookbackWindow: Math.trunc(Number(json.lookback_window ?? 0)) || 0,
      parentStates,
    };
    if (json.use_global_cursor === true) return { kind: 'global', ...positions };
    const isComplete = json.use_global_cursor === false && partitions.length > 0;
    return { kind: 'per-partition', isComplete, ...positions };
  }
  return { kind: pyTruth(json[marker] ?? null) ? 'final' : 'plain', json, parentStates };
}

/** The positions in the state of a stream with partitions. A plain state is the position of all of them. */
export function partitionPositions(state: StoredState): PartitionPositions {
  if (state.kind === 'per-partition' || state.kind === 'global') return state;
  const { json, parentStates } = state;
  if (Object.hasOwn(json, 'states')) {
    throw malformedState('"states" that are not a list of {"partition": {…}, "cursor": {…}}');
  }
  return { partitions: [], all: json, lookbackWindow: 0, parentStates };
}

/** Writes the state of a stream with partitions. */
export function writeState(
  kind: 'per-partition' | 'global',
  { partitions, all, lookbackWindow, parentStates }: PartitionPositions,
): StreamState {
  return Object.freeze({
    use_global_cursor: kind === 'global',
    ...(kind === 'per-partition' && { states: partitions }),
    ...(all !== undefined && { state: all }),
    lookback_window: lookbackWindow,
    ...(parentStates !== undefined && { parent_state: parentStates }),
  });
}

/** The state of a stream that was read as a whole: there is nothing to continue from, but every stream has a state. */
export const finalState: StreamState = Object.freeze({ [marker]: true });

export function readPosition(json: StreamState): Position {
  if (json.state_type !== 'date-range' && json.state_type !== 'integer')
    return { kind: 'value', fields: json };
  const ranges = (Array.isArray(json.slices) ? json.slices : []).filter(isObject).map(
    ({ start, end, most_recent_cursor_value: recent }): StoredRange => ({
      start,
      end,
      mostRecent: recent ?? undefined,
    }),
  );
  return { kind: 'ranges', ranges };
}

/** Everything else in the stored position is kept. */
export function writePosition(stored: Position, cursorField: string, value: unknown): StreamState {
  return Object.freeze({ ...(stored.kind === 'value' && stored.fields), [cursorField]: value });
}

/** The only field of a state of older versions, `{ updated_at: "…" }`; undefined when there are more or none. */
export function onlyValue({ json }: StoredState): unknown {
  const { [marker]: _, ...fields } = json;
  const values = Object.values(fields);
  return values.length === 1 ? values[0] : undefined;
}

/** Undefined when these are not the partitions of a state: a hook may keep something else under that name. */
function readPartitions(states: unknown): PartitionPositions['partitions'] | undefined {
  if (states === undefined || states === null) return [];
  if (!Array.isArray(states) || !states.every(isObject)) return undefined;
  return states.map(({ partition, cursor }) => ({
    partition: isObject(partition) ? partition : {},
    cursor: isObject(cursor) ? cursor : {},
  }));
}

function nonEmpty(value: unknown): JsonObject | undefined {
  return isObject(value) && Object.keys(value).length > 0 ? value : undefined;
}
