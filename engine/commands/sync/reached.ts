import type { StoredState, StreamDefinition, StreamState } from '../../contract/families.ts';
import { readState } from '../../sync/state/codec.ts';
import { tryTo } from '../../util/flow/try-to.ts';

/**
 * How far a state goes, for people: the cursor value, or the time that it means where it does not show that itself.
 */
export function reachedText(state: StreamState, { cursorField, timeOf }: StreamDefinition): string {
  const value = cursorField === undefined ? undefined : newestValue(state, cursorField);
  if (value === undefined) return '';
  const text = String(value);
  if (!/^\d+(\.\d+)?$/.test(text)) return text;
  const time = tryTo(() => timeOf?.(state));
  return time === undefined ? text : `${new Date(time).toISOString().slice(0, 19)}Z`;
}

/** The cursor value in a state, the newest of those of all partitions. */
function newestValue(json: StreamState, cursorField: string): string | number | undefined {
  const state = readState(json);
  return positionsIn(state)
    .map((position) => position[cursorField])
    .filter((value) => typeof value === 'string' || typeof value === 'number')
    .sort((a, b) => (typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : 1))
    .at(-1);
}

function positionsIn(state: StoredState | undefined): readonly StreamState[] {
  if (state === undefined) return [];
  if (state.kind === 'plain' || state.kind === 'final') return [state.json];
  const { partitions, all } = state;
  return [...partitions.map(({ cursor }) => cursor), ...(all === undefined ? [] : [all])];
}
