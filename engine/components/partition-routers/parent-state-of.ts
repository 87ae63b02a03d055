import type { StreamDefinition, StreamState } from '../../contract/families.ts';
import { isObject } from '../../util/json/json.ts';

/**
 * Where the parent continues, according to its child's state: its own state in `parent_state`, otherwise the position
 * of all partitions (`state`), otherwise the only value of a state that older versions wrote, `{ updated_at: "…" }`.
 */
export function parentStateOf(
  childState: StreamState | undefined,
  parent: Pick<StreamDefinition, 'name' | 'cursorField'>,
): StreamState | undefined {
  if (childState === undefined) return undefined;
  const { __ab_no_cursor_state_message: _, ...state } = childState;
  const own = isObject(state.parent_state) ? state.parent_state[parent.name] : undefined;
  if (isObject(own)) return own;
  if (isObject(state.state)) return state.state;
  const values = Object.values(state);
  const [value] = values;
  const isPosition = typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint';
  if (values.length !== 1 || !isPosition || parent.cursorField === undefined) return undefined;
  return { [parent.cursorField]: value };
}
